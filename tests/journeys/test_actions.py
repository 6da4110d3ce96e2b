"""The ledger and the page that everybody reads, in a real browser: what was said, what was done, did it work."""

from playwright.sync_api import expect

from survey.tables import RoleName
from survey.wording import words_in
from tests.journeys.staff import Staff

CHANGED = "/s/send-services/what-changed"


def open_page(leader: Staff, path: str) -> None:
    leader.page.goto(f"{leader.address}{path}")
    leader.settle()


def test_a_leader_reads_the_ledger_adds_to_it_and_prints_what_inspectors_ask_for(staff, size):
    leader = staff(RoleName.LEADER, size, "dark" if size == "phone" else "light", at="/actions")
    expect(leader.page.get_by_text("What later waves say: Felt.")).to_be_visible()
    expect(leader.page.get_by_text("with the same ages there is no clear change")).to_be_visible()
    assert leader.barriers() == []

    leader.page.get_by_label("What is done or decided", exact=True).fill(f"Answer the telephone, says a {size}.")
    leader.press("Add this action")
    expect(leader.page.locator(".heard-notice", has_text="You added this action.")).to_be_visible()
    expect(
        leader.page.locator(".heard-cards").get_by_text(f"Answer the telephone, says a {size}.").first
    ).to_be_visible()
    leader.settle()
    assert leader.barriers() == []

    open_page(leader, "/inspection")
    expect(leader.page.get_by_role("table").first).to_be_visible()
    assert leader.barriers() == []


def test_everybody_reads_what_became_of_it_in_english_and_in_urdu_without_a_script(county, plain_parent, size):
    mother = plain_parent(county.server, size, "dark" if size == "phone" else "light")
    for language in ("en", "ur"):
        mother.page.goto(f"{mother.address}{CHANGED}?language={language}")
        say = words_in(language)
        expect(mother.page.get_by_role("heading", level=1, name=say("changed.title"))).to_be_visible()
        expect(mother.page.get_by_text(say("changed.felt")).first).to_be_visible()
        assert mother.page.evaluate("document.scripts.length") == 0
        assert mother.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert mother.barriers() == []

    mother.page.goto(f"{mother.address}/s/send-services")
    mother.page.get_by_role("link", name=words_in("en")("changed.link")).click()
    expect(mother.page.get_by_role("heading", level=1, name=words_in("en")("changed.title"))).to_be_visible()


def test_a_leader_reads_a_preview_publishes_it_and_withdraws_it_in_the_open(staff, size):
    leader = staff(RoleName.LEADER, size, "dark" if size == "phone" else "light", at="/actions")
    for round_ in ("first", "again"):
        leader.press("Make a preview")
        expect(leader.page.locator(".st-key-heard-actions-news")).to_be_focused()
        expect(leader.page.get_by_role("link", name="Open the preview (in a new tab)")).to_be_in_viewport()
        link = leader.page.get_by_role("link", name="Open the preview (in a new tab)")
        expect(link).to_be_visible()
        with leader.page.context.expect_page() as opened:
            link.click()
        preview = opened.value
        expect(preview.get_by_text(words_in("en")("changed.preview"))).to_be_visible()
        preview.close()
        leader.page.get_by_text("I have read the preview").click()
        leader.settle()
        leader.press("Publish it")
        expect(leader.page.get_by_text("The page is public now.")).to_be_visible()
        if round_ == "first":
            leader.unfold("Withdraw a version")
            assert leader.barriers() == []
            leader.press("Withdraw it now")
            expect(leader.page.get_by_text("Its address says so.").first).to_be_visible()
            answer = leader.page.request.get(f"{leader.address}{CHANGED}")
            assert answer.status == 410
            assert words_in("en")("changed.withdrawn_title") in answer.text()
