"""An officer with a pile of forms and no mouse; and no barrier on any keying page, at any size, in either colours."""

import pytest
from playwright.sync_api import expect

from tests.journeys.keyer import keying_desk, officer  # noqa: F401  (a fixture)

PILE = "/keying/send-services?wave=1&channel=paper&language=en"
CALL = "/keying/send-services?wave=1&channel=phone&language=en"
# One form, as the officer reads it off: the reference, two services, what is said of each, and so on to the end.
FORM = ["A17", "6 8", "5", "We waited three years", "2", "", "4", "2", "3", "6", "2", "A name to ring", "", "", "1"]
FORM += ["5", "2", "3"]
TYPED = sum(len(answer) for answer in FORM)
FORWARD = len(FORM)  # one Enter after each answer, the last of which leads to Save
SAVE = 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with keying_desk(tmp_path_factory.mktemp("desk")) as there:
        yield there


def test_a_form_is_keyed_by_keyboard_alone_with_no_press_to_spare(officer):  # noqa: F811
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


def test_what_the_numbers_stand_for_is_shown_and_what_follows_opens_as_they_are_typed(officer):  # noqa: F811
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


def test_ctrl_and_enter_saves_from_anywhere_and_what_is_wrong_takes_the_focus(officer):  # noqa: F811
    olu = officer()
    olu.open(PILE)
    olu.page.locator("#q-services-used").fill("8")

    with olu.page.expect_navigation():
        olu.page.keyboard.press("Control+Enter")

    expect(olu.page.locator(".problems")).to_be_focused()
    olu.page.locator(".problems a").first.click()
    expect(olu.page.locator("#q-rating-slt")).to_be_focused()


def test_no_page_for_a_pile_puts_a_barrier_in_anybodys_way(officer, size, scheme):  # noqa: F811
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


def test_no_page_for_a_call_puts_a_barrier_in_anybodys_way(officer, size, scheme):  # noqa: F811
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


def test_the_officers_bar_says_where_one_is_and_leads_to_keying(officer):  # noqa: F811
    olu = officer()
    olu.page.goto(f"{olu.address}/live-results")
    pages = olu.page.get_by_role("navigation", name="Pages of this room")
    expect(pages.get_by_role("link", name="Live results")).to_have_attribute("aria-current", "page")
    rooms = olu.page.get_by_role("navigation", name="Rooms")
    expect(rooms.get_by_role("link", name="Results")).to_have_attribute("aria-current", "true")
    link = olu.page.get_by_role("link", name="Key in forms and calls")

    link.click()

    expect(olu.page.get_by_role("heading", level=1)).to_have_text("Key in forms and calls")
