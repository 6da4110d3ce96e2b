"""A parent answers in a real browser: nothing is chosen for them, nothing is lost, they always know where they are."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from survey import database
from survey.tables import Comment, Response
from tests.journeys.parent import ABOUT_YOU, AUTISM, CHANGE, ITEMS, OUTCOMES, PAGES, SERVICES, SPEECH, WORDS
from tests.running import Server
from tests.scene import open_consultation


def stored(server: Server, what: sa.Select) -> list:
    engine = database.connect(server.database_url)
    with database.reading(engine) as session:
        rows = session.execute(what).all()
    engine.dispose()
    return rows


def references(server: Server) -> set[str]:
    return {row.reference for row in stored(server, sa.select(Response.reference))}


def test_a_parent_answers_the_whole_questionnaire_on_a_phone_and_is_thanked(asking, parent):
    mother = parent(asking, size="phone")

    mother.answer_all()
    mother.send()

    assert mother.heading == WORDS("thanks.title")
    reference = mother.page.locator(".heard-strong").first.inner_text()
    written = sa.select(Comment.words).join(Response).where(Response.reference == reference)
    assert {row.words for row in stored(asking, written)} == {
        AUTISM["tell_us_more"],
        SPEECH["tell_us_more"],
        CHANGE["one_change"],
    }


def test_nothing_is_chosen_before_the_parent_chooses(asking, parent):
    mother = parent(asking)
    mother.begin()

    for answers in PAGES:
        assert mother.page.locator("input:checked").count() == 0, mother.step
        mother.answer(answers)


def test_every_step_has_its_own_title_and_puts_the_reader_at_its_heading(asking, parent):
    mother = parent(asking)
    mother.begin()
    titles = [mother.page.title()]

    for answers in PAGES:
        mother.answer(answers)
        expect(mother.page.get_by_role("heading", level=1)).to_be_focused()
        assert mother.page.title().startswith(mother.heading)
        titles.append(mother.page.title())

    assert len(set(titles)) == len(titles)


def test_what_to_put_right_is_listed_at_the_top_and_beside_each_question(asking, parent):
    mother = parent(asking)
    mother.begin()
    mother.answer(SERVICES)

    mother.go_on()

    summary = mother.page.locator(".heard-error-summary")
    message = WORDS.missing(ITEMS["rating"])
    expect(summary).to_be_focused()
    assert mother.page.title().startswith(WORDS("problem.title_prefix"))
    expect(summary.get_by_role("link")).to_have_text([message])
    expect(mother.page.locator(".heard-error")).to_have_text([f"{WORDS('problem.prefix')} {message}"])

    summary.get_by_role("link").click()
    expect(mother.page.locator("input:focus")).to_have_attribute("type", "radio")

    mother.answer(AUTISM)
    expect(mother.page.locator(".heard-error, .heard-error-summary")).to_have_count(0)


def test_going_back_keeps_what_was_answered_even_unfinished(asking, parent):
    mother = parent(asking)
    mother.begin()
    mother.answer(SERVICES)
    mother.fill({"tell_us_more": "Half a sentence"})

    mother.press_and_move("step.back")
    for code in SERVICES["services_used"]:
        expect(mother.option(ITEMS["services_used"], code)).to_be_checked()

    mother.go_on()
    expect(mother.box("tell_us_more")).to_have_value("Half a sentence")


def test_a_reload_loses_nothing_that_was_continued_past(asking, parent):
    mother = parent(asking)
    mother.begin()
    mother.answer(SERVICES, AUTISM)
    here = mother.step

    mother.page.reload()
    mother.settle()

    assert mother.step == here
    mother.press_and_move("step.back")
    expect(mother.option(ITEMS["rating"], AUTISM["rating"])).to_be_checked()
    expect(mother.box("tell_us_more")).to_have_value(AUTISM["tell_us_more"])


def test_words_are_kept_as_soon_as_the_parent_leaves_the_box(asking, parent):
    mother = parent(asking)
    mother.begin()
    mother.answer(SERVICES)
    mother.box("tell_us_more").fill("Written, and not continued past")
    mother.box("tell_us_more").blur()
    mother.settle()

    mother.page.reload()
    mother.settle()

    expect(mother.box("tell_us_more")).to_have_value("Written, and not continued past")


def test_a_question_that_hangs_on_an_answer_appears_at_once(asking, parent):
    mother = parent(asking)
    mother.begin()
    mother.answer(SERVICES, AUTISM, SPEECH)
    missing_help = mother.box("right_help_missing")
    expect(missing_help).to_have_count(0)

    mother.option(ITEMS["outcome_right_help"], "disagree").check(force=True)
    expect(missing_help).to_be_visible()

    mother.option(ITEMS["outcome_right_help"], "agree").check(force=True)
    expect(missing_help).to_have_count(0)


def test_two_clicks_on_send_send_once(asking, parent):
    mother = parent(asking)
    mother.answer_all()
    before = references(asking)

    mother.button(WORDS("check.send")).dblclick()
    expect(mother.page.get_by_role("heading", level=1, name=WORDS("equality.offer"))).to_be_visible()
    mother.page.reload()
    mother.settle()
    mother.press_and_move("equality.no")

    shown = mother.page.locator(".heard-strong").first.inner_text()
    assert references(asking) - before == {shown}


def test_one_answer_can_be_changed_on_the_way_out(asking, parent):
    mother = parent(asking)
    mother.answer_all()

    change = mother.page.get_by_role("button", name=re.compile(WORDS("check.change"))).nth(1)
    change.click()
    expect(mother.box("tell_us_more")).to_have_value(AUTISM["tell_us_more"])
    mother.settle()
    mother.fill({"tell_us_more": "Three years and four months."})
    mother.go_on()

    assert mother.heading == WORDS("check.title")
    expect(mother.page.get_by_text("Three years and four months.")).to_be_visible()


def test_a_parent_goes_on_at_another_device_with_a_code(asking, parent):
    mother, at_the_library = parent(asking, size="phone"), parent(asking, size="desktop")
    mother.begin()
    mother.answer(SERVICES, AUTISM)
    mother.unfold(WORDS("step.later"))
    mother.press(WORDS("step.later_code"))
    shown = mother.page.locator(".heard-code").inner_text()
    code = re.search(r"[a-z]+(-[a-z]+){4}", shown).group()

    at_the_library.open()
    at_the_library.unfold(WORDS("start.elsewhere"))
    at_the_library.page.get_by_role("textbox", name=WORDS("start.resume_label")).fill(code.title().replace("-", " "))
    at_the_library.press_and_move("start.resume_go")

    assert at_the_library.step == mother.step
    at_the_library.answer(SPEECH, OUTCOMES, CHANGE, ABOUT_YOU)
    expect(at_the_library.page.get_by_text(AUTISM["tell_us_more"])).to_be_visible()


def test_a_wrong_code_says_so_and_keeps_what_was_typed(asking, parent):
    mother = parent(asking)
    mother.open()
    mother.unfold(WORDS("start.elsewhere"))
    code = mother.page.get_by_role("textbox", name=WORDS("start.resume_label"))
    code.fill("lemon river candle tiger stone")

    mother.press(WORDS("start.resume_go"))

    expect(mother.page.locator(".heard-error-summary")).to_contain_text(WORDS("problem.resume_unknown"))
    expect(code).to_have_value("lemon river candle tiger stone")


def test_a_server_that_is_killed_and_started_again_has_lost_nothing(tmp_path, parent):
    server = Server(tmp_path)
    open_consultation(server.database_url)
    with server:
        mother = parent(server, lost_server=True)
        mother.begin()
        mother.answer(SERVICES, AUTISM)
        here = mother.step

        server.kill()
        server.start()

        # The page reconnects by itself; whoever would rather not wait reloads it.
        mother.page.reload()
        mother.settle()
        assert mother.step == here
        mother.answer(SPEECH, OUTCOMES, CHANGE, ABOUT_YOU)
        expect(mother.page.get_by_text(AUTISM["tell_us_more"])).to_be_visible()


def test_an_open_page_outlives_the_server_and_its_next_click_counts(tmp_path, parent):
    server = Server(tmp_path)
    open_consultation(server.database_url)
    with server:
        mother = parent(server, lost_server=True)
        mother.begin()
        mother.answer(SERVICES)
        mother.fill(AUTISM)
        mother.box("tell_us_more").blur()
        mother.settle()

        server.kill()
        server.start()

        expect(mother.button(WORDS("step.continue"))).to_be_enabled(timeout=60_000)
        before = mother.step
        mother.press(WORDS("step.continue"))
        expect(mother.page.locator(f'#heard-step:not([data-step^="{before}"])')).to_be_attached(timeout=60_000)
        mother.settle()
        mother.press_and_move("step.back")
        expect(mother.option(ITEMS["rating"], AUTISM["rating"])).to_be_checked()
        expect(mother.box("tell_us_more")).to_have_value(AUTISM["tell_us_more"])


def test_what_is_pasted_is_shown_as_it_was_and_never_run(asking, parent):
    mother = parent(asking)
    mother.page.on("dialog", lambda dialog: pytest.fail(f"ran: {dialog.message}"))
    pasted = "<img src=x onerror=alert(1)> =HYPERLINK(1) **not bold** مرحبا 👪"
    mother.begin()
    mother.answer(SERVICES, AUTISM | {"tell_us_more": pasted}, SPEECH, OUTCOMES, CHANGE, ABOUT_YOU)

    shown = mother.page.locator(".heard-answers").nth(1)
    expect(shown).to_contain_text(pasted)
    expect(shown.locator("img")).to_have_count(0)
