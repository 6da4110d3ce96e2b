"""Every page at the parents' door, as it looks and as it is reached without eyes or mouse."""

import pytest
from playwright.sync_api import expect

from tests.journeys.parent import AUTISM, PAGES, SERVICES, SPEECH, WORDS


def test_no_page_puts_a_barrier_in_anybodys_way(asking, parent, size, scheme):
    mother = parent(asking, size=size, scheme=scheme)
    mother.open()
    barriers = {"start": mother.barriers()}
    mother.unfold(WORDS("start.elsewhere"))
    mother.settle()
    mother.press(WORDS("start.resume_go"))
    expect(mother.page.locator(".heard-error-summary")).to_be_visible()
    barriers["start with errors"] = mother.barriers()
    mother.press_and_move("start.begin")

    for answers in PAGES:
        name = mother.step
        barriers[name] = mother.barriers()
        mother.go_on()
        barriers[f"{name} with errors"] = mother.barriers()
        mother.fill(answers)
        barriers[f"{name} filled in"] = mother.barriers()
        mother.go_on()
    barriers["check"] = mother.barriers()
    mother.send()
    barriers["thank you"] = mother.barriers()

    assert {page: found for page, found in barriers.items() if found} == {}


def test_saving_for_later_puts_no_barrier_in_anybodys_way(asking, parent, size, scheme):
    mother = parent(asking, size=size, scheme=scheme)
    mother.begin()
    mother.unfold(WORDS("step.later"))
    mother.press(WORDS("step.later_code"))
    expect(mother.page.locator(".heard-code")).to_be_visible()

    assert mother.barriers() == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_has_to_be_scrolled_sideways(asking, parent, width):
    """Success criterion 1.4.10: at 320 points wide, which is a page enlarged four times."""
    mother = parent(asking)
    mother.page.set_viewport_size({"width": width, "height": 800})
    mother.begin()

    for answers in PAGES:
        assert mother.page.evaluate("document.documentElement.scrollWidth") <= width, mother.step
        mother.answer(answers)


def test_everything_to_press_is_large_enough_for_a_thumb(asking, parent):
    """44 points, as success criterion 2.5.5 has it: more than the 24 that 2.5.8 asks for."""
    mother = parent(asking, size="phone")
    mother.begin()
    small = []

    for answers in PAGES:
        for target in mother.page.locator("main button:visible, main label:has(input):visible").all():
            box = target.bounding_box()
            if box["height"] < 44:
                small.append((mother.step, target.inner_text(), round(box["height"])))
        mother.answer(answers)

    assert small == []


def test_pictures_for_the_readme(asking, parent):
    mother = parent(asking, size="phone")
    mother.open()
    mother.picture("parents-start")
    mother.press_and_move("start.begin")
    mother.answer(SERVICES)
    mother.go_on()
    mother.picture("parents-problem")
    mother.fill(AUTISM)
    mother.page.mouse.wheel(0, 10_000)
    mother.picture("parents-question")
    mother.go_on()
    mother.answer(SPEECH, *PAGES[3:])
    mother.picture("parents-check")
