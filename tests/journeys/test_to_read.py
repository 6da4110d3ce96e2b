"""An officer puts a comment into English, decides what is a name, and sees who may be recognised, in a real browser."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Locator, expect

from survey import codes, consultations, database, drafts, responses
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS
from survey.tables import RoleName
from tests.journeys.staff import Staff, signing_in
from tests.journeys.visit import Visit
from tests.running import Server
from tests.scene import grant, open_consultation, wait_until_read
from tests.survey.conftest import NOW, full_answers

URDU = "بچے کی تھراپی کا بہت انتظار ہے، براہ کرم مدد کریں"
WRITTEN = [
    URDU,
    "Czekamy dwa lata na logopedę i nikt nie odpowiada na maile",
    "The plan says Zunaira needs one to one. Ring me on 07700 900123, the Bridgewell team never did",
    "He is the only 9 year old with a tracheostomy in our village",
]
PARTS = ("Not in English", "Names and schools", "May be recognised", "Decided lately")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """Heard with four comments in it that want looking at, all read; and an officer's password."""
    server = Server(tmp_path_factory.mktemp("desk"))
    open_consultation(server.database_url)
    engine = database.connect(server.database_url)
    for words in WRITTEN:
        with database.writing(engine) as session:
            wave = consultations.wave_named(session, "send-services", "1")
            answers = full_answers() | {AnswerKey("tell_us_more", "slt"): words}
            draft = drafts.begin(session, wave_id=wave.id, device=codes.token(), language="en", now=wave.opens_at)
            drafts.put(session, draft.id, given=answers, place=CHECK_ANSWERS, now=NOW)
            responses.send(session, draft.id, now=wave.opens_at)
    password = grant(server.database_url, "officer", RoleName.OFFICER)
    with server:
        wait_until_read(engine)
        engine.dispose()
        yield server, password


@pytest.fixture
def officer(browser: Browser, desk: tuple[Server, str]) -> Iterator[Callable[..., Staff]]:
    """Makes officers at the page: ``officer(size="desktop")``."""
    server, password = desk
    with signing_in(browser, server.address) as sign_in:
        yield partial(sign_in, "officer", password, "/to-read")


def news_of(person: Staff) -> Locator:
    """Where it is told what came of the last press."""
    return person.page.locator(".st-key-heard-to-read-news")


def at_rest(person: Staff) -> None:
    """While a part is drawn, headings of the one before stand beside its own."""
    Visit.settle(person)


def look_at(person: Staff, part: str) -> None:
    person.page.get_by_role("radio", name=part).locator("xpath=ancestor::label").click()
    expect(person.page.get_by_role("heading", level=2, name=part)).to_be_visible()
    at_rest(person)


def test_no_part_of_the_page_puts_a_barrier_in_anybodys_way(officer, size, scheme):
    person = officer(size=size, scheme=scheme)

    barriers = []
    for part in PARTS:
        look_at(person, part)
        if person.button("Show what is hidden (that you looked is kept)").count():
            person.press("Show what is hidden (that you looked is kept)")
            expect(person.page.locator("mark").first).to_be_visible()
            at_rest(person)
        barriers += person.barriers()
        wide = person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{part} is {wide} points wider than the window"

    assert barriers == []


def test_a_comment_from_the_right_is_put_into_english_and_what_was_typed_in_vain_stays(officer):
    person = officer()
    comment = person.page.locator("blockquote", has_text=URDU)
    expect(comment).to_have_attribute("dir", "rtl")
    expect(comment).to_have_attribute("lang", "ur")
    box = person.page.get_by_label("What it says in English")

    box.fill("   ")
    person.press("Save")
    expect(news_of(person)).to_contain_text("Enter what the comment says in English.")

    box.fill("The wait for therapy is very long")
    person.press("Save")

    expect(news_of(person)).to_contain_text("Saved.")
    expect(person.page.locator("blockquote", has_text="Czekamy")).to_have_attribute("lang", "pl")
    person.open("/live-results")
    told = person.page.locator("li", has_text="The wait for therapy is very long")
    expect(told).to_contain_text("Translated from Urdu by a person")


def test_a_word_that_is_no_name_is_shown_again_by_keyboard(officer):
    person = officer(size="phone")
    look_at(person, "Names and schools")
    person.press("Show what is hidden (that you looked is kept)")
    show = person.button("Show “Bridgewell”")
    expect(show).to_be_visible()
    expect(person.page.locator("blockquote").first).not_to_contain_text("07700")

    news = news_of(person)
    expect(news).to_contain_text("What is hidden is shown below.")
    expect(news).to_be_focused()

    show.focus()
    person.page.keyboard.press("Enter")

    expect(news).to_contain_text("shown again")
    expect(show).to_have_count(0)
    expect(news).to_be_focused()
    expect(news).to_be_in_viewport()
    person.page.keyboard.press("Tab")
    expect(person.page.get_by_role("button", name="Keep “", exact=False).first).to_be_focused()
    person.open("/live-results")
    expect(person.page.locator("li", has_text="Bridgewell")).to_contain_text("The plan says [name] needs one to one")
