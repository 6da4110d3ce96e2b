"""Keying in for others: paper forms, each in one go, and calls, which are kept after every page as drafts are."""

from datetime import datetime
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from survey import audit, codes, drafts, responses
from survey.consultations import WaveFacts
from survey.drafts import Saved
from survey.errors import KeyingError
from survey.responses import Entered, Receipt
from survey.routing import Answers
from survey.tables import AuditEntry, Channel, Response

KEYED: Final = "key in"  # as the audit calls it
AGREED: Final = "read out the notice"
MOST_CALLS: Final = 5  # that one officer may have begun and not finished, in one wave and by one channel
LONGEST_COPY: Final = 30
SPOKEN: Final = (Channel.PHONE, Channel.IN_PERSON)


class Call(NamedTuple):
    """A conversation that has been begun and not sent."""

    number: int
    channel: Channel
    draft: Saved


class Keyed(NamedTuple):
    """That a copy was keyed in: by whom, when, and the reference it got."""

    reference: str
    by: str
    at: datetime


# -- paper -------------------------------------------------------------------------------------------------------


def key_in(
    session: Session,
    wave: WaveFacts,
    answers: Answers,
    *,
    entered: Entered,
    language: str,
    copy: str,
    form: str,
    now: datetime,
) -> Receipt:
    """Store one form as a response, in the caller's one transaction, and note who keyed which copy.

    ``form`` names the blank form that was filled in: sent a second time, it gives the same receipt and stores nothing.
    Raises what sending raises: ConsultationClosed, AnswerError, DraftTooLarge.
    """
    device = _form(entered.by, form)
    draft = drafts.begin(session, wave_id=wave.id, device=device, language=language, now=now)
    known = receipt_of(session, wave, entered.by, form)  # asked second: the draft is a lock
    if known:
        drafts.drop(session, draft.id)
        return known
    drafts.put(session, draft.id, given=answers, place=None, now=now)
    receipt = responses.send(session, draft.id, now=now, entered=entered)
    audit.record(session, who=entered.by, what=KEYED, subject=_subject(wave, receipt.reference, tidied(copy)))
    return receipt


def receipt_of(session: Session, wave: WaveFacts, officer: str, form: str) -> Receipt | None:
    """What this officer got for a blank form that has been saved already."""
    return responses.last_from(session, wave_id=wave.id, device=_form(officer, form))


def tidied(copy: str) -> str:
    """The reference that stands on a paper form, written one way however it was typed."""
    return " ".join(copy.split()).upper()[:LONGEST_COPY]


def is_mistyped(copy: str) -> bool:
    """Whether a reference has the shape of those we print, and a wrong character: theirs check themselves."""
    written = tidied(copy).replace("-", "").replace(" ", "")
    return len(written) == codes.CHECKED_LENGTH and written.isalnum() and not codes.checks(written)


def keyed_before(session: Session, wave: WaveFacts, copy: str) -> Keyed | None:
    """When a copy of that reference was last keyed in this wave, if it was."""
    sought = tidied(copy)
    return next((keyed for keyed, known in reversed(_keyed(session, wave)) if sought and known == sought), None)


def copies(session: Session, wave: WaveFacts) -> dict[str, str]:
    """The reference on the paper, by the reference of the response made from it, where one was keyed."""
    return {keyed.reference: copy for keyed, copy in _keyed(session, wave)}


