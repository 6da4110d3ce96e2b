"""The equality questions: asked of whoever has just sent, kept apart from all else they said, counted by wave.

What somebody answers is kept with a keyed hash of their response. That finds it again for Back, and for a withdrawal;
from the answers no way leads to the response. How far they have got is kept beside it, under an item's name that no
item can have, so that a page loaded again asks nothing twice.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import answering, codes, questionnaire_file, routing
from survey.answering import Ahead
from survey.database import Connected
from survey.questionnaire import AnswerKey, Choice, Questionnaire, Standing
from survey.routing import CHECK_ANSWERS, Answers, Page, Typed
from survey.tables import ResponseState
from survey.wording import Words

ASKED_WITHIN: Final = timedelta(hours=24)  # of sending: nobody has to hurry, and a shared device asks nobody else
PLACE: Final = "_place"  # no item's name can begin with a stroke
OFFER: Final = Page("_offer")  # where everybody begins: whether they want to be asked
FINISHED: Final = Page("_finished")

KEPT, RESPONSES = (SQLModel.metadata.tables[name] for name in ("equality_answer", "response"))
OF_ONE = KEPT.c.link == sa.bindparam("of")
SENT = sa.select(RESPONSES.c.wave_id, RESPONSES.c.sent_at).where(
    RESPONSES.c.public_id == sa.bindparam("public_id"), RESPONSES.c.state == ResponseState.SENT
)


HELD = sa.select(KEPT.c.item, KEPT.c.code).where(OF_ONE)
FORGET = sa.delete(KEPT).where(OF_ONE)
KEEP = sa.insert(KEPT)


class UnderWay(NamedTuple):
    """How far somebody has got who has not finished."""

    place: Page
    answers: dict[AnswerKey, Typed]


def questions() -> Questionnaire:
    """What is asked: one choice to a page, each of them optional."""
    return questionnaire_file.shipped("equality")


def under_way(session: Connected, public_id: UUID, *, now: datetime) -> UnderWay | None:
    """How far whoever sent that response has got; None if there is nothing, or nothing more, to ask them.

    That is so once they have finished or skipped the rest, a day after they sent, and when the response was withdrawn.
    """
    found = session.connection().execute(SENT, {"public_id": public_id}).one_or_none()
    if found is None or found.sent_at + ASKED_WITHIN < now:
        return None
    return _held(session, public_id)


def put(session: Connected, public_id: UUID, *, given: Answers, place: Page, now: datetime) -> UnderWay | None:
    """Keep what was given on one page, and the place reached, beside what was given before.

    Answers to what is no longer asked go, and so does one that was never offered. Gives what ``under_way`` would.
    """
    found = session.connection().execute(SENT.with_for_update(), {"public_id": public_id}).one_or_none()
    held = under_way(session, public_id, now=now)
    if found is None or held is None:  # another tab has finished, or withdrawn it
        return None
    together = {key: typed for key, typed in {**held.answers, **given}.items() if _is_offered(key, typed)}
    answers = routing.in_force(questions(), together)
    forget(session, public_id)
    whose = {"wave_id": found.wave_id, "link": _link(public_id)}
    rows = [whose | {"item": key.item, "code": code} for key, code in answers.items()]
    session.connection().execute(KEEP, [*rows, whose | {"item": PLACE, "code": str(place)}])
    return None if place == FINISHED else UnderWay(place, answers)


def ahead(page: Page, held: Answers, words: Words, *, now: datetime) -> Ahead:
    """Where Continue leads from a page with these answers: to the next one, or to the end."""
    found = answering.ahead(questions(), page, held, words, changing=False, today=now.date())
    return found._replace(page=FINISHED) if found.page == CHECK_ANSWERS else found


def forget(session: Connected, public_id: UUID) -> None:
    """Delete all that was said about equality with that response, as when its owner withdraws it."""
    session.connection().execute(FORGET, {"of": _link(public_id)})


def counts(session: Session, wave_id: int) -> pd.DataFrame:
    """How many people in a wave gave each answer.

    One row for each answer of each item, in the order they are asked: ``item``, ``code``, ``count`` (people) and
    ``base`` (people who said, so not those who would rather not). These are true numbers about small groups: they go
    through ``analysis.suppression`` (``totals=[["item"]]``) before anybody sees them.
    """
    by_code = sa.select(KEPT.c.item, KEPT.c.code, sa.func.count()).where(KEPT.c.wave_id == wave_id)
    found = session.connection().execute(by_code.group_by(KEPT.c.item, KEPT.c.code))
    given = {(item, code): count for item, code, count in found}
    rows = [
        (item.id, option.code, given.get((item.id, option.code), 0))
        for item in _choices().values()
        for option in item.options
        if option.standing is Standing.ANSWER
    ]
    counted = pd.DataFrame(rows, columns=["item", "code", "count"])
    return counted.assign(base=counted.groupby("item")["count"].transform("sum"))


def in_words(counted: pd.DataFrame, words: Words) -> pd.DataFrame:
    """What ``counts`` gives, with each ``question`` and ``answer`` as it was asked in place of their codes."""
    asked = _choices()
    options = {(item.id, one.code): words.of(one.text) for item in asked.values() for one in item.options}
    pairs = zip(counted["item"], counted["code"], strict=True)
    return counted.assign(
        question=[words.of(asked[item].text) for item in counted["item"]], answer=[options[pair] for pair in pairs]
    ).drop(columns=["item", "code"])


def _held(session: Connected, public_id: UUID) -> UnderWay | None:
    found = session.connection().execute(HELD, {"of": _link(public_id)})
    held = {row.item: row.code for row in found}
    place = Page.parse(held.pop(PLACE, str(OFFER)))
    return None if place == FINISHED else UnderWay(place, {AnswerKey(item): code for item, code in held.items()})


def _link(public_id: UUID) -> str:
    return codes.hashed(str(public_id), purpose="equality")


def _choices() -> dict[str, Choice]:
    return {item.id: item for _, item in questions().items() if isinstance(item, Choice)}


def _is_offered(key: AnswerKey, typed: Typed) -> bool:
    choice = _choices().get(key.item)
    return choice is not None and isinstance(typed, str) and choice.option(typed) is not None
