"""What stands at the front of an export: the consultation, its waves, its questionnaires and its themes."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from survey.questionnaire import Questionnaire
from survey.tables import ConsultationKind

NAME = "manifest.json"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConsultationEntry(_Part):
    """The consultation."""

    slug: str
    title: str
    kind: ConsultationKind
    owner: str
    decision_date: date | None = None
    demonstration: bool = False


class WaveEntry(_Part):
    """One wave, with the fingerprint of the questionnaire it asked."""

    code: str
    title: str
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    questionnaire: str
    by_invitation: bool = False


class ThemeEntry(_Part):
    """One theme that people agreed on."""

    key: str
    label: str
    description: str
    phrases: str
    version: int


class Manifest(_Part):
    """Everything about an export but the rows themselves."""

    format: Literal["heard export"] = "heard export"
    version: Literal[1] = 1
    consultation: ConsultationEntry
    waves: tuple[WaveEntry, ...]
    questionnaires: Mapping[str, Questionnaire]  # by fingerprint
    themes: tuple[ThemeEntry, ...] = ()
