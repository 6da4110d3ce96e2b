"""Comments as the worker leaves them, themes to code them with, and people who code."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count
from typing import NamedTuple
from uuid import uuid4

from sqlmodel import Session, select

from survey import blind_coding, check_samples
from survey.database import next_change, reading, writing
from survey.tables import Channel, Coding, Comment, GivenBy, Reading, Response, ResponseState, Theme
from tests.survey.conftest import NOW, Fieldwork

NUMBERS = count(1)
BEFORE = NOW - timedelta(hours=1)


class Said(NamedTuple):
    """One comment, what the computer says of it, and how sure it is."""

    words: str
    themes: tuple[str, ...] = ()
    sentiment: str = "negative"
    unsure: bool = False
    strength: float = 0.8
    likeliest: float = 0.8
    language: str = "en"


def read(fieldwork: Fieldwork, *said: Said) -> list[int]:
    """Stores comments as the worker would have, each in a response of its own; gives their ids."""
    with writing(fieldwork.engine) as session:
        known = {theme.key: theme.id for theme in session.exec(select(Theme))}
        return [_one(session, fieldwork, known, one) for one in said]


def _one(session: Session, fieldwork: Fieldwork, known: dict[str, int], said: Said) -> int:
    response = Response(
        public_id=uuid4(), reference=f"B-{next(NUMBERS)}", wave_id=fieldwork.wave.id, channel=Channel.WEB,
        started_at=BEFORE, sent_at=BEFORE, change=0,
    )  # fmt: skip
    session.add(response)
    session.flush()
    comment = Comment(
        response_id=response.id, item="tell_us_more", service="slt", words=said.words, redacted=said.words,
        language=said.language,
    )  # fmt: skip
    session.add(comment)
    session.flush()
    rest = (1 - said.likeliest) / 2
    session.add(
        Reading(
            comment_id=comment.id, model="m", sentiment=said.sentiment, unsure=said.unsure, p_negative=said.likeliest,
            p_neutral=rest, p_positive=rest, read_at=BEFORE,
        )
    )  # fmt: skip
    session.add_all(
        Coding(
            comment_id=comment.id, theme_id=known[key], strength=said.strength, given_by=GivenBy.MODEL, model="m"
        )
        for key in said.themes
    )  # fmt: skip
    return comment.id


def add_themes(fieldwork: Fieldwork, *keys: str) -> dict[str, int]:
    """Themes that people have approved; gives their ids."""
    with writing(fieldwork.engine) as session:
        themes = [
            Theme(
                consultation_id=fieldwork.wave.consultation_id, key=key, label=key.title(), description=f"About {key}"
            )
            for key in keys
        ]  # fmt: skip
        session.add_all(themes)
        session.flush()
        return {theme.key: theme.id for theme in themes}


def draw(fieldwork: Fieldwork, size: int, *, shared: int = 0, seed: int = 1) -> int:
    with writing(fieldwork.engine) as session:
        return check_samples.draw(
            session, fieldwork.wave.consultation_id, half_width=0.05, size=size, shared=shared, seed=seed, by="ada",
            now=NOW,
        )  # fmt: skip


def sample_of(fieldwork: Fieldwork) -> check_samples.Sample:
    """The latest sample."""
    with reading(fieldwork.engine) as session:
        return check_samples.samples(session, fieldwork.wave.consultation_id)[0]


def code_all(
    fieldwork: Fieldwork, sample_id: int, by: str, says: Callable[[str], Sequence[int]], sentiment: str = "negative"
) -> list[int]:
    """Somebody codes all that is left for them, with the themes that ``says`` finds in it; gives the comments."""
    coded = []
    while True:
        with writing(fieldwork.engine) as session:
            shown = blind_coding.next_for(session, sample_id, by)
            if shown is None:
                return coded
            kept = blind_coding.record(
                session,
                sample_id,
                shown.comment_id,
                carries=set(says(shown.words)),
                sentiment=sentiment,
                by=by,
                now=NOW,
            )
        assert kept
        coded.append(shown.comment_id)


def withdraw(fieldwork: Fieldwork, comment_id: int) -> None:
    """The whole response goes, as when its owner takes it back."""
    with writing(fieldwork.engine) as session:
        comment = session.get_one(Comment, comment_id)
        response = session.get_one(Response, comment.response_id)
        session.delete(comment)
        session.flush()
        response.state, response.change = ResponseState.WITHDRAWN, next_change(session)
        session.add(response)
