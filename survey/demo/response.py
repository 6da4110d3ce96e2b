"""One response of the demonstration, and the truth about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from survey.checking import Stored
from survey.demo.flaws import Flaw
from survey.demo.remarks import Remark
from survey.questionnaire import AnswerKey
from survey.tables import Channel


class Standing(NamedTuple):
    """What a family finds of one service: the latent truth, and the share of such families who find it good."""

    service: str
    experience: float  # above 0 is good
    share_good: float


@dataclass(frozen=True, slots=True)
class DemoResponse:
    """One response, and the truth about it."""

    wave: int
    place: int  # in its wave
    family: str
    voice: str
    started_at: datetime
    sent_at: datetime
    channel: Channel
    language: str
    district: str  # as answered
    lives_in: str
    band: str
    quotable: bool
    answers: Mapping[AnswerKey, Stored]
    remarks: tuple[Remark, ...]
    standings: tuple[Standing, ...]
    flaws: tuple[Flaw, ...]
