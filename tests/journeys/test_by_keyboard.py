"""From the first page to the thank-you page by Tab, the arrows, Space, Enter and letters: nothing else."""

from playwright.sync_api import Locator, expect

from tests.journeys import record
from tests.journeys.parent import ITEMS, PAGES, WORDS, Parent
from tests.journeys.plain_parent import PlainParent
from tests.journeys.record import Ended

FOCUSED = "element => element === document.activeElement"


def test_the_whole_survey_can_be_answered_by_keyboard_alone(asking, parent):
    father = parent(asking, size="desktop")
    father.open()

    answer_everything(Keyboard(father))

    assert father.heading == WORDS("thanks.title")
    record.WALKED.append(Ended("desktop", father.heading))


def test_the_plain_pages_can_be_answered_by_keyboard_alone(asking, plain_parent):
    father = plain_parent(asking, size="desktop", scripts=True)
    father.open()

    answer_everything(PlainKeyboard(father))

    assert father.heading == WORDS("thanks.title")
    record.WALKED.append(Ended("desktop", father.heading))


class Keyboard:
    """Somebody's keyboard at the pages that react."""

    def __init__(self, person: Parent | PlainParent) -> None:
        self.person, self.keys = person, person.page.keyboard

    def tab_to(self, wanted: Locator) -> None:
        for _ in range(60):
            if wanted.evaluate(FOCUSED):
                return
            self.keys.press("Tab")
        raise AssertionError(f"Tab does not reach {wanted}")

    def press(self, name: str) -> None:
        before = self.person.step
        self.tab_to(self.person.button(name))
        self.keys.press("Enter")
        expect(self.person.page.locator(f'#heard-step:not([data-step="{before}"])')).to_be_attached()
        self.person.settle()

    def take_time(self) -> None:
        """Nobody asks how long it took: every answer was a message of its own."""

    def answer(self, item_id: str, answer: str | list[str]) -> None:
        item = ITEMS[item_id]
        if item.kind == "comment":
            self.tab_to(self.person.box(item_id))
            self.keys.type(answer)
        elif item.kind == "several":
            for code in answer:
                self.tab_to(self.person.option(item, code))
                self.keys.press("Space")
        else:
            self.tab_to(self.person.option(item, item.options[0].code))
            self.keys.press("Space")
            for _ in range([option.code for option in item.options].index(answer)):
                self.keys.press("ArrowDown")


class PlainKeyboard(Keyboard):
    """Somebody's keyboard at the plain pages, where each press opens a page."""

    def take_time(self) -> None:
        self.person.take_time()

    def press(self, name: str) -> None:
        self.tab_to(self.person.button(name).last)  # the first Continue is for the Enter key alone
        with self.person.page.expect_navigation():
            self.keys.press("Enter")


def answer_everything(keyboard: Keyboard) -> None:
    keyboard.press(WORDS("start.begin"))
    for answers in PAGES:
        for item_id, answer in answers.items():
            keyboard.answer(item_id, answer)
        keyboard.press(WORDS("step.continue"))
    keyboard.take_time()
    keyboard.press(WORDS("check.send"))
    keyboard.press(WORDS("equality.no"))
