"""Who is keying what: one request's view of an officer, a wave, and the pile or the call before them. Kept nowhere."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlencode

from starlette.requests import Request

from pages.ui import doors
from survey import codes, consultations, languages
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.people import SignedIn
from survey.questionnaire import Questionnaire
from survey.responses import Entered
from survey.tables import Channel

CHANNELS = {Channel.PAPER: "Paper forms", Channel.PHONE: "By phone", Channel.IN_PERSON: "In person"}


@dataclass(frozen=True)
class Desk:
    """An officer at work on one wave. Channel and language were chosen once, and travel in the address."""

    officer: str
    wave: WaveFacts
    channel: Channel
    language: str
    now: datetime

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What the wave asks."""
        return consultations.asked_in(engine(), self.wave)

    @property
    def entered(self) -> Entered:
        """How what is keyed here is marked."""
        return Entered(self.officer, self.channel)

    @property
    def is_paper(self) -> bool:
        """Whether whole forms are keyed, rather than a conversation."""
        return self.channel is Channel.PAPER

    @property
    def way(self) -> str:
        """The channel and the language, in words."""
        return f"{CHANNELS[self.channel]}, {languages.language(self.language).english}"

    @property
    def proof(self) -> str:
        """What only a form of ours, shown to this officer, can carry."""
        return proof(self.officer)

    def to(self, tail: str = "") -> str:
        """The address of one of this wave's pages, with what was chosen for the batch."""
        chosen = {"wave": self.wave.code, "channel": self.channel.value, "language": self.language}
        return f"{doors.KEYING}/{self.wave.slug}{tail}?{urlencode(chosen)}"


def proof(officer: str) -> str:
    """What only a form of ours, shown to this officer, can carry, in this sitting or the next."""
    return codes.hashed(officer, purpose="keying")


def arrive(request: Request, present: SignedIn) -> Desk | None:
    """The desk that an address names, or None if there is no such wave or way, or it has not opened.

    Asks the database.
    """
    asked = request.query_params
    channel = asked.get("channel", Channel.PAPER.value)
    language = asked.get("language", languages.ENGLISH.code)
    if channel not in {known.value for known in CHANNELS} or language not in languages.LANGUAGES:
        return None
    with reading(engine()) as session:
        known = consultations.waves(session, slug=request.path_params["slug"])
    now = datetime.now(UTC)
    begun = [one for one in reversed(known) if not one.is_to_come(now)]
    wave = next((one for one in begun if asked.get("wave", one.code) == one.code), None)
    return Desk(present.name, wave, Channel(channel), language, now) if wave else None
