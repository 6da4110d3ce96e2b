"""An officer looks at what has changed: a question that was reworded, and a rise that is only other families."""

from playwright.sync_api import expect

from survey.tables import RoleName


def test_a_break_and_a_change_of_mix_are_said_and_nothing_is_in_anybodys_way(staff, size):
    officer = staff(RoleName.OFFICER, size=size)
    officer.open("/over-time")
    officer.choose("Compare with", "SEND services in Lancashire 2024")
    officer.choose("Follow", "Statement: My child is well prepared for their next steps, and is doing well for them")
    officer.wait_for_charts()

    sentences = officer.page.locator(".heard-sentences")
    expect(
        sentences.filter(has_text="was asked in other words in SEND services in Lancashire 2024").first
    ).to_be_visible()
    expect(sentences.filter(has_text="come from different families answering").first).to_be_visible()
    expect(officer.page.get_by_role("table").filter(has_text="Improvement Notice")).to_be_visible()
    assert officer.barriers() == []
