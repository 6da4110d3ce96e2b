"""Answers that have come in, stored as sending stores them, and a reader simple enough to check by eye."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import NamedTuple
from uuid import uuid4

import pandas as pd

from analysis.worker import Read, read_batch
from survey import codes, consultations, database, questionnaire_file
from survey.checking import Stored
from survey.coding_frame import CodingFrame
from survey.questionnaire import AnswerKey, Direction, Questionnaire
from survey.responses import add_answers
from survey.tables import Channel, Response, Theme, stored_id
from survey.tables import Consultation as Exercise

BURNLEY, WYRE = "E07000117", "E07000128"
SECONDS = count()


class Group(NamedTuple):
    """Some people who answered alike: each rates one service and says something about it."""

    people: int
    code: str = "good"
    service: str = "slt"
    district: str = BURNLEY
    words: str = "Waiting took far too long and nobody told us anything at all"
    channel: Channel = Channel.WEB
    quotable: bool = True
    variant: str = "standard"
    agrees: str = ""
    """How far with "My child gets the right help at the right time"."""


class Plain:
    """Reads the first word: Waiting is a theme and negative, Kindness a theme and positive, others are neither."""

    model = "plain-1"

    def read(self, texts: Sequence[str], directions: Sequence[Direction], frame: CodingFrame | None) -> Read:
        known = {theme.label: theme.key for theme in frame.themes} if frame else {}
        firsts = [text.split()[0] for text in texts]
        tones = {"Waiting": "negative", "Kindness": "positive"}
        said = pd.DataFrame({"redacted": texts, "sentiment": [tones.get(first, "neutral") for first in firsts]})
        themes = [
            (row, known[first], 0.8, tones.get(first) == "positive", tones.get(first) == "negative")
            for row, first in enumerate(firsts)
            if first in known
        ]
        return Read(
            said.assign(language="en", p_negative=0.2, p_neutral=0.2, p_positive=0.6),
            pd.DataFrame(themes, columns=["row", "theme", "strength", "praise", "criticism"]),
        )


def collect(*groups: Group, wave: str = "1", read: bool = True) -> None:
    """These people's answers, in the wave of that code; their comments read, unless told otherwise."""
    engine = database.engine()
    with database.writing(engine) as session:
        into = consultations.wave_named(session, "send-services", wave)
        change = database.next_change(session)
        sent = [(group, _response(into.id, group, change)) for group in groups for _ in range(group.people)]
        session.add_all(response for _, response in sent)
        session.flush()
        for group, response in sent:
            add_answers(session, stored_id(response), _answers(group), now=response.sent_at)
    while read and read_batch(engine, Plain()):
        pass


def add_themes(*labels: str) -> None:
    """Themes that people have approved, named after the first word of what says them."""
    with database.writing(database.engine()) as session:
        into = consultations.wave_named(session, "send-services", "1")
        for label in labels:
            session.add(Theme(consultation_id=into.consultation_id, key=label.lower(), label=label))


def add_wave(code: str, title: str, *, days_ago: int, asked: Questionnaire | None = None) -> None:
    """Another wave of the same consultation, open for a week from that many days ago; asked otherwise, if given."""
    began = datetime.now(UTC) - timedelta(days=days_ago)
    with database.writing(database.engine()) as session:
        exercise = session.get_one(Exercise, consultations.wave_named(session, "send-services", "1").consultation_id)
        asked = asked or questionnaire_file.shipped("send_services")
        consultations.open_wave(
            session, exercise, asked, code=code, title=title, opens_at=began, closes_at=began + timedelta(days=7)
        )


def _response(wave_id: int, group: Group, change: int) -> Response:
    sent_at = datetime.now(UTC) - timedelta(hours=12) + timedelta(seconds=next(SECONDS))
    return Response(
        public_id=uuid4(),
        reference=codes.code(2),
        wave_id=wave_id,
        channel=group.channel,
        district=group.district,
        quotable=group.quotable,
        variant=group.variant,
        started_at=sent_at,
        sent_at=sent_at,
        change=change,
    )


def _answers(group: Group) -> dict[AnswerKey, Stored]:
    answers = {AnswerKey("rating", group.service): Stored(codes=(group.code,))}
    if group.agrees:
        answers[AnswerKey("outcome_right_help")] = Stored(codes=(group.agrees,))
    if group.words:
        answers[AnswerKey("tell_us_more", group.service)] = Stored(words=group.words)
    return answers
