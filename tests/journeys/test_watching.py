"""Officers watch answers come in, leaders read what was said, and nobody else sees either."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from survey.tables import RoleName
from tests.journeys.staff import Staff
from tests.scene import send_answers

# Where everything on the page stands, what is chosen, and how far somebody has scrolled.
STANDING = """() => ({
  address: location.search,
  chosen: [...document.querySelectorAll("main input")].map((one) => one.type === "radio" ? one.checked : one.value),
  places: [...document.querySelectorAll("main :is(h1, h2, h3, .heard-numbers, figure, table)")].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join();
  }),
  scrolled: document.querySelector('[data-testid="stMain"]').scrollTop,
})"""
STAFF_PAGES = ["/live-results", "/variation", "/heard-from", "/methods", "/summary"]


def test_the_leaders_summary_counts_new_answers(county, staff):
    """Leaders see numbers rounded to five: five more answers are always seen."""
    leader = staff(RoleName.LEADER, at="/summary")
    opening = leader.page.locator(".heard-sentences").first
    before = opening.inner_text()

    send_answers(county.server.database_url, how_many=5)

    leader.open("/summary")
    expect(opening).not_to_have_text(before)


def hold_drawing(page: Page) -> list[bool]:
    """From the moment that something stands in the list, nothing that Streamlit draws arrives at the page any more."""
    held: list[bool] = []

    def between(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        server.on_message(lambda message: None if held else browser.send(message))

    page.route_web_socket(re.compile("/_stcore/stream"), between)
    return held


def test_a_number_moves_where_it_stands_and_nothing_else_does(county, staff):
    """With all that Streamlit sends kept back: no page is drawn again for a number."""
    officer = staff(RoleName.OFFICER)
    officer.page = officer.new_page()
    held = hold_drawing(officer.page)
    officer.open("/live-results")
    officer.choose("How they answered", "By phone")
    held.append(True)
    officer.wait_for_charts()
    officer.page.get_by_role("heading", name="Services and districts").scroll_into_view_if_needed()
    before, number = officer.page.evaluate(STANDING), officer.numbers.locator("dd").first
    responses = officer.responses_shown

    send_answers(county.server.database_url, how_many=1)

    expect(number).to_have_text(f"{responses + 1:,}")
    assert officer.page.evaluate(STANDING) == before


def test_a_view_can_be_sent_on_because_it_stands_in_the_address(county, staff):
    officer = staff(RoleName.OFFICER)
    everybody = officer.responses_shown
    officer.choose("District", "Lancaster")
    expect(officer.numbers.first).not_to_contain_text(f"{everybody:,}")
    narrowed = officer.responses_shown
    address = officer.page.url

    officer.page.goto(address)
    officer.settle()

    assert "district=Lancaster" in address
    expect(officer.numbers.first).to_contain_text(f"{narrowed:,}")
    assert officer.responses_shown == narrowed


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_nobody_reads_a_staff_page_without_signing_in(county, visitor, path):
    stranger = visitor(county.server)
    stranger.page.goto(county.server.address + path)

    expect(stranger.page.get_by_role("heading", level=1)).to_contain_text("Sign in")
    expect(stranger.page.locator(".heard-numbers, .heard-table")).to_have_count(0)


def test_signing_out_ends_it_in_every_open_window(county, staff):
    officer = staff(RoleName.OFFICER, at="/methods")
    elsewhere = officer.new_page()
    elsewhere.goto(f"{county.server.address}/heard-from")
    expect(elsewhere.get_by_role("heading", level=1)).to_be_visible()
    watched = officer.new_page()
    watched.goto(f"{county.server.address}/live-results")
    expect(watched.locator(".heard-numbers")).to_be_visible()

    officer.press("Sign out")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text("Sign in")

    expect(watched.get_by_role("heading", level=1)).to_contain_text("sign in", ignore_case=True)  # by itself
    expect(watched.locator(".heard-numbers")).to_have_count(0)
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", level=1)).to_contain_text("Sign in")


def test_no_staff_page_puts_a_barrier_in_anybodys_way(staff, size, scheme):
    officer = staff(RoleName.OFFICER, size=size, scheme=scheme, at=STAFF_PAGES[0])
    barriers = {}
    for path in STAFF_PAGES:
        if path != STAFF_PAGES[0]:
            officer.open(path)
        officer.wait_for_charts()
        barriers[path] = officer.barriers() + charts_without_words(officer)

    assert {path: found for path, found in barriers.items() if found} == {}


def charts_without_words(officer: Staff) -> list[str]:
    """Charts that do not say what they show to those who do not see it. On the page of live results there are some."""
    names = [chart.get_attribute("aria-label") or "" for chart in officer.charts.all()]
    assert names or "/live-results" not in officer.page.url
    return [f"a chart says only {name!r}" for name in names if len(name.split()) <= 5]


def test_signing_in_puts_no_barrier_in_anybodys_way(county, visitor, size, scheme):
    somebody = visitor(county.server, size=size, scheme=scheme, lost_server=True)  # a refusal is a 4xx in the console
    somebody.page.goto(f"{county.server.address}/sign-in")
    barriers = somebody.barriers()
    somebody.press("Sign in")
    barriers += somebody.barriers()

    assert barriers == []


def test_pictures_for_the_readme(staff):
    officer, leader = staff(RoleName.OFFICER), staff(RoleName.LEADER, at="/summary")
    officer.wait_for_charts()
    officer.picture("live-results")
    leader.wait_for_charts()
    leader.picture("summary")
