"""What one browser tab remembers between two clicks: a cache of its draft, and nothing that is not in the database."""

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from survey import codes
from survey.checking import Problem
from survey.consultations import WaveFacts
from survey.drafts import Saved
from survey.equality import UnderWay
from survey.languages import ENGLISH
from survey.questionnaire import AnswerKey
from survey.responses import Receipt
from survey.routing import CHECK_ANSWERS, TASKS, Page, Typed
from survey.wording import Words

COOKIE = "heard_draft"


class Stage(StrEnum):
    """Where somebody is on the way through the parents' door."""

    START = "start"
    TASKS = "tasks"
    QUESTIONS = "questions"
    CHECK = "check_answers"
    EQUALITY = "equality"
    SENT = "thank_you"


@dataclass
class Visit:
    """One tab's visit to one wave."""

    device: str
    wave: WaveFacts
    language: str = ENGLISH.code
    stage: Stage = Stage.START
    page: Page | None = None
    draft: Saved | None = None
    receipt: Receipt | None = None
    equality: UnderWay | None = None  # how far they are in the questions that are asked after sending
    problems: list[Problem] = field(default_factory=list)
    notice: str = ""  # a sentence for the top of the page, shown once
    news: str = ""  # what was done, told once on "check your answers"
    code_problem: str = ""  # what to put right about an invitation code, shown once
    resume_code: str = ""
    changing: bool = False  # came from "check your answers" to change one page
    acted: bool = False  # a button has been answered in this run
    preview: bool = False  # somebody who works here looks at it before it opens
    restored: bool = False  # a draft was found on this device and is being shown again
    tries: int = 0  # how often a button found something to put right, so that each time is announced

    @property
    def answers(self) -> dict[AnswerKey, Typed]:
        """What has been answered so far."""
        return self.draft.answers if self.draft else {}

    def has_sent(self) -> None:
        """Nothing is left to send: on to the equality questions, or to the end."""
        self.draft, self.page = None, self.equality.place if self.equality else None
        self.stage = Stage.EQUALITY if self.equality else Stage.SENT

    @property
    def needs_code(self) -> bool:
        """Whether only somebody with an unused code may begin here."""
        return self.wave.by_invitation and self.draft is None and not self.preview

    def go_to(self, page: Page) -> None:
        """Be on that page of questions, or on one of the two that stand for all of them."""
        self.page = page
        self.stage = {CHECK_ANSWERS: Stage.CHECK, TASKS: Stage.TASKS}.get(page, Stage.QUESTIONS)

    def titled(self, title: str, words: Words) -> str:
        """A page's title, which says so in preview."""
        return f"{words('preview.title_prefix')}{title}" if self.preview else title


def device() -> str:
    """The secret of this device, from its cookie; where cookies are refused, one that lasts as long as the tab."""
    held = st.context.cookies.get(COOKIE)
    if isinstance(held, str) and held:
        return held
    return str(st.session_state.setdefault("heard-device", codes.token()))


def language() -> str:
    """The code of the language to speak: this tab's, or the one that the address asks for."""
    under_way = visit()
    return under_way.language if under_way else st.query_params.get("language", ENGLISH.code)


def visit() -> Visit | None:
    """This tab's visit, if it has begun one."""
    held = st.session_state.get("heard-visit")
    return held if isinstance(held, Visit) else None


def end_visit() -> None:
    """Forget the tab's visit; what it saved stays where it is."""
    st.session_state.pop("heard-visit", None)


def keep(visit: Visit) -> Visit:
    """Make this the tab's visit."""
    st.session_state["heard-visit"] = visit
    return visit
