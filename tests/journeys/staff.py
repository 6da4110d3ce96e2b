"""Somebody who works at the council: signs in, and looks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

from playwright.sync_api import Browser, Locator, expect

from tests.journeys.visit import Visit


class Staff(Visit):
    """An officer or a leader at a browser."""

    def sign_in(self, name: str, password: str, wanted: str = "/live-results") -> None:
        self.page.goto(f"{self.address}/sign-in?next={quote(wanted)}")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")
        self.settle()

    def settle(self) -> None:
        """A page that follows the news is never long at rest: wait until all of it is there."""
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        expect(self.page.get_by_role("heading", name="How to read this")).to_be_visible()
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0)
        # What draws a button may still be on its way when the words beside it are there, and its key works with it.
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)

    @property
    def numbers(self) -> Locator:
        return self.page.locator(".heard-numbers")

    @property
    def charts(self) -> Locator:
        return self.page.get_by_test_id("stPlotlyChart")

    def number(self, name: str) -> str:
        """One of the few numbers at the top of the page."""
        return self.numbers.locator("div", has_text=name).locator("dd").first.inner_text()

    @property
    def responses_shown(self) -> int:
        return int(self.number("Responses").replace(",", ""))

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def wait_for_charts(self) -> None:
        """Every chart that the page has is drawn, also those below the window."""
        for chart in self.charts.all():
            chart.scroll_into_view_if_needed()
            expect(chart.locator("svg.main-svg").first).to_be_visible()
        self.page.get_by_role("heading", level=1).scroll_into_view_if_needed()


@contextmanager
def signing_in(browser: Browser, address: str, kind: type[Staff] = Staff) -> Iterator[Callable[..., Staff]]:
    """Makes people of that kind who are signed in and at a page: with their name, their password and the page."""
    with ExitStack() as open_ones:

        def make(name: str, password: str, at: str, size: str = "desktop", scheme: str = "light") -> Staff:
            person = open_ones.enter_context(kind(browser, address, size, scheme))
            person.sign_in(name, password, at)
            return person

        yield make
