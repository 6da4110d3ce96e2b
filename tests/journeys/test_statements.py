"""The privacy notice and the accessibility statement in a real browser, and the way to them from every page."""

import pytest
from playwright.sync_api import expect

from tests.journeys.parent import WORDS
from tests.journeys.plain_parent import START

STATEMENTS = {"/privacy": "Privacy notice", "/accessibility": "Accessibility statement"}


def test_no_statement_puts_a_barrier_in_anybodys_way(asking, visitor, size, scheme):
    reader = visitor(asking, size=size, scheme=scheme)
    barriers = {}
    for address in STATEMENTS:
        reader.page.goto(asking.address + address)
        barriers[address] = reader.barriers()

    assert {address: found for address, found in barriers.items() if found} == {}


@pytest.mark.parametrize("start", ["/", START, "/sign-in"])
def test_every_page_leads_to_both_in_a_window_of_their_own_so_that_nothing_typed_is_lost(asking, visitor, start):
    reader = visitor(asking)
    reader.page.goto(asking.address + start)

    for address, title in STATEMENTS.items():
        with reader.context.expect_page() as opened:
            reader.page.get_by_role("link", name=WORDS(f"statement.{address[1:]}")).click()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("address", STATEMENTS)
def test_at_four_times_the_size_nothing_is_cut_off(asking, visitor, address):
    reader = visitor(asking, size="desktop", viewport={"width": 320, "height": 256})
    reader.page.goto(asking.address + address)

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_notice_names_every_cookie_that_answering_sets(asking, parent):
    mother = parent(asking)
    mother.begin()
    set_here = {cookie["name"] for cookie in mother.context.cookies()}
    reader = mother.new_page()
    reader.goto(f"{asking.address}/privacy")

    assert {name for name in set_here if name not in reader.content()} == set()
