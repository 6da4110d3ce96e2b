"""The plain door in a real browser: without scripts, by keyboard, at any size, and beside the other door."""

import re

from playwright.sync_api import expect

from tests.journeys.parent import AUTISM, PAGES, SERVICES, WORDS
from tests.journeys.plain_parent import START

WEIGHT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((bytes, entry) => bytes + entry.transferSize, 0)"""


def test_the_whole_survey_can_be_answered_with_scripts_turned_off(asking, plain_parent, size):
    mother = plain_parent(asking, size=size, scripts=False)
    mother.answer_all()
    expect(mother.page.get_by_text(AUTISM["tell_us_more"])).to_be_visible()

    mother.send()

    assert mother.heading == WORDS("thanks.title")
    expect(mother.page.locator(".strong")).to_have_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))


def test_no_page_puts_a_barrier_in_anybodys_way(asking, plain_parent, size, scheme):
    mother = plain_parent(asking, size=size, scheme=scheme)
    barriers = {}
    for name in ("questions", "resume"):
        mother.open(f"{START}/{name}")
        barriers[name] = mother.barriers()
    mother.press(WORDS("start.resume_go"))
    barriers["resume with errors"] = mother.barriers()
    mother.open()
    barriers["start"] = mother.barriers()
    mother.press(WORDS("start.begin"))

    for answers in PAGES:
        name = mother.heading
        barriers[name] = mother.barriers()
        mother.go_on()
        barriers[f"{name} with errors"] = mother.barriers()
        if answers is not PAGES[-2]:  # on that page only the last question must be answered
            expect(mother.focused).to_have_class("problems")
        mother.fill(answers)
        mother.go_on()
    barriers["check"] = mother.barriers()
    mother.send()
    barriers["thank you"] = mother.barriers()

    assert {page: found for page, found in barriers.items() if found} == {}


def test_at_four_times_the_size_nothing_is_cut_off_and_nothing_scrolls_sideways(asking, plain_parent):
    """A window of 1280 points enlarged four times shows what one of 320 does."""
    mother = plain_parent(asking, size="desktop", viewport={"width": 320, "height": 256})
    mother.begin()
    for answers in PAGES:
        assert mother.page.evaluate("document.documentElement.scrollWidth") <= 320
        mother.fill(answers)
        mother.go_on()

    assert mother.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_draft_begun_at_the_plain_door_goes_on_at_the_other_and_back(asking, plain_parent):
    mother = plain_parent(asking)
    mother.begin()
    mother.fill(SERVICES)
    mother.go_on()
    mother.fill(AUTISM)
    mother.go_on()

    mother.page.goto(f"{asking.address}/")
    expect(mother.page.get_by_role("heading", level=1)).to_have_text("Speech and language therapy")
    mother.open()
    mother.press(WORDS("start.go_on"))

    assert mother.heading == "Speech and language therapy"


def test_back_in_the_browser_shows_the_page_before_with_what_was_answered(asking, plain_parent):
    mother = plain_parent(asking)
    mother.begin()
    mother.fill(SERVICES)
    mother.go_on()

    mother.page.go_back()

    assert mother.heading == "Services you have used"
    expect(mother.page.get_by_role("checkbox", name="Speech and language therapy")).to_be_checked()


def test_the_enter_key_in_a_box_goes_on(asking, plain_parent):
    mother = plain_parent(asking, scripts=False)
    mother.begin()
    mother.fill(SERVICES)
    mother.page.get_by_role("checkbox", name="Speech and language therapy").press("Enter")

    assert mother.heading != "Services you have used"


def test_a_link_in_the_summary_leads_to_the_first_answer_of_its_question(asking, plain_parent):
    mother = plain_parent(asking)
    mother.begin()
    mother.go_on()

    mother.page.locator(".problems a").click()

    expect(mother.focused).to_have_attribute("type", "checkbox")


def test_it_is_a_few_requests_and_a_few_kilobytes(asking, plain_parent):
    mother = plain_parent(asking)
    requests = []
    mother.page.on("request", lambda request: requests.append(request.url))

    mother.open()

    assert len(requests) <= 4
    assert mother.page.evaluate(WEIGHT) <= 25_000
    assert mother.page.evaluate(
        "performance.getEntriesByType('resource').every(entry => entry.decodedBodySize < 25000)"
    )


def test_a_button_keeps_its_edge_when_the_device_forces_its_own_colours(asking, plain_parent):
    mother = plain_parent(asking, forced_colors="active")
    mother.begin()

    edge = mother.page.locator("#continue").evaluate("button => getComputedStyle(button).borderTopColor")

    assert edge.startswith("rgb(")  # and not rgba(…, 0), which nobody sees
