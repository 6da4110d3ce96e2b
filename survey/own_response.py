"""A response in the hands of whoever gave it: found by its private code, seen, corrected, withdrawn. No account.

What is withdrawn goes with everything that was made from it. What stays says that one was withdrawn, and nothing more.
"""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from survey import (
    carried,
    codes,
    consultations,
    drafts,
    equality,
    languages,
    likenesses,
    responses,
    safeguarding,
    standing_themes,
    suggested,
)
from survey.checking import as_typed
from survey.consultations import WaveFacts
from survey.database import next_change
from survey.drafts import Saved
from survey.errors import ConsultationClosed, UnknownPrivateCode
from survey.questionnaire import AnswerKey
from survey.responses import REFERENCE_GROUPS
from survey.routing import Typed
from survey.tables import Channel, Response, ResponseState, stored_id

TABLES = SQLModel.metadata.tables
ANSWERS, COMMENTS = (TABLES[name] for name in ("answer", "comment"))


class Own(NamedTuple):
    """A response as its owner sees it."""

    response_id: int
    public_id: UUID
    wave: WaveFacts
    reference: str
    sent_at: datetime
    language: str
    answers: dict[AnswerKey, Typed]


def find(session: Session, *, typed_code: str, consultation_id: int) -> Own:
    """The response that goes with a private code, in any wave of a consultation, closed ones too.

    Raises UnknownPrivateCode if none does, or it was withdrawn.
    """
    digest = codes.hashed(codes.tidied_phrase(typed_code), purpose="private")
    response = session.exec(select(Response).where(Response.private_hash == digest)).one_or_none()
    wave = consultations.wave(session, response.wave_id) if response else None
    if response is None or wave is None or wave.consultation_id != consultation_id:
        raise UnknownPrivateCode("No answers go with that code. Check it and enter it again.")
    questionnaire = consultations.questionnaire_of(session, wave)
    said = responses.answers_of(session, stored_id(response))
    return Own(
        stored_id(response),
        response.public_id,
        wave,
        response.reference,
        response.sent_at,
        languages.code_of(response.language, response.variant),
        {key: as_typed(questionnaire.item(key.item), stored) for key, stored in said.items()},
    )


def themes(session: Session, own: Own) -> frozenset[str]:
    """The keys of the themes, agreed on by people, that the comments of a response are counted under."""
    mine = sa.select(TABLES["response"].c.id).where(TABLES["response"].c.id == own.response_id)
    raised = carried.codings(session, own.wave.consultation_id, mine)["theme"]
    agreed = {one.key for one in standing_themes.standing(session, own.wave.consultation_id)}
    return frozenset(agreed.intersection(raised))


def correct(session: Session, own: Own, *, device: str, now: datetime) -> Saved:
    """A draft with everything the response says, for its owner to change and send again in its place.

    The response stands until that is sent. Raises ConsultationClosed once the wave takes no more answers.
    """
    if not own.wave.is_open(now):
        raise ConsultationClosed("This consultation has closed, so your answers cannot be changed any more.")
    return drafts.of_response(
        session,
        draft_id=own.public_id,
        wave_id=own.wave.id,
        device=device,
        language=own.language,
        answers=own.answers,
        started_at=own.sent_at,
        now=now,
    )


def withdraw(session: Session, own: Own) -> None:
    """Take a response out of everything, for good: its answers, its words, and all that was read in them.

    Of themes suggested by the program, those that stood on these words alone go too, and the others are due to be
    looked for again without them.
    """
    response = session.get_one(Response, own.response_id, with_for_update=True)
    theirs = sa.select(COMMENTS.c.id).where(COMMENTS.c.response_id == own.response_id)
    going = list(session.connection().execute(theirs).scalars())
    suggested.forget(session, going)
    likenesses.hand_on(session, going)
    safeguarding.note_taken_back(session, going)
    for table in (ANSWERS, COMMENTS, TABLES["second_keying"]):
        session.connection().execute(sa.delete(table).where(table.c.response_id == own.response_id))
    equality.forget(session, own.public_id)
    drafts.drop(session, own.public_id)
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    blank = Response(
        public_id=uuid4(),
        reference=codes.code(REFERENCE_GROUPS),
        wave_id=response.wave_id,
        state=ResponseState.WITHDRAWN,
        channel=Channel.WEB,
        started_at=day,
        sent_at=day,
        change=0,
    )
    for name, value in blank.model_dump(exclude={"id", "change"}).items():
        setattr(response, name, value)
    response.change = next_change(session)
    session.add(response)
    session.flush()
