"""Responses: sending a draft, once and as a whole, and finding what this device has sent."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from survey import codes, consultations, drafts, languages, likenesses, routing, safeguarding, statements, suggested
from survey.checking import Stored, check
from survey.consultations import WaveFacts
from survey.database import Connected, next_change
from survey.drafts import Saved
from survey.errors import AnswerError, ConsultationClosed
from survey.questionnaire import AnswerKey, Questionnaire
from survey.tables import Channel, Response, stored_id
from survey.wording import words_in

REFERENCE_GROUPS = 2
PREVIEW = "PREVIEW"  # in place of a reference, for what was only tried out
NOT_GIVEN = "-"  # keyed in for a question that a paper form, or a person on the phone, left open: it gets no row
RESPONSES, ANSWERS, COMMENTS = (SQLModel.metadata.tables[name] for name in ("response", "answer", "comment"))

# Whoever begins and whoever has just sent runs these on every page: made once.
RECEIPTS = sa.select(*(RESPONSES.c[name] for name in ("public_id", "reference", "sent_at", "language", "variant")))
RECEIPT_OF_ONE = RECEIPTS.where(RESPONSES.c.public_id == sa.bindparam("response"))
LAST_FROM_DEVICE = RECEIPTS.where(
    RESPONSES.c.wave_id == sa.bindparam("wave"), RESPONSES.c.device_hash == sa.bindparam("device")
).order_by(RESPONSES.c.sent_at.desc())

# Long enough to write the private code down after a dropped connection; after that it is on nobody's screen.
CODE_SHOWN_FOR = timedelta(hours=1)


class Receipt(NamedTuple):
    """What somebody is told when their answers have been sent."""

    public_id: UUID
    reference: str
    sent_at: datetime
    language: str  # its code, as a draft has it
    corrects: bool = False  # what was sent before, and has now been put right

    def private_code(self, now: datetime) -> str:
        """The code with which its owner can see, correct or withdraw it: "" when it is no longer shown."""
        hidden = self.reference == PREVIEW or now - self.sent_at >= CODE_SHOWN_FOR
        return "" if hidden else private_code(self.public_id)


def private_code(public_id: UUID) -> str:
    """The private code of a response: worked out when it is needed, and stored only as a hash."""
    return codes.phrase_from(str(public_id), purpose="private code")


class Entered(NamedTuple):
    """Who keyed answers in for somebody else, and how these had reached us."""

    by: str
    channel: Channel


def send(session: Session, draft_id: UUID, *, now: datetime, entered: Entered | None = None) -> Receipt:
    """Send a draft: its answers become a response and the draft goes, in the caller's one transaction.

    Sending again gives the same receipt and stores nothing; sending a preview stores nothing at all. A draft made from
    a response, to correct it, takes the place of what that response said. Answers to questions that are no longer
    asked are left out.
    What was keyed in for somebody else says so, and may lack what they did not give. Paper is taken some time longer.
    Raises ConsultationClosed outside the wave's dates, and AnswerError if something is still to be put right.
    """
    draft = drafts.locked(session, draft_id)
    if draft is None:
        return _sent_before(session, draft_id)
    wave = consultations.wave(session, draft.wave_id)
    if not (draft.preview or _is_taken(wave, entered, now)):
        raise ConsultationClosed("This consultation has closed, so your answers cannot be sent.")
    questionnaire = consultations.questionnaire_of(session, wave)
    answers = stored_answers(questionnaire, draft, today=now.date(), keyed=entered is not None)
    if draft.preview:  # whatever the day is by now: what was only tried out is never counted
        drafts.drop(session, draft_id)
        return Receipt(draft_id, PREVIEW, now, draft.language)
    corrected = session.exec(select(Response).where(Response.public_id == draft_id)).one_or_none()
    response = corrected or _response(draft, now, entered)
    response.device_hash = draft.device_hash
    spoken = languages.language(draft.language)
    response.language, response.variant = spoken.tongue, spoken.variant
    describe(response, questionnaire, answers)
    session.add(response)
    session.flush()
    if corrected:
        replace_answers(session, stored_id(corrected), answers, now=now)
    else:
        add_answers(session, stored_id(response), answers, now=now)
    drafts.drop(session, draft_id)
    response.change = next_change(session)
    session.add(response)
    session.flush()
    return Receipt(response.public_id, response.reference, response.sent_at, draft.language, corrected is not None)


def _is_taken(wave: WaveFacts, entered: Entered | None, now: datetime) -> bool:
    on_paper = entered is not None and entered.channel is Channel.PAPER
    return wave.takes_paper(now) if on_paper else wave.takes_what_was_begun(now)


def receipt(session: Connected, draft_id: UUID) -> Receipt | None:
    """The receipt of a draft that has been sent, if it has."""
    return _receipt(session.connection().execute(RECEIPT_OF_ONE, {"response": draft_id}).first())


def last_from(session: Connected, *, wave_id: int, device: str) -> Receipt | None:
    """The receipt of what this device sent last in that wave, for a page that is reloaded."""
    sought = {"wave": wave_id, "device": codes.hashed(device, purpose="device")}
    return _receipt(session.connection().execute(LAST_FROM_DEVICE, sought).first())


def _receipt(found: sa.Row[Any] | None) -> Receipt | None:
    if found is None:
        return None
    return Receipt(found.public_id, found.reference, found.sent_at, languages.code_of(found.language, found.variant))


def forget_device(session: Session, *, wave_id: int, device: str) -> None:
    """What this device has sent is no longer found from it: somebody else uses it too."""
    mine = RESPONSES.c.device_hash == codes.hashed(device, purpose="device")
    session.connection().execute(
        sa.update(RESPONSES).where(RESPONSES.c.wave_id == wave_id, mine).values(device_hash=None)
    )


def stored_answers(
    questionnaire: Questionnaire, draft: Saved, *, today: date, keyed: bool = False
) -> dict[AnswerKey, Stored]:
    """A draft's answers as the tables hold them. Raises AnswerError naming what is still to be put right.

    Of what was keyed in, an answer that was not given is left out, and so is the channel, which is known without it.
    """
    typed = draft.answers
    words = words_in(draft.language)
    stored: dict[AnswerKey, Stored] = {}
    for page in routing.pages(questionnaire, typed):
        for item, key in routing.items_on(questionnaire, page, typed):
            if keyed and (typed.get(key) == NOT_GIVEN or item.id == questionnaire.roles.channel):
                continue
            outcome = check(item, typed.get(key), words, today=today)
            if outcome.problem:
                raise AnswerError(f"{words.of(item.text)} {outcome.problem}.")
            if outcome.stored:
                stored[key] = outcome.stored
    return stored


def add_answers(session: Session, response_id: int, answers: dict[AnswerKey, Stored], *, now: datetime) -> None:
    """Store the answers of one response: a row for each code, number or day, and the comments by themselves.

    A comment that may disclose harm is in the safeguarding queue from that moment.
    """
    comments, rows = [], []
    for key, stored in answers.items():
        about = {"response_id": response_id, "item": key.item, "service": key.service or "", "child": key.child or 0}
        if stored.words:
            comments.append(about | {"words": stored.words})
        rows += [about | {"code": code, "number": None, "day": None} for code in stored.codes]
        if stored.number is not None or stored.day is not None:
            rows.append(about | {"code": "", "number": stored.number, "day": stored.day})
    if comments:
        session.connection().execute(sa.insert(COMMENTS), comments)
        safeguarding.screen(session, comments, came=lambda _: now)
    if rows:
        session.connection().execute(sa.insert(ANSWERS), rows)


def replace_answers(session: Session, response_id: int, answers: dict[AnswerKey, Stored], *, now: datetime) -> bool:
    """Let a response say these answers and no others; gives whether that changed anything.

    Only what differs is touched: words that stay as they are keep what was read in them. Words that go take with them
    what was made from them, as in a withdrawal; of copies of them, the earliest stands in their place.
    """
    before = answers_of(session, response_id)
    changed = {key for key in before.keys() | answers.keys() if before.get(key) != answers.get(key)}
    gone = {table: _rows_about(session, table, response_id, changed & before.keys()) for table in (ANSWERS, COMMENTS)}
    suggested.forget(session, gone[COMMENTS])
    likenesses.hand_on(session, gone[COMMENTS])
    safeguarding.note_taken_back(session, gone[COMMENTS])
    for table, rows in gone.items():
        session.connection().execute(sa.delete(table).where(table.c.id.in_(rows)))
    add_answers(session, response_id, {key: stored for key, stored in answers.items() if key in changed}, now=now)
    return bool(changed)


def _rows_about(session: Session, table: sa.Table, response_id: int, keys: Collection[AnswerKey]) -> list[int]:
    """The ids of a response's rows about these questions."""
    if not keys:
        return []
    said = session.connection().execute(sa.select(table).where(table.c.response_id == response_id))
    return [row.id for row in said if _key(row) in keys]


