"""Officers check what the computer said: one draws and codes by keyboard, another codes too, and both are compared."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from survey import blind_coding, check_samples, consultations, database, standing_themes
from survey.tables import RoleName
from tests.journeys.staff import Staff, signing_in
from tests.running import READ_ELSEWHERE, Server
from tests.scene import grant, open_consultation
from tests.survey import blind
from tests.survey.blind import Said
from tests.survey.conftest import Fieldwork

WAITED = [
    "We have been on the list since spring",
    "Nobody could tell us how long it would take",
    "A year for one letter",
]
THANKED = ["She listened and remembered our names", "They were patient with him", "Warm people, every one of them"]
WHEN = ["in our district", "this term", "before the move", "after the review", "and we said so"]
DRAWN = 28  # of thirty, to be within five points
THEMES = ("waiting", "kindness", "transport", "communication", "short breaks", "school places", "therapy", "plans")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Heard with thirty comments that a computer has read, and two officers."""
    server = Server(tmp_path_factory.mktemp("checking"), READ_ELSEWHERE)
    open_consultation(server.database_url)
    passwords = {name: grant(server.database_url, name, RoleName.OFFICER) for name in ("ada", "ben")}
    engine = database.connect(server.database_url)
    with database.reading(engine) as session:
        (wave,) = consultations.waves(session)
        asked = Fieldwork(engine, wave, consultations.questionnaire_of(session, wave))
    blind.add_themes(asked, *THEMES)
    said = [Said(f"{words} {when}.", ("waiting",)) for words in WAITED for when in WHEN]
    said += [Said(f"{words} {when}.", ("kindness",), sentiment="positive") for words in THANKED for when in WHEN]
    blind.read(asked, *said)
    with server:
        yield server, passwords, asked
    engine.dispose()


@pytest.fixture
def officer(browser, desk):
    server, passwords, asked = desk
    with database.writing(asked.engine) as session:
        for sample in check_samples.samples(session, asked.wave.consultation_id):
            check_samples.end(session, sample.id, by="ada", now=datetime.now(UTC))
    with signing_in(browser, server.address, Coder) as sign_in:

        def make(name="ada", size="desktop", scheme="light"):
            return sign_in(name, passwords[name], "/checking", size, scheme)

        yield make


class Coder(Staff):
    """An officer who checks."""

    def __enter__(self) -> "Coder":
        self.found: dict[str, list[str]] = {}
        return self

    def look(self, name: str) -> None:
        """Note what is in anybody's way on the page, and that it scrolls sideways if it does."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found := [*self.barriers(), *(["scrolls sideways"] if wide > 0 else [])]:
            self.found[name] = found

    def shows(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0)

    def code(self, *choices: str) -> None:
        """By keyboard alone: a few letters and Enter for each choice, then Ctrl and Enter."""
        expect(self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached()
        expect(self.page.locator("#checking-find")).to_be_focused()
        for letters in choices:
            self.page.keyboard.type(letters)
            self.page.keyboard.press("Enter")
            expect(self.page.locator("#checking-find")).to_have_value("")
        self.page.keyboard.press("Control+Enter")


def code_the_rest(asked: Fieldwork, by: str) -> None:
    """The same hands as on the page, only faster."""
    sample = blind.sample_of(asked).id
    with database.reading(asked.engine) as session:
        keys = {theme.key: theme.id for theme in standing_themes.standing(session, asked.wave.consultation_id)}
    while True:
        with database.writing(asked.engine) as session:
            shown = blind_coding.next_for(session, sample, by)
            if shown is None:
                return
            thanks = any(shown.words.startswith(words) for words in THANKED)
            blind_coding.record(
                session, sample, shown.comment_id, carries=[keys["kindness" if thanks else "waiting"]],
                sentiment="positive" if thanks else "negative", by=by, now=datetime.now(UTC),
            )  # fmt: skip


def test_comments_are_drawn_coded_by_two_people_and_judged(officer, desk, size, scheme):
    ada = officer("ada", size, scheme)
    ada.look("before drawing")
    ada.press(f"Draw {DRAWN} comments")
    expect(ada.button("Start coding")).to_be_visible()
    ada.look("what was drawn")
    code_three(ada)
    assert ada.page.get_by_role("heading", name="What the checking found").count() == 0

    ben = officer("ben", size, scheme)
    expect(ben.page.get_by_text(f"{DRAWN} comments are left for you")).to_be_visible()
    ben.press("Start coding")
    ben.shows(f"Comment 1 of {DRAWN}")
    expect(ben.page.locator(":checked")).to_have_count(0)
    ben.look("a comment, for a second person")
    ben.code("kind", "posi")
    ben.shows(f"Comment 2 of {DRAWN}")

    for name in ("ada", "ben"):
        code_the_rest(desk[2], name)
    ada.open("/checking")
    ada.press("Show the results")
    expect(ada.page.get_by_role("heading", name="What the checking found")).to_be_visible()
    ada.settle()
    ada.unfold("Agreement, theme by theme")
    ada.look("the results")

    assert ada.found == ben.found == {}


def code_three(ada: Coder) -> None:
    """Three comments by keyboard, with a slip at the first: no tone, so nothing is kept and the page says so."""
    ada.press("Start coding")
    ada.shows(f"Comment 1 of {DRAWN}")
    ada.look("a comment")
    ada.code("trans")
    expect(ada.page.locator(".heard-error-summary")).to_be_focused()
    ada.look("a comment, with errors")
    ada.page.locator("#checking-find").focus()
    ada.code("negat")
    for number in (2, 3):
        ada.shows(f"Comment {number} of {DRAWN}")
        ada.code("wait", "kind", "negat")
    ada.shows(f"Comment 4 of {DRAWN}")
    ada.press("Stop for now")
    ada.settle()


def test_choices_can_be_looked_for_and_ticked_with_a_mouse_too(officer):
    ada = officer()
    ada.press(f"Draw {DRAWN} comments")
    ada.press("Start coding")
    ada.shows(f"Comment 1 of {DRAWN}")
    boxes = ada.page.locator('[data-testid="stCheckbox"]:visible')
    expect(boxes).to_have_count(len(THEMES) + 1)

    ada.page.locator("#checking-find").fill("sch")
    expect(boxes).to_have_count(1)
    boxes.first.click()
    ada.page.locator("#checking-find").fill("")

    expect(boxes).to_have_count(len(THEMES) + 1)
    expect(ada.page.get_by_role("checkbox", name="School Places")).to_be_checked()
    expect(ada.page.get_by_role("group", name="Which themes does it carry?")).to_be_visible()
    ada.page.locator("#checking-find").fill("pos")
    ada.page.locator('[data-testid="stRadioOption"]:visible').click()
    ada.press("Save and go on")
    ada.shows(f"Comment 2 of {DRAWN}")
    expect(ada.page.locator("#checking-find")).to_have_value("")
    expect(boxes).to_have_count(len(THEMES) + 1)
    ada.press("Stop for now")
    ada.settle()
    ada.unfold("End the coding early")
    ada.press("End the coding and show the results")
    expect(ada.page.get_by_role("heading", name="What the checking found")).to_be_visible()
