"""An officer reads comments, by keyboard on a desk and by thumb on a phone, while others answer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from survey import codes, consultations, database, drafts, responses
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS
from survey.tables import RoleName
from tests.journeys.staff import Staff
from tests.journeys.visit import SCHEMES, Visit
from tests.running import Server
from tests.scene import grant, open_consultation, wait_until_read
from tests.survey.conftest import NOW, full_answers

WRITTEN = [
    "In March 2025 we asked school, then waited 14 weeks until the council refused. Ring me on 07700 900123",
    "The bus never came on time for two weeks in October",
    "Lovely staff",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """Heard with three comments, read by the program and by nobody else; and an officer's password."""
    server = Server(tmp_path_factory.mktemp("reading"))
    open_consultation(server.database_url)
    engine = database.connect(server.database_url)
    for words in WRITTEN:
        write(engine, words)
    password = grant(server.database_url, "officer", RoleName.OFFICER)
    with server:
        wait_until_read(engine)
        engine.dispose()
        yield server, password


def write(engine, words: str) -> None:
    """Somebody answers, with a comment."""
    with database.writing(engine) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        answers = full_answers() | {AnswerKey("tell_us_more", "slt"): words}
        draft = drafts.begin(session, wave_id=wave.id, device=codes.token(), language="en", now=wave.opens_at)
        drafts.put(session, draft.id, given=answers, place=CHECK_ANSWERS, now=NOW)
        responses.send(session, draft.id, now=wave.opens_at)


def one_more(server: Server) -> None:
    """Somebody else answers meanwhile."""
    engine = database.connect(server.database_url)
    write(engine, "One more")
    engine.dispose()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=2, name=text, exact=True)).to_be_visible()


def at(person: Staff) -> None:
    """Everything is drawn, and in light and dark nothing is wider than the window or in anybody's way."""
    Visit.settle(person)
    wide = person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"the page is {wide} points wider than the window"
    before = person.scheme
    for scheme in SCHEMES:
        person.turn(scheme)
        assert person.barriers() == []
    person.turn(before)


def test_comments_are_read_by_keyboard_and_what_is_typed_stays_while_others_answer(browser: Browser, desk):
    server, password = desk
    with Staff(browser, server.address, "desktop", "light") as person:
        person.sign_in("officer", password, "/comments")
        page, keys = person.page, person.page.keyboard
        shown, box = page.locator("blockquote.heard-comment"), page.get_by_label("Your note.")
        expect(shown).to_contain_text("Ring me on [phone]")
        person.settle()
        keys.press("j")
        expect(shown).to_contain_text("The bus never came")
        expect(page.locator("#comments-heading")).to_be_focused()
        keys.press("k")
        expect(shown).to_contain_text("waited 14 weeks")
        keys.press("1")
        expect(page.get_by_role("button", name="✓ Follow up")).to_be_visible()
        keys.press("n")
        expect(box).to_be_focused()
        keys.type("jump to the bus 1 2 3")

        one_more(server)

        heading(page, "Comment 1 of 4")
        expect(box).to_have_value("jump to the bus 1 2 3")
        expect(box).to_be_focused()
        expect(shown).to_contain_text("waited 14 weeks")
        at(person)
        person.press("Save the note")
        expect(page.locator(".heard-notice", has_text="jump to the bus")).to_be_visible()


def test_comments_are_read_and_searched_by_thumb_and_the_search_is_in_no_address(browser: Browser, desk):
    server, password = desk
    with Staff(browser, server.address, "phone", "dark") as person:
        person.sign_in("officer", password, "/comments")
        page = person.page
        shown = page.locator("blockquote.heard-comment")
        page.get_by_role("button", name="Next", exact=False).first.tap()
        expect(shown).to_contain_text("The bus never came")
        at(person)
        page.get_by_label("Search by words").fill("lovely")
        page.keyboard.press("Enter")
        expect(shown).to_contain_text("Lovely staff")
        assert "lovely" not in page.url.casefold()
