"""An officer signs a summary off at a desk, and a leader reads the report on a phone and asks where it comes from."""

import re

from playwright.sync_api import expect
from sqlmodel import col, select

from survey import consultations, database, own_response
from survey.own_response import Own
from survey.tables import Response, ResponseState, RoleName
from tests.journeys.staff import Staff


def where_it_comes_from(person: Staff):
    return person.page.locator(".heard-spine").first


def test_a_summary_is_signed_off_and_every_sentence_of_the_report_shows_where_it_comes_from(staff):
    officer = staff(RoleName.OFFICER, size="desktop", at="/summary")
    spine = where_it_comes_from(officer)
    spine.locator("summary").focus()
    officer.page.keyboard.press("Enter")
    expect(spine.get_by_text("Answers that were sent and still stand.")).to_be_visible()
    officer.wait_for_charts()
    officer.unfold("Sign this off as a report")
    officer.page.get_by_label("Title").fill("What families told us: خلاصہ")
    assert officer.barriers() == []
    officer.press("Sign off")
    expect(officer.page.get_by_text(re.compile(r"Signed off as report \d+"))).to_be_visible()

    leader = staff(RoleName.LEADER, size="phone", scheme="dark", at="/reports")
    leader.page.get_by_role("link", name="What families told us").first.click()
    expect(leader.page.get_by_role("heading", level=1)).to_contain_text("What families told us")
    leader.settle()
    where_it_comes_from(leader).locator("summary").click()
    expect(where_it_comes_from(leader).get_by_text("Answers that were sent and still stand.")).to_be_visible()
    assert leader.barriers() == []

    leader.unfold("Choose a sentence")
    leader.page.get_by_role("combobox", name="Sentence").click()
    expect(leader.page.get_by_role("option").first).to_be_visible()
    leader.page.get_by_role("option").first.click()
    leader.settle()
    behind = leader.page.locator("blockquote", has_text="(comment ")
    expect(behind).to_have_count(20)
    first = behind.first.inner_text()
    leader.press("Next 20")
    expect(behind.first).not_to_have_text(first)
    leader.settle()
    assert leader.barriers() == []


def test_whoever_takes_a_file_by_keyboard_is_told_that_it_is_made_and_keeps_their_place(staff):
    leader = staff(RoleName.LEADER, size="phone", at="/summary")
    leader.unfold("Preview it as a file")
    button = leader.button("Tables (Excel)")
    leader.page.evaluate(
        """() => {
            const told = document.querySelector(".heard-making"), said = window.said = [];
            new MutationObserver(() => said.push(told.textContent)).observe(told, { childList: true });
        }"""
    )

    with leader.page.expect_download() as coming:
        button.press("Enter")
    expect(leader.page.locator(".heard-making")).to_have_text("“Tables (Excel)” is made.")

    assert coming.value.suggested_filename == "preview-tables.xlsx"
    assert leader.page.evaluate("window.said")[0] == "Making “Tables (Excel)”. It is saved when it is ready."
    expect(button).to_be_focused()


def test_a_press_that_is_a_double_one_signs_off_once_and_is_told_where_the_focus_is(staff):
    officer = staff(RoleName.OFFICER, size="phone", at="/summary")
    officer.settle()
    officer.unfold("Sign this off as a report")
    officer.page.get_by_label("Title").fill("Pressed twice")
    officer.button("Sign off").dblclick()
    expect(officer.page.locator(".st-key-heard-summary-news")).to_be_focused()
    expect(officer.page.get_by_text(re.compile(r"Signed off as report \d+"))).to_be_in_viewport()

    officer.open("/reports")
    expect(officer.page.get_by_role("link", name="Pressed twice")).to_have_count(1)


def withdraw_some(url: str, people: int) -> None:
    """So many of those who answered the last wave that has closed take their answers back."""
    engine = database.connect(url)
    with database.writing(engine) as session:
        wave = consultations.waves(session, slug="send-services")[-1]
        mine = select(Response).where(Response.wave_id == wave.id, Response.state == ResponseState.SENT)
        for one in session.exec(mine.order_by(col(Response.id).desc()).limit(people)).all():
            own = Own(one.id, one.public_id, wave, one.reference, one.sent_at, "en", {})
            own_response.withdraw(session, own)
    engine.dispose()


def test_what_has_moved_since_a_report_was_signed_off_is_marked_and_plain_to_see(staff, county, size):
    scheme = "dark" if size == "phone" else "light"
    officer = staff(RoleName.OFFICER, size, at="/summary")
    officer.unfold("Sign this off as a report")
    officer.page.get_by_label("Title").fill(f"Before some went, on a {size}")
    officer.press("Sign off")
    expect(officer.page.get_by_text(re.compile(r"Signed off as report \d+"))).to_be_visible()

    withdraw_some(county.server.database_url, 6)
    leader = staff(RoleName.LEADER, size, scheme, at="/reports")
    leader.page.get_by_role("link", name=f"Before some went, on a {size}").click()

    expect(leader.page.get_by_text("Changed since sign-off.").first).to_be_visible()
    expect(leader.page.get_by_text(re.compile(r"\d+ of its sentences would say something else now"))).to_be_visible()
    leader.settle()
    assert leader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert leader.barriers() == []
