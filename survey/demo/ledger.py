"""What the demonstration's county decided about what families said: read from its file, dated from its waves."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from survey.consultations import WaveFacts
from survey.demo.county import code_of
from survey.ledger import ActionState, Plan, Wording

FILE = Path(__file__).with_suffix(".toml")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Due(_Part):
    before_wave: int = 0
    days: int = 0
    after_today: int | None = None


class _Words(_Part):
    told: str
    because: str = ""


class _Entry(_Part):
    told: str
    wave: int
    theme: str = ""
    service: str = ""
    owner: str = ""
    due: _Due | None = None
    predicted: int | None = None
    districts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    state: ActionState = ActionState.PLANNED
    because: str = ""
    wordings: Mapping[str, _Words] = Field(default_factory=dict)


class Decided(NamedTuple):
    """One entry of the demonstration's ledger, and what became of it."""

    plan: Plan
    state: ActionState
    because: str
    wordings: Mapping[str, Wording]


def decided(waves: Sequence[WaveFacts], themes: Mapping[str, int], today: date) -> list[Decided]:
    """The ledger, for these waves (oldest first) and themes (by key); without what they do not have."""
    entries = [_Entry.model_validate(entry) for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["action"]]
    there = [one for one in entries if _last_wave(one) <= len(waves) and (not one.theme or one.theme in themes)]
    return [_decided(one, waves, themes, today) for one in there]


def _last_wave(entry: _Entry) -> int:
    return max(entry.wave, entry.due.before_wave if entry.due else 0)


def _decided(entry: _Entry, waves: Sequence[WaveFacts], themes: Mapping[str, int], today: date) -> Decided:
    plan = Plan(
        told=entry.told,
        wave_id=waves[entry.wave - 1].id,
        theme_id=themes[entry.theme] if entry.theme else None,
        service=entry.service,
        owner=entry.owner,
        due=_due(entry.due, waves, today) if entry.due else None,
        districts=tuple(code_of(name) for name in entry.districts),
        predicted=entry.predicted,
        tags=entry.tags,
    )
    words = {language: Wording(one.told, one.because) for language, one in entry.wordings.items()}
    return Decided(plan, entry.state, entry.because, words)


def _due(due: _Due, waves: Sequence[WaveFacts], today: date) -> date:
    if due.after_today is not None:
        return today + timedelta(days=due.after_today)
    return waves[due.before_wave - 1].first_day - timedelta(days=due.days)
