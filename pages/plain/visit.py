"""Who is answering what: one request's view of a consultation and of what this device holds. Kept nowhere."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request

from pages.plain import look
from pages.serving import cookies
from pages.ui import access
from survey import codes, consultations, drafts, equality, languages, responses, routing
from survey.consultations import WaveFacts
from survey.database import engine, looking
from survey.drafts import Saved
from survey.equality import UnderWay
from survey.languages import ENGLISH, Language
from survey.questionnaire import AnswerKey, Questionnaire
from survey.responses import Receipt
from survey.routing import CHECK_ANSWERS, TASKS, Page, Typed
from survey.wording import Words, words_in


class Place(NamedTuple):
    """An address of this door. Nothing in it says what anybody answered."""

    slug: str
    language: str = ""  # where neither a draft nor a response knows it
    look: str = ""  # where no draft knows it

    @property
    def start(self) -> str:
        """The first page."""
        return self._address("")

    def to(self, name: str, word: str = "") -> str:
        """One of the other pages of the same consultation; ``word`` tells it what has just been done."""
        return self._address(f"/{name}" if name else "", word)

    def _address(self, path: str, word: str = "") -> str:
        asked = {"language": self.language, "look": self.look}
        query = "&".join(part for part in (word, urlencode({key: code for key, code in asked.items() if code})) if part)
        return f"/s/{self.slug}{path}" + (f"?{query}" if query else "")


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
    equality: UnderWay | None = None  # how far they are in the questions that are asked after sending
    returned: dict[AnswerKey, Typed] | None = None  # what a response says, where that is shown in place of a draft
    preview: bool = False  # somebody who works here looks at it before it opens
    look: str = ""

    @property
    def is_shut(self) -> bool:
        """Whether there is nothing here for this visitor but to be told when it opens or that it has closed."""
        return not (self.draft or self.receipt or self.preview or self.wave.is_open(self.now))

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What the wave asks."""
        return consultations.asked_in(engine(), self.wave)

    @property
    def answers(self) -> dict[AnswerKey, Typed]:
        """What has been answered so far."""
        if self.returned is not None:
            return self.returned
        return self.draft.answers if self.draft else {}

    @property
    def needs_code(self) -> bool:
        """Whether only somebody with an unused code may begin here."""
        return self.wave.by_invitation and self.draft is None and not self.preview

    @cached_property
    def walk(self) -> list[Page]:
        """The pages that these answers lead through."""
        return routing.pages(self.questionnaire, self.answers)

    @property
    def place(self) -> Place:
        """Where this consultation's pages are."""
        known = self.draft or self.receipt or self.words.language == ENGLISH.code
        return Place(self.wave.slug, "" if known else self.words.language, "" if self.draft else self.look)

    @property
    def languages(self) -> list[Language]:
        """The languages that the questionnaire is in."""
        return languages.offered(self.questionnaire.languages)

    def speaks(self, code: str) -> bool:
        """Whether the questionnaire is in that language."""
        return any(one.code == code for one in self.languages)

    def address_of(self, page: Page | None) -> str:
        """Where a page of questions is: by its number, so that no address tells which services a family uses."""
        if page == CHECK_ANSWERS:
            return self.place.to("check")
        if page == TASKS or (page is None and self.questionnaire.any_order):
            return self.place.to("tasks")
        return self.place.to(str(self.walk.index(page) + 1 if page in self.walk else 1))

    def holding(self, draft: Saved) -> "Visit":
        """The same visit, with this draft."""
        return replace(self, draft=draft, receipt=None, equality=None)

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
    wave = consultations.behind(consultations.waves_at(engine(), slug, now.replace(microsecond=0)), now)
    if wave is None:
        return None
    preview = wave.is_to_come(now) and works_here(request)
    with looking(engine()) as line:
        draft = drafts.of_device(line, wave_id=wave.id, device=device, preview=preview) if known else None
        receipt = responses.last_from(line, wave_id=wave.id, device=device) if known and not draft else None
        under_way = equality.under_way(line, receipt.public_id, now=now) if receipt else None
    told = draft or receipt
    asked = told.language if told else request.query_params.get("language", ENGLISH.code)
    seen_as = look.known(draft.look if draft else request.query_params.get("look", ""))
    visit = Visit(wave, device, known, draft, receipt, words_in(asked), now, under_way, preview=preview, look=seen_as)
    return visit if visit.speaks(asked) else replace(visit, words=words_in(ENGLISH.code))


def works_here(request: Request) -> bool:
    """Whether the request comes from somebody who works here and is signed in."""
    return access.may_preview(access.holder(request.cookies.get(access.STAFF_COOKIE, "")))
