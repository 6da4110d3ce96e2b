"""Keying a paper form a second time: comparing the two, putting right what differs, and how often that happens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from survey import audit, codes, consultations, keying, responses, routing
from survey.checking import Stored, as_typed
from survey.consultations import WaveFacts
from survey.database import next_change
from survey.drafts import Saved
from survey.errors import KeyingError
from survey.questionnaire import AnswerKey, Questionnaire, SimpleItem
from survey.routing import Answers
from survey.tables import Channel, Response, ResponseState, SecondKeying, stored_id

KEYED_AGAIN = "key in again"
Choice = Literal["first", "second"]
Kept = dict[AnswerKey, Stored]


class Waiting(NamedTuple):
    """A form of the sample that nobody has keyed again yet."""

    reference: str
    copy: str
    keyed_by: str
    keyed_at: datetime


class Difference(NamedTuple):
    """A question to which the two keyings have different answers; None where one has none."""

    item: SimpleItem
    key: AnswerKey
    first: Stored | None
    second: Stored | None


class Checked(NamedTuple):
    """One form that was keyed twice: how many questions it was asked, and in how many answers the two differed."""

    questions: int
    differences: int


def is_chosen(public_id: UUID, one_in: int) -> bool:
    """Whether a form belongs to the sample: as good as chance, and always the same for the same form."""
    return int(codes.hashed(str(public_id), purpose="second keying"), 16) % one_in == 0


def waiting(session: Session, wave: WaveFacts, one_in: int) -> list[Waiting]:
    """The forms of a wave's sample that are still to be keyed again, oldest first."""
    again = select(SecondKeying.response_id)
    keyed = (
        select(Response)
        .where(Response.wave_id == wave.id, Response.channel == Channel.PAPER, Response.entered_by != "")
        .where(Response.state == ResponseState.SENT, col(Response.id).not_in(again))
        .order_by(col(Response.sent_at))
    )
    chosen = [response for response in session.exec(keyed) if is_chosen(response.public_id, one_in)]
    on_paper = keying.copies(session, wave) if chosen else {}
    return [Waiting(one.reference, on_paper.get(one.reference, ""), one.entered_by, one.sent_at) for one in chosen]


def differences(session: Session, wave: WaveFacts, reference: str, typed: Answers, now: datetime) -> list[Difference]:
    """Where a second keying differs from what is stored. Raises KeyingError if the form cannot be keyed again.

    Only questions that both keyings lead to are compared: a service keyed once and not twice is one difference,
    and not one more for each question about it.
    """
    return _compared(session, wave, _open(session, wave, reference), typed, now)[2]


def settle(
    session: Session,
    wave: WaveFacts,
    reference: str,
    typed: Answers,
    right: Mapping[AnswerKey, Choice],
    *,
    by: str,
    now: datetime,
) -> int:
    """Keep that a form was keyed twice, with the answers that are right, and give the number of differences.

    ``right`` says for each difference which keying has it right. What follows from an answer goes with it: the
    questions that only one keying leads to are taken from that one. Raises KeyingError if the form cannot be keyed
    again, or if a difference is left open.
    """
    response = _open(session, wave, reference)
    first, second, found = _compared(session, wave, response, typed, now)
    if any(one.key not in right for one in found):
        raise KeyingError("Choose which is right for each answer that differs.")
    asked = consultations.questionnaire_of(session, wave)
    asked_by_first = _questions(asked, first)
    answers = first | {key: stored for key, stored in second.items() if key not in asked_by_first}
    for one in found:
        _take(answers, one.key, one.first if right[one.key] == "first" else one.second)
    still_asked = _questions(asked, answers)
    standing = {key: stored for key, stored in answers.items() if key in still_asked}
    response_id = stored_id(response)
    session.add(SecondKeying(response_id=response_id, keyed_by=by, keyed_at=now, differences=len(found)))
    audit.record(session, who=by, what=KEYED_AGAIN, subject=f"{wave.slug}/{wave.code} {reference}")
    if responses.replace_answers(session, response_id, standing, now=now):
        responses.describe(response, asked, standing)
        session.flush()
        response.change = next_change(session)
        session.add(response)
    return len(found)


def checked(session: Session, wave: WaveFacts) -> list[Checked]:
    """Every form of a wave that was keyed twice, for the share of answers that differed."""
    rows = session.exec(
        select(Response, SecondKeying.differences)
        .join(SecondKeying, col(SecondKeying.response_id) == Response.id)
        .where(Response.wave_id == wave.id, Response.state == ResponseState.SENT)
    ).all()
    asked = consultations.questionnaire_of(session, wave) if rows else None
    return [
        Checked(len(_questions(asked, responses.answers_of(session, stored_id(response)))), found)
        for response, found in rows
        if asked
    ]


# -- comparing -----------------------------------------------------------------------------------------------------


def _open(session: Session, wave: WaveFacts, reference: str) -> Response:
    """The response of a form that may be keyed again, which nobody else changes until this transaction ends."""
    sought = select(Response).where(Response.reference == reference, Response.wave_id == wave.id)
    response = session.exec(sought.with_for_update()).one_or_none()
    if response is None or response.state is not ResponseState.SENT or not response.entered_by:
        raise KeyingError("There is no form of that reference to key again. Go back to the list and choose another.")
    if session.get(SecondKeying, stored_id(response)) is not None:
        raise KeyingError("This form has been keyed again already. Go back to the list and choose another.")
    return response


def _compared(
    session: Session, wave: WaveFacts, response: Response, typed: Answers, now: datetime
) -> tuple[Kept, Kept, list[Difference]]:
    asked = consultations.questionnaire_of(session, wave)
    first = responses.answers_of(session, stored_id(response))
    as_draft = Saved(uuid4(), wave.id, None, dict(typed), response.language, None, now)
    second = responses.stored_answers(asked, as_draft, today=now.date(), keyed=True)
    both = _questions(asked, second)
    return (
        first,
        second,
        [
            Difference(item, key, first.get(key), second.get(key))
            for key, item in _questions(asked, first).items()
            if key in both and _alike(first.get(key)) != _alike(second.get(key))
        ],
    )


def _questions(asked: Questionnaire, answers: Kept) -> dict[AnswerKey, SimpleItem]:
    """Every question that these answers lead through, but for the channel, which is not keyed."""
    typed = {key: as_typed(asked.item(key.item), stored) for key, stored in answers.items()}
    return {
        key: item
        for page in routing.pages(asked, typed)
        for item, key in routing.items_on(asked, page, typed)
        if item.id != asked.roles.channel
    }


def _alike(stored: Stored | None) -> Stored | None:
    """What two keyings of the same answer have in common, however it was spaced and in whatever order it was ticked."""
    return stored and stored._replace(codes=tuple(sorted(stored.codes)), words=" ".join(stored.words.split()))


# -- putting right -------------------------------------------------------------------------------------------------


def _take(answers: Kept, key: AnswerKey, stored: Stored | None) -> None:
    answers.pop(key, None)
    if stored:
        answers[key] = stored