def count_today(session: Session, wave: WaveFacts, officer: str, now: datetime) -> int:
    """How many responses this officer has keyed into the wave since midnight (UTC)."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return session.exec(
        select(sa.func.count()).where(
            Response.wave_id == wave.id, Response.entered_by == officer, Response.sent_at >= midnight
        )
    ).one()


def last_of(session: Session, wave: WaveFacts, officer: str) -> Response | None:
    """The response that this officer keyed in last."""
    newest = col(Response.sent_at).desc(), col(Response.id).desc()
    mine = select(Response).where(Response.wave_id == wave.id, Response.entered_by == officer)
    return session.exec(mine.order_by(*newest)).first()


# -- calls -------------------------------------------------------------------------------------------------------


def begin_call(
    session: Session, wave: WaveFacts, officer: str, *, channel: Channel, language: str, now: datetime
) -> Call:
    """A new conversation, once its owner has heard the notice and agreed, which the audit notes.

    Raises KeyingError if this officer has too many unfinished ones.
    """
    taken = {call.number for call in calls(session, wave, officer) if call.channel is channel}
    number = next((number for number in range(1, MOST_CALLS + 1) if number not in taken), None)
    if number is None:
        raise KeyingError(f"You have {MOST_CALLS} unfinished calls. Finish or delete one of them before the next.")
    device = _device(officer, channel, number)
    draft = drafts.begin(session, wave_id=wave.id, device=device, language=language, now=now)
    audit.record(session, who=officer, what=AGREED, subject=f"{wave.slug}/{wave.code} {channel.value}")
    return Call(number, channel, draft)


def calls(session: Session, wave: WaveFacts, officer: str) -> list[Call]:
    """This officer's unfinished conversations in a wave."""
    every = [(channel, number) for channel in SPOKEN for number in range(1, MOST_CALLS + 1)]
    found = (call(session, wave, officer, channel, number) for channel, number in every)
    return [one for one in found if one]


def call(session: Session, wave: WaveFacts, officer: str, channel: Channel, number: int) -> Call | None:
    """One of them, by its number."""
    draft = drafts.of_device(session, wave_id=wave.id, device=_device(officer, channel, number))
    return Call(number, channel, draft) if draft else None


def devices_of_calls(session: Session, wave: WaveFacts) -> dict[str, Channel]:
    """As which devices the drafts of calls in a wave are kept, and how each is held: by phone or in person.

    These are the calls that anybody may have begun there: whoever begins one notes in the audit that it was agreed to.
    """
    of_wave = col(AuditEntry.subject).startswith(f"{wave.slug}/{wave.code} ", autoescape=True)
    officers = session.exec(select(AuditEntry.who).where(AuditEntry.what == AGREED, of_wave).distinct())
    every = [(officer, channel) for officer in officers for channel in SPOKEN]
    return {
        codes.hashed(_device(officer, channel, number), purpose="device"): channel
        for officer, channel in every
        for number in range(1, MOST_CALLS + 1)
    }


def send_call(session: Session, wave: WaveFacts, officer: str, call: Call, *, now: datetime) -> Receipt:
    """Send what was said, and note who keyed it. Sent a second time, it gives the same receipt."""
    known = responses.receipt(session, call.draft.id)
    if known:
        return known
    receipt = responses.send(session, call.draft.id, now=now, entered=Entered(officer, call.channel))
    audit.record(session, who=officer, what=KEYED, subject=_subject(wave, receipt.reference, ""))
    return receipt


def _form(officer: str, form: str) -> str:
    return _unlike_a_cookie(f"form {form} of {officer}")


def _device(officer: str, channel: Channel, number: int) -> str:
    """What the draft of a call is found by, at whichever computer the officer sits."""
    return _unlike_a_cookie(f"{channel.value} call {number} of {officer}")


def _unlike_a_cookie(name: str) -> str:
    """The name in a form that nobody without our key can send as a cookie, so that no parent's device finds it."""
    return codes.hashed(name, purpose="keying")


def _subject(wave: WaveFacts, reference: str, copy: str) -> str:
    return f"{wave.slug}/{wave.code} {reference} {copy}".rstrip()


def _keyed(session: Session, wave: WaveFacts) -> list[tuple[Keyed, str]]:
    """Every copy keyed into a wave and the reference on it, oldest first."""
    beginning = f"{wave.slug}/{wave.code} "
    of_wave = col(AuditEntry.subject).startswith(beginning, autoescape=True)
    entries = session.exec(select(AuditEntry).where(AuditEntry.what == KEYED, of_wave).order_by(col(AuditEntry.id)))
    parts = ((entry, entry.subject.removeprefix(beginning).partition(" ")) for entry in entries)
    return [(Keyed(reference, entry.who, entry.at), copy) for entry, (reference, _, copy) in parts]
