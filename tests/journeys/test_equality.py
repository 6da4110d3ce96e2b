"""The equality questions in a real browser, at both doors: easy to answer, easy to leave, and asked once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.parent import WORDS
from tests.journeys.plain_parent import START

YES = WORDS("equality.yes", minutes=2)
THANKS = WORDS("thanks.title")
NARROW = {"width": 320, "height": 800}


@pytest.fixture(params=["parents", "plain"])
def sender(request: pytest.FixtureRequest, asking) -> Callable:
    """Somebody at either door who has just sent their answers, and how they press a button."""

    def sent(**window):
        if request.param == "plain":
            person = request.getfixturevalue("plain_parent")(asking, **window)
            person.move = lambda key, **values: person.press(WORDS(key, **values))
        else:
            person = request.getfixturevalue("parent")(asking, **window)
            person.move = person.press_and_move
        person.answer_all()
        person.hand_over()
        return person

    return sent


def small_targets(person) -> list[str]:
    targets = person.page.locator("main button:visible, main label:has(input):visible, main .option:visible").all()
    return [target.inner_text() for target in targets if target.bounding_box()["height"] < 44]


def test_no_page_of_them_puts_a_barrier_in_anybodys_way_or_scrolls_sideways(sender, scheme):
    """At 320 points wide, which is a page enlarged four times, and with everything large enough for a thumb."""
    mother = sender(scheme=scheme, viewport=NARROW)
    found = {}

    def look() -> None:
        wide = mother.page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]
        found[mother.heading] = mother.barriers() + small_targets(mother) + ["too wide"] * wide

    look()
    mother.move("equality.yes", minutes=2)
    while mother.heading != THANKS:
        look()
        mother.page.get_by_role("radio").first.check(force=True)
        mother.move("step.continue")

    assert len(found) == 9
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_a_page_loaded_again_in_the_middle_goes_on_where_it_was_and_back_shows_what_was_chosen(sender):
    mother = sender()
    mother.move("equality.yes", minutes=2)
    mother.page.get_by_role("radio", name="Female", exact=True).check(force=True)
    mother.move("step.continue")

    mother.page.reload()

    expect(mother.page.get_by_role("heading", level=1)).to_have_text("Gender identity")
    mother.move("step.back")
    expect(mother.page.get_by_role("radio", name="Female", exact=True)).to_be_checked()


def test_going_back_after_finishing_shows_the_thank_you_page(asking, plain_parent):
    mother = plain_parent(asking)
    mother.answer_all()
    mother.hand_over()
    mother.press(YES)
    mother.press(WORDS("equality.skip"))

    mother.page.go_back()

    expect(mother.page.get_by_role("heading", level=1)).to_have_text(THANKS)
    mother.open(f"{START}/equality/1")
    expect(mother.page.get_by_role("heading", level=1)).to_have_text(THANKS)
