"""A consultation that is open, and somebody who has answered it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from survey import consultations, drafts
from survey.consultations import WaveFacts
from survey.database import reading, writing
from survey.questionnaire import AnswerKey, Questionnaire
from survey.questionnaire_file import shipped
from survey.routing import Typed

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def full_answers(**changed: Typed) -> dict[AnswerKey, Typed]:
    """Answers to every question of the SEND questionnaire that must be answered, about one service."""
    given: dict[AnswerKey, Typed] = {AnswerKey(f"outcome_{name}"): "agree" for name in OUTCOMES}
    given |= {
        AnswerKey("services_used"): ("slt",),
        AnswerKey("rating", "slt"): "good",
        AnswerKey("tell_us_more", "slt"): "We waited two years",
        AnswerKey("quotable"): "yes",
        AnswerKey("district"): "E07000117",
        AnswerKey("age_band"): "5_10",
        AnswerKey("plan"): "ehcp",
        AnswerKey("channel"): "phone",
    }
    return given | {AnswerKey(item): typed for item, typed in changed.items()}


OUTCOMES = ("identified", "decisions", "right_help", "next_steps", "included")


class Fieldwork(NamedTuple):
    """An open wave in a real database."""

    engine: Engine
    wave: WaveFacts
    questionnaire: Questionnaire

    def __repr__(self) -> str:
        return f"Fieldwork({self.wave.slug})"

    def begin(self, device: str = "a phone", answers: dict[AnswerKey, Typed] | None = None) -> drafts.Saved:
        with writing(self.engine) as session:
            draft = drafts.begin(session, wave_id=self.wave.id, device=device, language="en", now=NOW)
            kept = drafts.put(session, draft.id, given=answers or {}, place=None, now=NOW)
        assert kept
        return kept


@pytest.fixture
def open_fieldwork(database: Engine) -> Callable[..., Fieldwork]:
    def opened(name: str = "send_services", *, now: datetime = NOW, demonstration: bool = False) -> Fieldwork:
        questionnaire = shipped(name)
        with writing(database) as session:
            consultation = consultations.register(
                session,
                slug=name.replace("_", "-"),
                title=questionnaire.title["en"],
                owner="The council",
                demonstration=demonstration,
            )
            wave = consultations.open_wave(
                session,
                consultation,
                questionnaire,
                code="2026",
                title="Summer 2026",
                opens_at=now - timedelta(days=1),
                closes_at=now + timedelta(days=30),
            )
            wave_id = wave.id
        with reading(database) as session:
            return Fieldwork(database, consultations.wave(session, wave_id), questionnaire)

    return opened


@pytest.fixture
def fieldwork(open_fieldwork: Callable[..., Fieldwork]) -> Fieldwork:
    return open_fieldwork()
