"""A family with two children, keyed by keyboard alone from paper and from a call; no barrier on any of the pages."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from survey.database import connect, reading
from survey.tables import Answer, Response
from tests.journeys.keyer import keying_desk, officer  # noqa: F401  (a fixture)

PILE = "/keying/send-children?wave=1&channel=paper&language=en"
CALL = "/keying/send-children?wave=1&channel=phone&language=en"
FAMILY = ["A name to ring", "", "2", "3"]
FIRST = ["2", "4", "8", "4", "We waited", ""]  # age, plan, one service, its rating and words, nothing else to say
SECOND = ["1", "5", "8 9", "2", "", "1", "Kind people", ""]
ANOTHER, NO_OTHER = "1", "2"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A questionnaire that goes from child to child."""
    with keying_desk(tmp_path_factory.mktemp("children"), "send_children") as there:
        yield there


def sent(desk, channel):
    """What was rated, by child and service, in each response that came that way."""
    engine = connect(desk[0].database_url)
    with reading(engine) as session:
        ids = session.exec(select(Response.id).where(Response.channel == channel).order_by(Response.id)).all()
        rows = session.exec(select(Answer).where(Answer.item == "rating")).all()
    engine.dispose()
    return [{(row.child, row.service): row.code for row in rows if row.response_id == one} for one in ids]


def enter(olu):
    with olu.page.expect_navigation():
        olu.strike("Enter")


def test_a_family_of_two_is_keyed_from_paper_by_keyboard_alone_and_a_third_child_is_taken_out(officer, desk, size):  # noqa: F811
    olu = officer(size)
    olu.open(PILE)
    olu.look("a blank form")

    olu.key_form([f"A1 {size}", *FAMILY, *FIRST, ANOTHER, *SECOND, ANOTHER])
    expect(olu.page.get_by_role("group", name="Child 3")).to_be_visible()
    expect(olu.page.get_by_role("group", name="Child 4")).to_be_hidden()
    expect(olu.page.locator("[id='q-age-band-3']")).to_be_focused()
    olu.look("a third child by mistake")
    out = olu.page.get_by_role("button", name="Take child 3 out")
    while not out.evaluate("button => button === document.activeElement"):
        olu.strike("Tab")
    enter(olu)

    expect(olu.page.locator(".notice")).to_be_focused()
    expect(olu.page.locator(".notice")).to_contain_text("Child 3 has been taken out")
    olu.look("a child taken out")
    olu.strike("Tab")
    olu.strike("Enter")
    expect(olu.page.locator("[id='q-another-child-2']")).to_be_focused()  # what was keyed there led to the mistake
    olu.key_form([NO_OTHER])
    expect(olu.page.locator("#save")).to_be_focused()
    enter(olu)
    expect(olu.page.locator(".notice")).to_contain_text("Saved as")
    assert sent(desk, "paper")[-1] == {(1, "slt"): "poor", (2, "slt"): "good", (2, "ot"): "very_good"}
    assert olu.found == {}


def test_a_family_of_two_is_keyed_during_a_call_by_keyboard_alone_and_read_back_by_child(officer, desk, size):  # noqa: F811
    olu = officer(size)
    olu.open(CALL)
    expect(olu.page.locator("#agreed")).to_be_focused()
    olu.strike("Space")
    olu.strike("Tab")
    enter(olu)
    for answers in (FIRST[:2], FIRST[2:3], FIRST[3:5], [FIRST[5], ANOTHER]):
        olu.key_form(answers)
        enter(olu)
    expect(olu.page.get_by_role("heading", level=1)).to_have_text("Child 2: About this child")
    olu.look("the second child")
    for answers in (["1", "77"], ["5"]):
        olu.key_form(answers)
        enter(olu)
        if answers[-1] == "77":
            expect(olu.page.locator(".problems")).to_be_focused()
            olu.look("the second child, with errors")
            olu.page.locator("[id='q-plan-2']").focus()
            olu.page.keyboard.press("Control+a")
    for answers in (["24"], ["", NO_OTHER], [*FAMILY[:3]], [FAMILY[3]]):
        olu.key_form(answers)
        enter(olu)
    expect(olu.page.get_by_role("heading", name="Child 2", exact=True)).to_be_visible()
    olu.look("reading back")
    expect(olu.page.locator("#send")).to_be_focused()
    enter(olu)

    olu.look("the reference")
    assert sent(desk, "phone")[-1] == {(1, "slt"): "poor"}
    assert olu.found == {}


def test_a_child_taken_out_of_a_call_is_told_before_anything_is_sent(officer):  # noqa: F811
    olu = officer()
    olu.open(CALL)
    olu.page.get_by_label("I have read this out").check()
    olu.go("Begin")
    for answers in (["2", "4"], ["24"], ["", ANOTHER], ["1", "4"], ["24"], ["", NO_OTHER], ["", "", "1"], ["1"]):
        olu.key_form(answers)
        olu.go("Continue")

    olu.go("Take child 1 out")

    expect(olu.page.locator(".notice")).to_be_focused()
    olu.look("a child taken out")
    olu.go("They do not want them sent: delete all of it")
    assert olu.found == {}


def test_a_form_keyed_again_shows_what_differs_by_child(officer, size, scheme):  # noqa: F811
    olu, copy = officer(size, scheme), f"D{size}{scheme}".upper()
    olu.open(PILE)
    olu.key_form([copy, *FAMILY, *FIRST, ANOTHER, *SECOND, NO_OTHER])
    olu.go("Save")
    olu.open("/keying/send-children/again?wave=1")
    with olu.page.expect_navigation():
        olu.page.get_by_role("link", name=copy).click()
    olu.key_form([*FAMILY, *FIRST, ANOTHER, "1", "5", "8 9", "5", *SECOND[4:], NO_OTHER])
    olu.look("keying again")
    olu.go("Compare")

    expect(olu.page.get_by_role("group")).to_have_count(1)
    expect(olu.page.get_by_role("group", name="Child 2: Speech and language therapy")).to_be_visible()
    olu.look("what differs")
    assert olu.found == {}


def test_more_pages_are_asked_for_without_a_barrier_in_anybodys_way(officer, size, scheme):  # noqa: F811
    olu = officer(size, scheme)
    olu.page.goto(f"{olu.address}/invitations")
    expect(olu.page.get_by_role("button", name="Make the pages")).to_be_visible()
    expect(olu.page.get_by_role("spinbutton", name="Pages for how many children")).to_have_value("2")

    assert olu.barriers() == []
