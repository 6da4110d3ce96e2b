"""An officer looks at what has changed: a question that was reworded, a rise that is only other families, a warning."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from survey.tables import RoleName

VIEW = {
    "since": "SEND services in Lancashire 2024",
    "follow": "Statements",
    "follow-statements": "My child is well prepared for their next steps, and is doing well for them",
}


def test_a_break_and_a_change_of_mix_are_said_and_nothing_is_in_anybodys_way(staff, size):
    officer = staff(RoleName.OFFICER, size=size, at=f"/over-time?{urlencode(VIEW)}")
    officer.wait_for_charts()

    told = officer.page.locator(".heard-sentences")
    expect(told.filter(has_text="was asked in other words in SEND services in Lancashire 2024").first).to_be_visible()
    expect(told.filter(has_text="come from different families answering").first).to_be_visible()
    expect(officer.page.get_by_role("table").filter(has_text="Improvement Notice")).to_be_visible()
    assert officer.barriers() == []
    officer.turn("dark")
    officer.wait_for_charts()
    assert officer.barriers() == []


def test_what_stands_out_is_read_with_its_comments_in_light_and_dark(staff, size):
    officer = staff(RoleName.OFFICER, size=size, at="/early-warning")

    expect(officer.page.get_by_role("heading", level=3).first).to_contain_text("“")
    expect(officer.page.locator(".heard-remarks blockquote").first).to_be_visible()
    barriers = officer.barriers()
    officer.turn("dark")
    barriers += officer.barriers()

    wide = officer.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert barriers == []
    assert wide <= 0