def answers_of(session: Session, response_id: int) -> dict[AnswerKey, Stored]:
    """What a response says, as it is stored."""
    kept: dict[AnswerKey, Stored] = {}
    said = sa.select(ANSWERS).where(ANSWERS.c.response_id == response_id).order_by(ANSWERS.c.id)
    for row in session.connection().execute(said):
        before = kept.get(_key(row), Stored())
        kept[_key(row)] = Stored((*before.codes, row.code) if row.code else (), row.number, row.day)
    for row in session.connection().execute(sa.select(COMMENTS).where(COMMENTS.c.response_id == response_id)):
        kept[_key(row)] = Stored(words=row.words)
    return kept


def _key(row: sa.Row[Any]) -> AnswerKey:
    return AnswerKey(row.item, row.service or None, row.child or None)


def _response(draft: Saved, now: datetime, entered: Entered | None) -> Response:
    return Response(
        public_id=draft.id,
        reference=codes.code(REFERENCE_GROUPS),
        private_hash=codes.hashed(private_code(draft.id), purpose="private"),
        wave_id=draft.wave_id,
        channel=entered.channel if entered else Channel.WEB,
        entered_by=entered.by if entered else "",
        notice_version=statements.notice_version(now.date()),
        started_at=draft.started_at,
        sent_at=now,
        change=0,  # stamped at the end of the transaction
    )


def describe(response: Response, questionnaire: Questionnaire, answers: dict[AnswerKey, Stored]) -> None:
    """Put beside a response what the figures group it by, from its own answers."""
    channel = _code(questionnaire.roles.channel, answers)
    if not response.entered_by:  # whoever keyed it in knows how it had reached us
        response.channel = Channel(channel) if channel in set(Channel) else Channel.WEB
    response.district = _code(questionnaire.roles.district, answers)
    response.quotable = _code(questionnaire.roles.quotable, answers) == "yes"


def _code(item: str | None, answers: dict[AnswerKey, Stored]) -> str:
    stored = answers.get(AnswerKey(item)) if item else None
    return stored.codes[0] if stored and stored.codes else ""


def _sent_before(session: Session, draft_id: UUID) -> Receipt:
    """It was sent already, perhaps by another click of the same button; or the draft was deleted."""
    sent = receipt(session, draft_id)
    if sent is None:
        raise AnswerError("These answers were deleted from this device, so they cannot be sent. Start again.")
    return sent
