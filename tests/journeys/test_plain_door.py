"""The plain door in a real browser: without scripts, by keyboard, at any size, and beside the other door."""

import re

from playwright.sync_api import expect

from tests.journeys.parent import AUTISM, PAGES, SERVICES, WORDS

WEIGHT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((bytes, entry) => bytes + entry.transferSize, 0)"""
# One of several radios is a stop; so is each checkbox. The unseen first Continue is for the Enter key alone.
USABLE = """() => {
    const named = new Set();
    window.toUse = [...document.querySelectorAll("a[href], button, input, textarea, summary")].filter(element => {
        if (element.tabIndex < 0 || !element.checkVisibility() || element.type === "hidden") return false;
        if (element.type !== "radio") return true;
        return named.size !== named.add(element.name).size;
    });
    window.seen = new Set();
    document.body.focus();
    return window.toUse.length + 3;  // round the end of the page, and on from the top
}"""
NOTE_WHAT_HAS_THE_FOCUS = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const whole = box.top > -1 && (box.bottom < innerHeight + 1 || box.height > innerHeight);
    if (box.left > -1 && box.right < innerWidth + 1 && whole) window.seen.add(document.activeElement);
}"""
NEVER_SEEN = """() => window.toUse.filter(element => !window.seen.has(element)).map(element => element.outerHTML)"""
HAS_AN_EDGE = """element => {
    const drawn = getComputedStyle(element), behind = getComputedStyle(document.body).backgroundColor;
    return parseFloat(drawn.borderInlineStartWidth) >= 2 && drawn.borderInlineStartStyle === "solid"
        && drawn.borderInlineStartColor.startsWith("rgb(") && drawn.borderInlineStartColor !== behind;
}"""


def test_the_whole_survey_can_be_answered_with_scripts_turned_off(asking, plain_parent, size):
    mother = plain_parent(asking, size=size, scripts=False)
    mother.answer_all()
    expect(mother.page.get_by_text(AUTISM["tell_us_more"])).to_be_visible()

    mother.send()

    assert mother.heading == WORDS("thanks.title")
    expect(mother.page.locator(".strong").first).to_have_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))


def test_enlarged_four_times_in_forced_colours_everything_is_reached_and_nothing_is_cut_off(asking, plain_parent):
    """A window of 1280 × 1024 points enlarged four times shows what one of 320 × 256 does."""
    mother = plain_parent(asking, size="desktop", viewport={"width": 320, "height": 256}, forced_colors="active")
    mother.open()
    out_of_reach = {"start": hidden_from_the_keyboard(mother)}
    mother.press(WORDS("start.begin"))

    for answers in PAGES:
        mother.go_on()
        if answers is SERVICES:
            assert unseen_edges(mother, ".problems, .wrong, #continue") == []
            out_of_reach["problem"] = hidden_from_the_keyboard(mother)
        mother.fill(answers)
        mother.go_on()
        assert mother.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert mother.heading == WORDS("check.title")
    out_of_reach["check"] = hidden_from_the_keyboard(mother)

    assert {page: found for page, found in out_of_reach.items() if found} == {}


def hidden_from_the_keyboard(person) -> list[str]:
    """What Tab does not reach, or reaches where it cannot be seen whole, of all there is to use on the page."""
    usable = person.page.evaluate(USABLE)
    for _ in range(usable):
        person.page.keyboard.press("Tab")
        person.page.evaluate(NOTE_WHAT_HAS_THE_FOCUS)
    return person.page.evaluate(NEVER_SEEN)


def unseen_edges(person, where: str) -> list[str]:
    """What has no edge that can be told from the page behind it."""
    return [
        place.evaluate("element => element.outerHTML")
        for place in person.page.locator(where).all()
        if not place.evaluate(HAS_AN_EDGE)
    ]


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
