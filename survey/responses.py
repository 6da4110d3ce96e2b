"""Responses: sending a draft, once and as a whole, and finding what this device has sent."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from survey import codes, consultations, drafts, routing, statements
from survey.checking import Stored, check
from survey.database import next_change
from survey.drafts import Saved
from survey.errors import AnswerError, ConsultationClosed
from survey.questionnaire import AnswerKey, Questionnaire
from survey.tables import Channel, Response, stored_id
from survey.wording import words_in

REFERENCE_GROUPS = 2
PREVIEW = "PREVIEW"  # in place of a reference, for what was only tried out
ANSWERS, COMMENTS = (SQLModel.metadata.tables[name] for name in ("answer", "comment"))


class Receipt(NamedTuple):
    """What somebody is told when their answers have been sent."""

    reference: str
    sent_at: datetime


def send(session: Session, draft_id: UUID, *, now: datetime) -> Receipt:
    """Send a draft: its answers become a response and the draft goes, in the caller's one transaction.

    Sending again gives the same receipt and stores nothing; sending a preview stores nothing at all. Answers to
    questions that are no longer asked are left out. Raises ConsultationClosed outside the wave's dates, and
    AnswerError if something is still to be put right.
    """
    sent = receipt(session, draft_id)
    if sent is not None:
        return sent
    draft = drafts.locked(session, draft_id)
    if draft is None:
        return _sent_meanwhile(session, draft_id)
    wave = consultations.wave(session, draft.wave_id)
    if not draft.preview and not wave.takes_what_was_begun(now):
        raise ConsultationClosed("This consultation has closed, so your answers cannot be sent.")
    questionnaire = consultations.questionnaire_of(session, wave)
    answers = stored_answers(questionnaire, draft, today=now.date())
    if draft.preview:  # whatever the day is by now: what was only tried out is never counted
        drafts.drop(session, draft_id)
        return Receipt(PREVIEW, now)
    response = _response(draft, questionnaire, answers, now)
    session.add(response)
    session.flush()
    add_answers(session, stored_id(response), answers)
    drafts.drop(session, draft_id)
    response.change = next_change(session)
    session.add(response)
    session.flush()
    return Receipt(response.reference, response.sent_at)


def receipt(session: Session, draft_id: UUID) -> Receipt | None:
    """The receipt of a draft that has been sent, if it has."""
    found = session.exec(select(Response.reference, Response.sent_at).where(Response.public_id == draft_id)).first()
    return Receipt(*found) if found else None


def last_from(session: Session, *, wave_id: int, device: str) -> Receipt | None:
    """The receipt of what this device sent last in that wave, for a page that is reloaded."""
    sought = (
        select(Response.reference, Response.sent_at)
        .where(Response.wave_id == wave_id, Response.device_hash == codes.hashed(device, purpose="device"))
        .order_by(col(Response.sent_at).desc())
    )
    found = session.exec(sought).first()
    return Receipt(*found) if found else None


def stored_answers(questionnaire: Questionnaire, draft: Saved, *, today: date) -> dict[AnswerKey, Stored]:
    """A draft's answers as the tables hold them. Raises AnswerError naming what is still to be put right."""
    typed = draft.answers
    words = words_in(draft.language)
    stored: dict[AnswerKey, Stored] = {}
    for page in routing.pages(questionnaire, typed):
        for item, key in routing.items_on(questionnaire, page, typed):
            outcome = check(item, typed.get(key), words, today=today)
            if outcome.problem:
                raise AnswerError(f"{words.of(item.text)} {outcome.problem}.")
            if outcome.stored:
                stored[key] = outcome.stored
    return stored


def add_answers(session: Session, response_id: int, answers: dict[AnswerKey, Stored]) -> None:
    """Store the answers of one response: a row for each code, number or day, and the comments by themselves."""
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
    if rows:
        session.connection().execute(sa.insert(ANSWERS), rows)


def _response(draft: Saved, questionnaire: Questionnaire, answers: dict[AnswerKey, Stored], now: datetime) -> Response:
    channel = _code(questionnaire.roles.channel, answers)
    return Response(
        public_id=draft.id,
        reference=codes.code(REFERENCE_GROUPS),
        wave_id=draft.wave_id,
        channel=Channel(channel) if channel in set(Channel) else Channel.WEB,
        language=draft.language,
        district=_code(questionnaire.roles.district, answers),
        quotable=_code(questionnaire.roles.quotable, answers) == "yes",
        notice_version=statements.notice_version(now.date()),
        device_hash=draft.device_hash,
        started_at=draft.started_at,
        sent_at=now,
        change=0,  # stamped at the end of the transaction
    )


def _code(item: str | None, answers: dict[AnswerKey, Stored]) -> str:
    stored = answers.get(AnswerKey(item)) if item else None
    return stored.codes[0] if stored and stored.codes else ""


def _sent_meanwhile(session: Session, draft_id: UUID) -> Receipt:
    """Another click of the same button sent it while this one waited; or the draft was deleted."""
    sent = receipt(session, draft_id)
    if sent is None:
        raise AnswerError("These answers were deleted from this device, so they cannot be sent. Start again.")
    return sent
