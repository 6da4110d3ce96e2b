"""A parent at the parents' door: what they do, in the words of the questionnaire."""

from playwright.sync_api import Locator, expect

from survey.questionnaire import Comment, Optioned, SimpleItem
from survey.questionnaire_file import shipped
from survey.wording import words_in
from tests.journeys.visit import Visit

WORDS = words_in("en")
SEND = shipped("send_services")
ITEMS = {item.id: item for section in SEND.sections for item in section.asked_items}

# One family's answers, a page at a time.
SERVICES = {"services_used": ["asd_path", "slt"]}
AUTISM = {
    "rating": "very_poor",
    "tell_us_more": "We waited three years, and nobody told us where we were in the queue.",
}
SPEECH = {"rating": "good", "tell_us_more": "The therapist rang me back the same day."}
OUTCOMES = {
    "outcome_identified": "disagree",
    "outcome_decisions": "agree",
    "outcome_right_help": "neither",
    "outcome_next_steps": "not_sure",
    "outcome_included": "agree",
}
CHANGE = {"one_change": "Somebody to ring who knows our name.", "quotable": "yes"}
ABOUT_YOU = {"district": "E07000121", "age_band": "5_10", "plan": "waiting", "channel": "web"}
PAGES = [SERVICES, AUTISM, SPEECH, OUTCOMES, CHANGE, ABOUT_YOU]


class Parent(Visit):
    """Somebody who answers, in the language of ``words``. Every step waits for the next one to be there."""

    words = WORDS

    @property
    def step(self) -> str:
        return self.page.locator("#heard-step").get_attribute("data-step")

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def begin(self) -> None:
        self.open("/" if self.words is WORDS else f"/?language={self.words.language}")
        self.press_and_move("start.begin")

    def press_and_move(self, key: str, **values: object) -> None:
        """Press the button with those words, and wait for another step (or the same one with its errors)."""
        before = self.step
        self.press(self.words(key, **values))
        expect(self.page.locator(f'#heard-step:not([data-step="{before}"])')).to_be_attached()
        self.settle()

    def go_on(self) -> None:
        self.press_and_move("step.continue")

    def fill(self, answers: dict[str, str | list[str]]) -> None:
        for item_id, answer in answers.items():
            item = ITEMS[item_id]
            if isinstance(item, Comment):
                self.box(item_id).fill(answer)
            else:
                for code in [answer] if isinstance(answer, str) else answer:
                    self.option(item, code).check(force=True)

    def answer(self, *pages: dict[str, str | list[str]]) -> None:
        for answers in pages:
            self.fill(answers)
            self.go_on()

    def answer_all(self) -> None:
        """From the start page to "check your answers"."""
        self.begin()
        self.answer(*PAGES)

    def send(self) -> None:
        """From "check your answers" to the thank-you page, without the equality questions."""
        self.hand_over()
        self.press_and_move("equality.no")

    def hand_over(self) -> None:
        """Send, and be asked about equality."""
        self.press_and_move("check.send")

    def box(self, item_id: str) -> Locator:
        return self.page.get_by_role("textbox", name=self.words.of(ITEMS[item_id].text))

    def option(self, item: SimpleItem, code: str) -> Locator:
        assert isinstance(item, Optioned)
        name = self.words.of(item.option(code).text)
        if item.kind == "several":
            return self.page.get_by_role("checkbox", name=name, exact=True)
        group = self.page.get_by_role("radiogroup", name=self.words.of(item.text))
        return group.get_by_role("radio", name=name, exact=True)
