"""Comments with themes that a model gave, and a table of who carries what to compare before and after."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from survey import frames, responses, theming
from survey.database import reading, writing
from survey.questionnaire import AnswerKey
from survey.tables import CandidateTheme, Coding, Comment, GivenBy, Theme
from survey.theming import Seen
from tests.survey.conftest import NOW, Fieldwork, full_answers

OFFICER = "an officer"


class Given(NamedTuple):
    """What a model gave one comment: a theme or a candidate, by its key, and how strongly."""

    place: int  # of the comment, from 0
    key: str
    strength: float = 0.5
    praise: bool = False
    criticism: bool = False
    words: str = ""


class Desk(NamedTuple):
    """Somebody's desk at which the themes of one consultation are decided about."""

    fieldwork: Fieldwork
    comment_ids: tuple[int, ...]

    @property
    def engine(self) -> Engine:
        return self.fieldwork.engine

    @property
    def consultation_id(self) -> int:
        return self.fieldwork.wave.consultation_id

    def theme(self, label: str) -> Theme:
        with reading(self.engine) as session:
            return session.exec(select(Theme).where(Theme.label == label).order_by(col(Theme.id).desc())).first()

    def seen(self, label: str) -> Seen:
        theme = self.theme(label)
        return Seen(theme.id, theme.version)

    def candidate(self, key: str) -> CandidateTheme:
        with reading(self.engine) as session:
            return session.exec(select(CandidateTheme).where(CandidateTheme.key == key)).one()

    def do(self, act: Callable, *wanted: object, **named: object) -> object:
        with writing(self.engine) as session:
            return act(session, self.consultation_id, *wanted, by=OFFICER, **named)

    def undo_last(self) -> None:
        last = next(one for one in self.history() if not one.hindrance)
        self.do(theming.undo, last.act_id)

    def history(self) -> list[theming.Happened]:
        with reading(self.engine) as session:
            return theming.history(session, self.consultation_id)

    def labels(self) -> list[str]:
        with reading(self.engine) as session:
            frame = theming.standing(session, self.consultation_id)
        return [theme.label for theme in frame.themes] if frame else []

    def frames(self, since: int = 0) -> frames.Frames:
        with reading(self.engine) as session:
            return frames.changes(session, self.fieldwork.wave, self.fieldwork.questionnaire.roles, since=since)

    def carried(self) -> set[tuple[int, str, float, str]]:
        """Every comment (by its place) with every theme it carries, how strongly, and who gave it."""
        place = {comment_id: place for place, comment_id in enumerate(self.comment_ids)}
        rows = self.frames().codings[["comment_id", "theme", "strength", "given_by"]]
        return {(place[number], *rest) for number, *rest in rows.itertuples(index=False, name=None)}

    def carriers(self, key: str) -> set[int]:
        """The places of the comments that carry a theme."""
        return {place for place, theme, *_ in self.carried() if theme == key}


@pytest.fixture
def desk_with(fieldwork: Fieldwork) -> Callable[..., Desk]:
    """Makes a desk: with themes (by label; the key is the label in small letters), candidates and codings."""

    def made(*labels: str, candidates: Iterable[str] = (), given: Iterable[Given] = (), comments: int = 4) -> Desk:
        for number in range(comments):
            said = {AnswerKey("tell_us_more", "slt"): f"Comment {number}"}
            draft = fieldwork.begin(f"device {number}", full_answers() | said)
            with writing(fieldwork.engine) as session:
                responses.send(session, draft.id, now=NOW)
        with writing(fieldwork.engine) as session:
            ids = session.exec(select(Comment.id).order_by(col(Comment.id))).all()
            own = {"consultation_id": fieldwork.wave.consultation_id}
            known = {
                label.lower(): Theme(key=label.lower(), label=label, phrases=label.lower(), **own) for label in labels
            }
            found = {
                key: CandidateTheme(key=key, label=key, words="bus, taxi", size=1, fitted_at=datetime.now(UTC), **own)
                for key in candidates
            }
            session.add_all([*known.values(), *found.values()])
            session.flush()
            for one in given:
                theme, candidate = known.get(one.key), found.get(one.key)
                session.add(
                    Coding(
                        comment_id=ids[one.place],
                        theme_id=theme.id if theme else None,
                        candidate_theme_id=candidate.id if candidate else None,
                        strength=one.strength,
                        praise=one.praise,
                        criticism=one.criticism,
                        words=one.words,
                        given_by=GivenBy.MODEL,
                        model="m",
                    )
                )
        return Desk(fieldwork, tuple(ids))

    return made
