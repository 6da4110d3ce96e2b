"""Who is answering what: one request's view of a consultation and of what this device holds. Kept nowhere."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

from sqlmodel import Session
from starlette.requests import Request

from pages.serving import cookies
from survey import codes, consultations, drafts, responses, routing
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.drafts import Saved
from survey.questionnaire import AnswerKey, Questionnaire
from survey.responses import Receipt
from survey.routing import CHECK_ANSWERS, Page, Typed
from survey.wording import Words, words_in


class Place(NamedTuple):
    """An address of this door. Nothing in it says what anybody answered."""

    slug: str

    @property
    def start(self) -> str:
        """The first page."""
        return f"/s/{self.slug}"

    def to(self, name: str) -> str:
        """One of the other pages of the same consultation."""
        return f"{self.start}/{name}"


@dataclass(frozen=True)
class Visit:
    """One request about one wave."""

    wave: WaveFacts
    device: str
    known: bool  # the browser sent the cookie, so it keeps cookies
    draft: Saved | None
    receipt: Receipt | None
    words: Words
    now: datetime

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What the wave asks."""
        return consultations.asked_in(engine(), self.wave)

    @property
    def answers(self) -> dict[AnswerKey, Typed]:
        """What has been answered so far."""
        return self.draft.answers if self.draft else {}

    @cached_property
    def walk(self) -> list[Page]:
        """The pages that these answers lead through."""
        return routing.pages(self.questionnaire, self.answers)

    @property
    def place(self) -> Place:
        """Where this consultation's pages are."""
        return Place(self.wave.slug)

    def address_of(self, page: Page | None) -> str:
        """Where a page of questions is: by its number, so that no address tells which services a family uses."""
        if page == CHECK_ANSWERS:
            return self.place.to("check")
        return self.place.to(str(self.walk.index(page) + 1 if page in self.walk else 1))

    def holding(self, draft: Saved) -> "Visit":
        """The same visit, with this draft."""
        return replace(self, draft=draft, receipt=None)

    @property
    def proof(self) -> str:
        """What only a form of ours, shown to this device, can carry."""
        return codes.hashed(self.device, purpose="answers")

    @property
    def key(self) -> str:
        """Which answers a form belongs to, so that an old page changes no newer ones. Says nothing by itself."""
        return codes.hashed(str(self.draft.id), purpose="key") if self.draft else ""


def arrive(request: Request, slug: str) -> Visit | None:
    """The visit that a request makes, or None if there is no such consultation. Asks the database."""
    now = datetime.now(UTC)
    held = request.cookies.get(cookies.DRAFT, "")
    known = bool(cookies.OURS.fullmatch(held))
    device = held if known else codes.token()
    with reading(engine()) as session:
        wave = _wave(session, slug, now)
        if wave is None:
            return None
        draft = drafts.of_device(session, wave_id=wave.id, device=device) if known else None
        receipt = responses.last_from(session, wave_id=wave.id, device=device) if known and not draft else None
    return Visit(wave, device, known, draft, receipt, words_in(draft.language if draft else "en"), now)


def _wave(session: Session, slug: str, now: datetime) -> WaveFacts | None:
    """The wave that takes answers now, or else the one nearest to doing so."""
    known = consultations.waves(session, slug=slug)
    return next((wave for wave in known if wave.is_open(now)), known[-1] if known else None)
