"""Officers decide about themes and code comments, in a real browser and by keyboard, on a county of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from sqlmodel import select

from survey import database
from survey.tables import Judgement, RoleName, SentimentJudgement
from tests.journeys.staff import Staff
from tests.journeys.visit import Visit
from tests.running import Server
from tests.scene import grant

WAITING, MONEY = "Waiting and delays", "Money, forms, complaints and tribunals"


@pytest.fixture(scope="module")
def own_county(county_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """The demonstration on a server of its own, because what is decided here would be seen by other journeys."""
    folder = tmp_path_factory.mktemp("deciding-county")
    shutil.copy(county_file, folder)
    server = Server(folder)
    password = grant(server.database_url, RoleName.OFFICER, RoleName.OFFICER)
    with server:
        yield server, password


@pytest.fixture
def officer(browser, own_county, size, scheme) -> Iterator[Staff]:
    server, password = own_county
    with Staff(browser, server.address, size, scheme) as person:
        person.sign_in(RoleName.OFFICER, password, "/themes")
        yield person


def stored(server: Server, table: type) -> list:
    engine = database.connect(server.database_url)
    with database.reading(engine) as session:
        found = session.exec(select(table)).all()
    engine.dispose()
    return found


def choose(officer: Staff, label: str, words: str) -> None:
    """Choose the first that has these words: they are typed, because a long list is drawn only as far as it shows."""
    officer.page.get_by_role("combobox", name=label).click()
    officer.page.keyboard.type(words)
    officer.page.get_by_role("option").filter(has_text=words).first.click()


def decide_about(officer: Staff, words: str) -> None:
    choose(officer, "Theme to decide about", words)
    if words.endswith("(suggested)"):
        expect(officer.button("Approve as a new theme")).to_be_visible()
    else:
        expect(officer.page.get_by_text(f"I am sure that “{words}” should go")).to_have_count(1)  # folded away
        expect(boxed(officer, "Name")).to_have_count(1)  # and the forms of the theme before have gone
    officer.settle()


def told(officer: Staff, words: str) -> None:
    expect(officer.page.locator(".heard-notice", has_text=words)).to_be_visible()
    officer.settle()


def boxed(officer: Staff, label: str) -> Locator:
    return officer.page.get_by_label(label, exact=True)


def test_a_suggestion_is_approved_themes_are_merged_and_split_and_all_is_undone(officer):
    assert officer.barriers() == []

    decide_about(officer, "(suggested)")
    name = f"Found on a {officer.size} in {officer.scheme}"
    boxed(officer, "Name").fill(name)
    officer.press("Approve as a new theme")
    told(officer, f"You approved “{name}”.")
    expect(officer.page.get_by_role("heading", name=name)).to_be_visible()
    assert officer.barriers() == []

    decide_about(officer, WAITING)
    officer.unfold("Merge another theme into it")
    choose(officer, "Theme to merge into it", name)
    officer.page.get_by_text("I am sure that the two are one theme").click()
    officer.press("Merge")
    told(officer, f"You merged “{name}” into “{WAITING}”.")
    expect(officer.page.get_by_role("heading", name=name)).to_have_count(0)

    decide_about(officer, MONEY)
    officer.unfold("Split it")
    for part, (label, phrases) in {"First": ("Benefits", "DLA\nPIP"), "Second": ("What it costs", "cost")}.items():
        boxed(officer, f"{part} new theme: name").fill(label)
        boxed(officer, f"{part} new theme: phrases, one to a line").fill(phrases)
    officer.page.get_by_text(f"I am sure that “{MONEY}” is more than one theme").click()
    officer.press("Split")
    told(officer, f"You split “{MONEY}”.")
    assert officer.barriers() == []

    for what in ("Split", "Merged", "Approved"):
        officer.page.get_by_role("button", name=f"Undo: {what}").first.click()
        told(officer, f"Undone: {what}")
    expect(officer.page.get_by_role("heading", name=MONEY)).to_be_visible()
    assert officer.barriers() == []


def test_the_rest_of_a_coding_frame_is_read_approved_and_undone(officer):
    officer.settle()
    officer.unfold("Rename it, describe it, change its phrases")
    boxed(officer, "Name").fill("Waiting")
    officer.press("Save")
    told(officer, "You changed “Waiting”.")

    choose(officer, "Theme to decide about", "The themes of a coding frame")
    officer.unfold("Not here yet: 1 theme")
    expect(officer.page.get_by_role("heading", name=WAITING)).to_be_visible()
    assert officer.barriers() == []
    officer.press("Approve 1 theme")
    expect(officer.page.get_by_text("Tick the box to say that you are sure.")).to_be_visible()
    officer.page.get_by_text("I have read them, and they fit this consultation").click()
    officer.press("Approve 1 theme")
    told(officer, "You approved the themes of the coding frame.")
    assert officer.barriers() == []

    for what in ("Added", "Changed"):
        officer.page.get_by_role("button", name=f"Undo: {what}").first.click()
        told(officer, f"Undone: {what}")
    expect(officer.page.get_by_role("heading", name="Waiting", exact=True)).to_have_count(0)


def test_comments_are_coded_by_keyboard_alone(officer, own_county):
    server, _ = own_county
    before = len(stored(server, Judgement)), len(stored(server, SentimentJudgement))
    officer.page.goto(f"{officer.address}/themes?view=Comments+one+by+one")
    waiting = officer.page.get_by_text("after this one.")  # two comments may say the same: this tells them apart
    expect(officer.page.get_by_role("button", name="Mixed / unclear")).to_be_visible()  # the last that has a key
    Visit.settle(officer)
    first = waiting.inner_text()

    officer.page.keyboard.press("u")
    expect(officer.page.get_by_text("Its sentiment is neutral, says officer.")).to_be_visible()
    theme = officer.page.locator(".st-key-heard-coding-themes button").first
    had = "✓" in theme.inner_text()
    officer.page.keyboard.press("1")
    (expect(theme).not_to_contain_text if had else expect(theme).to_contain_text)("✓")
    assert officer.barriers() == []
    officer.page.keyboard.press("a")
    expect(waiting).not_to_have_text(first)
    officer.page.keyboard.press("b")
    expect(waiting).to_have_text(first)

    after = len(stored(server, Judgement)), len(stored(server, SentimentJudgement))
    assert after[0] > before[0]
    assert after[1] == before[1] + 2, "once by its key, and once as right as it is"


@pytest.mark.parametrize("scheme", ["light"])  # no focus knows of colours
def test_whoever_is_refused_is_led_to_why_and_finds_the_form_as_it_was(officer):
    news = officer.page.locator(".st-key-heard-themes-news")
    officer.settle()
    officer.unfold("Rename it, describe it, change its phrases")
    boxed(officer, "Name").fill("")
    boxed(officer, "What belongs under it").fill("Typed with care")
    officer.page.get_by_role("button", name="Save", exact=True).press("Enter")

    expect(news).to_contain_text("A theme needs a name. Write one.")
    expect(news).to_be_focused()
    expect(boxed(officer, "What belongs under it")).to_be_visible()
    expect(boxed(officer, "What belongs under it")).to_have_value("Typed with care")
    assert officer.barriers() == []


@pytest.mark.parametrize("scheme", ["light"])
def test_a_press_that_is_a_double_one_adds_one_theme_and_its_undoing_is_told_where_the_focus_is(officer):
    news, name = officer.page.locator(".st-key-heard-themes-news"), f"Pressed twice on a {officer.size}"
    officer.settle()
    choose(officer, "Theme to decide about", "A theme of your own")
    expect(officer.button("Add this theme")).to_be_visible()
    officer.settle()  # until then the form of the theme before is there too
    boxed(officer, "Name").fill(name)
    officer.page.get_by_role("button", name="Add this theme").dblclick()
    told(officer, f"You added “{name}”.")
    expect(news).to_be_focused()

    officer.page.get_by_role("button", name=f"Undo: Added: “{name}”").press("Enter")
    told(officer, f"Undone: Added: “{name}”")
    expect(news).to_be_focused()
    expect(news).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light"])
def test_whoever_has_themes_looked_for_is_led_to_what_is_said_of_it_and_stays_there_until_it_has_ended(officer):
    said, look = officer.page.locator(".st-key-heard-search-news"), officer.button("Look for themes now")
    officer.settle()
    expect(look).to_be_visible(timeout=60_000)  # a search that was due by itself has ended
    look.press("Enter")
    expect(look).to_have_count(0)
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()

    officer.page.keyboard.press("Tab")
    expect(officer.button("Stop looking")).to_be_focused()
    officer.page.keyboard.press("Enter")
    expect(said).to_contain_text("The last search for themes was stopped on", timeout=60_000)
    expect(said).to_be_focused()
    officer.page.keyboard.press("Tab")
    expect(look).to_be_focused()


@pytest.mark.parametrize("scheme", ["light"])
def test_keys_work_at_once_for_whoever_comes_to_the_comments_from_the_themes(officer):
    officer.settle()
    officer.page.get_by_text("Comments one by one").click()
    heading, waiting = officer.page.locator("#themes-heading"), officer.page.get_by_text("after this one.")
    expect(officer.page.get_by_role("button", name="Mixed / unclear")).to_be_visible()
    expect(heading).to_be_focused()
    expect(officer.page.get_by_test_id("stSkeleton")).to_have_count(0)  # a key works once its button is drawn
    first = waiting.inner_text()

    officer.page.keyboard.press("s")
    expect(waiting).not_to_have_text(first)
    expect(heading).to_be_focused()


@pytest.mark.parametrize("scheme", ["light"])  # no key knows of colours
def test_keys_can_be_turned_off_for_those_whom_they_hinder(officer, own_county):
    server, _ = own_county
    officer.page.goto(f"{officer.address}/themes?view=Comments+one+by+one")
    toggle = officer.page.get_by_text("One key does each thing")
    expect(toggle).to_be_visible()
    Visit.settle(officer)
    toggle.click()
    expect(officer.page.get_by_role("button", name="Mixed / unclear", exact=True)).to_be_visible()
    Visit.settle(officer)
    before = len(stored(server, SentimentJudgement))

    officer.page.keyboard.press("u")
    officer.press("Next")
    Visit.settle(officer)

    assert len(stored(server, SentimentJudgement)) == before
