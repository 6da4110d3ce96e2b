"""An officer with a pile of forms and no mouse; and no barrier on any keying page, at any size, in either colours."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from survey.tables import RoleName
from tests.journeys.staff import Staff
from tests.running import Server
from tests.scene import grant, open_consultation

PILE = "/keying/send-services?wave=1&channel=paper&language=en"
CALL = "/keying/send-services?wave=1&channel=phone&language=en"
# One form, as the officer reads it off: the reference, two services, what is said of each, and so on to the end.
FORM = ["A17", "6 8", "5", "We waited three years", "2", "", "4", "2", "3", "6", "2", "A name to ring", "", "", "1"]
FORM += ["5", "2", "3"]
TYPED = sum(len(answer) for answer in FORM)
FORWARD = len(FORM)  # one Enter after each answer, the last of which leads to Save
SAVE = 1


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """Heard with an officer, in which every form is asked for again."""
    server = Server(tmp_path_factory.mktemp("desk"), {"HEARD_WORKER": "external", "HEARD_KEY_AGAIN_ONE_IN": "1"})
    open_consultation(server.database_url)
    password = grant(server.database_url, "olu", RoleName.OFFICER)
    with server:
        yield server, password


@pytest.fixture
def officer(browser, desk):
    server, password = desk
    with ExitStack() as open_ones:

        def make(size="desktop", scheme="light"):
            person = open_ones.enter_context(Keyer(browser, server.address, size, scheme))
            person.sign_in("olu", password, "/keying")
            return person

        yield make


class Keyer(Staff):
    """An officer on the keying pages: every press of a button is a page of its own."""

    presses = 0

    def __enter__(self) -> "Keyer":
        self.found: dict[str, list[str]] = {}
        return self

    def settle(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def go(self, name: str) -> None:
        with self.page.expect_navigation():
            self.press(name)

    def look(self, name: str) -> None:
        """Note what is in anybody's way on the page, and that it scrolls sideways if it does."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found := [*self.barriers(), *(["scrolls sideways"] if wide > 0 else [])]:
            self.found[name] = found

    def strike(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def key_form(self, answers: list[str]) -> None:
        expect(
            self.page.locator(":is(input, textarea):focus")
        ).to_be_visible()  # a page new on the screen takes a moment
        for answer in answers:
            for letter in answer:
                self.strike("Space" if letter == " " else letter)
            self.strike("Enter")


def test_a_form_is_keyed_by_keyboard_alone_with_no_press_to_spare(officer):
    olu = officer()
    olu.open(PILE)
    expect(olu.page.locator("#copy")).to_be_focused()

    olu.key_form(FORM)
    expect(olu.page.locator("#save")).to_be_focused()
    with olu.page.expect_navigation():
        olu.strike("Enter")

    expect(olu.page.locator(".notice")).to_contain_text("Saved as")
    expect(olu.page.locator("#copy")).to_be_focused()
    expect(olu.page.locator("#copy")).to_have_value("")
    print(f"\nkey presses for one form: {olu.presses}, of which {olu.presses - TYPED} are not part of an answer")
    assert olu.presses == TYPED + FORWARD + SAVE


def test_what_the_numbers_stand_for_is_shown_and_what_follows_opens_as_they_are_typed(officer):
    olu = officer()
    olu.open(PILE)
    speech = olu.page.get_by_role("group", name="Speech and language therapy")
    expect(speech).to_be_hidden()

    olu.page.locator("#q-services-used").fill("8")

    expect(speech).to_be_visible()
    speech.get_by_label("Overall, how good").fill("4")
    expect(speech.get_by_role("status").first).to_have_text("Poor")
    olu.page.locator("#q-services-used").fill("9")
    expect(speech).to_be_hidden()


def test_ctrl_and_enter_saves_from_anywhere_and_what_is_wrong_takes_the_focus(officer):
    olu = officer()
    olu.open(PILE)
    olu.page.locator("#q-services-used").fill("8")

    with olu.page.expect_navigation():
        olu.page.keyboard.press("Control+Enter")

    expect(olu.page.locator(".problems")).to_be_focused()
    olu.page.locator(".problems a").first.click()
    expect(olu.page.locator("#q-rating-slt")).to_be_focused()


def test_no_page_for_a_pile_puts_a_barrier_in_anybodys_way(officer, size, scheme):
    olu, copy = officer(size, scheme), f"B{size}{scheme}".upper()
    olu.open("/keying")
    olu.look("choosing")
    olu.open(PILE)
    olu.look("a blank form")
    olu.page.locator("#q-services-used").fill("6 8")
    olu.go("Save")
    olu.look("a form with errors")
    olu.open(PILE)
    olu.key_form([copy, *FORM[1:]])
    olu.go("Save")
    olu.look("the next form")
    olu.open("/keying/send-services/again?wave=1")
    olu.look("what waits to be keyed again")
    with olu.page.expect_navigation():
        olu.page.get_by_role("link", name=copy).click()
    olu.look("keying again")
    olu.key_form(["6 8", "4", *FORM[3:]])
    olu.go("Compare")
    olu.look("what differs")
    olu.go("Keep what is right")
    olu.look("what differs, with errors")

    assert olu.found == {}


def test_no_page_for_a_call_puts_a_barrier_in_anybodys_way(officer, size, scheme):
    olu = officer(size, scheme)
    olu.open(CALL)
    olu.look("the notice")
    olu.go("Begin")
    olu.look("the notice, with errors")
    olu.page.get_by_label("I have read this out").check()
    olu.go("Begin")
    olu.look("a call")
    for answers in (["8"], ["4", ""], ["2"] * 5, ["", "", "", "1"], ["1", "1", "1"]):
        olu.key_form(answers)
        olu.go("Continue")
    olu.look("reading back")
    olu.go("Send their answers")
    olu.look("the reference")

    assert olu.found == {}


def test_the_officers_bar_says_where_one_is_and_leads_to_keying(officer):
    olu = officer()
    olu.page.goto(f"{olu.address}/live-results")
    pages = olu.page.get_by_role("navigation", name="Pages of this room")
    expect(pages.get_by_role("link", name="Live results")).to_have_attribute("aria-current", "page")
    rooms = olu.page.get_by_role("navigation", name="Rooms")
    expect(rooms.get_by_role("link", name="Results")).to_have_attribute("aria-current", "true")
    link = olu.page.get_by_role("link", name="Key in forms and calls")

    link.click()

    expect(olu.page.get_by_role("heading", level=1)).to_have_text("Key in forms and calls")
