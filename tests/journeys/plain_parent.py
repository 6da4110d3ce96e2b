"""A parent at the plain door: the same answers, given to plain forms."""

from playwright.sync_api import Locator, Page

from pages.plain.doubt import SECONDS_A_PAGE
from survey import database
from survey.questionnaire import Comment, Optioned, SimpleItem
from tests.journeys.parent import ITEMS, PAGES, WORDS
from tests.journeys.visit import Visit
from tests.scene import let_pass

START = "/s/send-services"


class PlainParent(Visit):
    """Somebody who answers, in the language of ``words``. Every press is a page of its own."""

    words = WORDS
    database_url = ""  # of the server they answer at

    def open(self, path: str = START) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            super().press(name)

    def follow(self, name: str) -> None:
        """Choose the link with those words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).click()

    def begin(self) -> None:
        self.open(f"{START}?language={self.words.language}")
        self.press(self.words("start.begin"))

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def go_on(self) -> None:
        self.press(self.words("step.continue"))

    def fill(self, answers: dict[str, str | list[str]]) -> None:
        for item_id, answer in answers.items():
            item = ITEMS[item_id]
            question = self.words.of(item.text)
            if isinstance(item, Comment):
                self.page.get_by_role("textbox", name=question).fill(answer)
                continue
            group = self.page.get_by_role("group", name=question)
            for code in [answer] if isinstance(answer, str) else answer:
                group.get_by_label(self.words.of(item.option(code).text), exact=True).check()

    def answer_all(self) -> None:
        """From the start page to "check your answers"."""
        self.begin()
        for answers in PAGES:
            self.fill(answers)
            self.go_on()

    def send(self) -> None:
        """From "check your answers" to the thank-you page, without the equality questions."""
        self.hand_over()
        self.press(self.words("equality.no"))

    def hand_over(self) -> None:
        """Send, and be asked about equality."""
        self.take_time()
        self.press(self.words("check.send"))

    def take_time(self) -> None:
        """Be no sooner with the answers than a person can be."""
        engine = database.connect(self.database_url)
        let_pass(engine, SECONDS_A_PAGE * (len(PAGES) + 1))
        engine.dispose()

    @property
    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def box(self, item_id: str) -> Locator:
        return self.page.get_by_role("textbox", name=self.words.of(ITEMS[item_id].text))

    def option(self, item: SimpleItem, code: str) -> Locator:
        assert isinstance(item, Optioned)
        group = self.page.get_by_role("group", name=self.words.of(item.text))
        return group.get_by_label(self.words.of(item.option(code).text), exact=True)
