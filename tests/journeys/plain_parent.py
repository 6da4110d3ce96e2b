"""A parent at the plain door: the same answers, given to plain forms."""

from playwright.sync_api import Locator, Page

from pages.plain.doubt import LONGEST_SECONDS
from survey.questionnaire import Comment
from tests.journeys.parent import ITEMS, PAGES, WORDS
from tests.journeys.visit import Visit

START = "/s/send-services"


class PlainParent(Visit):
    """Somebody who answers. Every press is a page of its own, so nothing needs waiting for."""

    def open(self, path: str = START) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            super().press(name)

    def begin(self) -> None:
        self.open()
        self.press(WORDS("start.begin"))

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def go_on(self) -> None:
        self.press(WORDS("step.continue"))

    def fill(self, answers: dict[str, str | list[str]]) -> None:
        for item_id, answer in answers.items():
            item = ITEMS[item_id]
            question = WORDS.of(item.text)
            if isinstance(item, Comment):
                self.page.get_by_role("textbox", name=question).fill(answer)
                continue
            group = self.page.get_by_role("group", name=question)
            for code in [answer] if isinstance(answer, str) else answer:
                group.get_by_label(WORDS.of(item.option(code).text), exact=True).check()

    def answer_all(self) -> None:
        """From the start page to "check your answers"."""
        self.begin()
        for answers in PAGES:
            self.fill(answers)
            self.go_on()

    def send(self) -> None:
        """Send the answers, and wait first if told to: a program fills in forms faster than people do."""
        self.press(WORDS("check.send"))
        if self.page.locator(".problems").count():
            self.page.wait_for_timeout(LONGEST_SECONDS * 1_000)
            self.press(WORDS("check.send"))

    @property
    def focused(self) -> Locator:
        return self.page.locator(":focus")
