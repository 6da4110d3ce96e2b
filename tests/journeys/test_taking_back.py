"""What somebody sent stays theirs: seen, changed and withdrawn with the private code, while an officer watches."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from survey.tables import RoleName
from tests.journeys.parent import ABOUT_YOU, AUTISM, CHANGE, ITEMS, OUTCOMES, SERVICES, SPEECH, WORDS
from tests.journeys.plain_parent import START, PlainParent

WITHIN_MILLISECONDS = 30_000  # the bench times it; here it only has to happen by itself
SURVEY = "/?consultation=send-services"


def sent_at_the_plain_door(mother: PlainParent, wish: str) -> str:
    mother.begin()
    for answers in (SERVICES, AUTISM, SPEECH, OUTCOMES, CHANGE | {"one_change": wish}, ABOUT_YOU):
        mother.fill(answers)
        mother.go_on()
    mother.send()
    return mother.page.locator(".strong").last.inner_text()


def sent_at_the_parents_door(mother, wish: str) -> str:
    mother.open(SURVEY)
    mother.press_and_move("start.begin")
    mother.answer(SERVICES, AUTISM, SPEECH, OUTCOMES, CHANGE | {"one_change": wish}, ABOUT_YOU)
    mother.send()
    return mother.page.locator(".heard-strong").last.inner_text()


@pytest.mark.parametrize("door", ["parents", "plain"])
def test_an_officer_sees_what_is_sent_changed_and_withdrawn_without_touching_anything(
    county, staff, parent, plain_parent, door
):
    officer = staff(RoleName.OFFICER)
    before = officer.responses_shown
    wish = f"Somebody to answer the telephone on a Friday, says the {door} door."
    changed = f"Somebody to answer it on a Monday too, says the {door} door."

    def is_seen(number: int, *, words: str = "", gone: str = "") -> None:
        expect(officer.numbers).to_contain_text(f"{number:,}", timeout=WITHIN_MILLISECONDS)
        for text, count in ((words, 1), (gone, 0)):
            if text:
                expect(officer.page.get_by_text(text)).to_have_count(count, timeout=WITHIN_MILLISECONDS)

    send: Callable = sent_at_the_plain_door if door == "plain" else sent_at_the_parents_door
    code = send(plain_parent(county.server) if door == "plain" else parent(county.server), wish)
    is_seen(before + 1, words=wish)

    at_the_library = plain_parent(county.server)  # another device: the code is all they have
    find(at_the_library, code)
    expect(at_the_library.page.get_by_text(wish)).to_be_visible()
    at_the_library.press(WORDS("mine.correct"))
    change_the_wish(at_the_library, changed)
    is_seen(before + 1, words=changed, gone=wish)

    find(at_the_library, code)
    at_the_library.press(WORDS("mine.withdraw"))
    at_the_library.press(WORDS("mine.sure"))
    assert at_the_library.heading == WORDS("mine.withdrawn")
    is_seen(before, gone=changed)


def find(person: PlainParent, code: str) -> None:
    person.open(f"{START}/mine")
    person.page.get_by_label(WORDS("mine.code_label")).fill(code)
    person.press(WORDS("mine.find"))
    assert person.heading == WORDS("mine.title")


def change_the_wish(person: PlainParent, wish: str) -> None:
    """From "check your answers" to one page and back, and send again."""
    block = person.page.locator("dl.answers", has_text=WORDS.of(ITEMS["one_change"].text))
    with person.page.expect_navigation():
        block.locator("xpath=following-sibling::p[1]/a").click()
    person.box("one_change").fill(wish)
    person.go_on()
    person.hand_over()
