"""The first page, before, without and after Streamlit; and what our own script does that Streamlit cannot."""

import re

from playwright.sync_api import expect

from tests.journeys.parent import AUTISM, PAGES, SEND, SERVICES, WORDS
from tests.running import READ_ELSEWHERE, Server
from tests.scene import open_consultation

STREAMLITS_SCRIPTS = re.compile(r"/static/js/")
TITLE = WORDS.of(SEND.title)
A_BOOK = "Nobody rang us back. " * 6_000


def test_the_first_words_are_read_before_any_script_has_come(asking, visitor):
    visit = visitor(asking, lost_server=True)
    visit.page.route(STREAMLITS_SCRIPTS, lambda _: None)  # asked for, and never answered

    visit.page.goto(visit.address, wait_until="commit")

    expect(visit.page.get_by_text(WORDS("shell.loading"))).to_be_visible()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(visit.page.get_by_text(WORDS.of(SEND.about))).to_be_visible()
    assert visit.page.title() == TITLE


def test_somebody_whose_connection_drops_a_script_is_told_and_not_left_waiting(asking, visitor):
    visit = visitor(asking, lost_server=True)
    visit.page.route(STREAMLITS_SCRIPTS, lambda route: route.abort())

    visit.page.goto(visit.address)

    expect(visit.page.get_by_role("status")).to_have_text(WORDS("shell.slow"))


def test_the_first_words_give_way_to_the_page_and_leave_nothing_behind(asking, visitor):
    visit = visitor(asking)

    page = visit.open()

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("#heard-first")).to_have_count(0)
    expect(page.get_by_text(WORDS("shell.loading"))).to_have_count(0)


def test_no_letters_and_no_icons_are_fetched_from_anywhere(asking, parent):
    mother = parent(asking)
    fetched = []
    mother.page.on("request", lambda request: fetched.append(request.resource_type))

    mother.begin()
    mother.answer(*PAGES[:2])

    assert "font" not in fetched


def test_somebody_without_scripts_is_told_how_to_take_part(asking, browser):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(asking.address)

        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        told = page.locator("noscript p")  # which Playwright's own text locators pass over
        assert told.all_inner_texts() == [WORDS("shell.no_scripts"), TITLE, WORDS.of(SEND.contact)]
        page.locator("noscript a").click()
        expect(page.get_by_role("button", name=WORDS("start.begin"))).to_be_visible()
        assert all(paragraph.bounding_box()["height"] > 0 for paragraph in told.all())
        expect(page.get_by_text(WORDS("shell.loading"))).to_be_hidden()


def test_the_page_says_which_language_it_is_in(asking, visitor):
    page = visitor(asking).open()

    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("html").get_attribute("dir") in {None, "ltr"}


def test_the_keyboard_starts_at_the_top_of_the_first_page_and_not_in_the_middle(asking, visitor):
    page = visitor(asking).open()

    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_a_lost_connection_is_told_in_plain_words(tmp_path, parent):
    server = Server(tmp_path, READ_ELSEWHERE)
    open_consultation(server.database_url)
    server.start()
    mother = parent(server, lost_server=True)
    mother.begin()

    server.kill()

    expect(mother.page.get_by_role("dialog").get_by_text(WORDS("shell.lost"))).to_be_visible(timeout=60_000)


def test_a_whole_book_is_refused_where_it_was_pasted_and_what_was_there_is_kept(asking, parent):
    mother = parent(asking)
    mother.begin()
    mother.answer(SERVICES)
    box = mother.box("tell_us_more")
    box.fill(AUTISM["tell_us_more"])

    paste(box, A_BOOK)

    expect(mother.page.get_by_role("alert").get_by_text(WORDS("shell.pasted_too_long"))).to_be_visible()
    expect(box).to_have_value(AUTISM["tell_us_more"])

    paste(box, "A few words more.")

    expect(mother.page.get_by_text(WORDS("shell.pasted_too_long"))).to_have_count(0)


def paste(box, text: str) -> None:
    """What a browser tells a page when somebody pastes."""
    box.evaluate(
        """(box, text) => {
            const clipboard = new DataTransfer();
            clipboard.setData("text/plain", text);
            box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_a_page_that_is_not_there_puts_no_barrier_in_anybodys_way(asking, visitor, size, scheme):
    visit = visitor(asking, size=size, scheme=scheme, lost_server=True)

    visit.page.goto(f"{visit.address}/no-such-page")

    assert visit.barriers() == []
    visit.page.get_by_role("link", name=WORDS("shell.to_the_start")).click()
    visit.settle()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(TITLE)
