"""A summary signed off as a report, from the router down to a real database: what moves, what goes, and what stays."""

import re

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from analysis.placing import Placing
from analysis.report.content import loaded
from analysis.report.moved import moved
from analysis.suppression import LEADER
from pages.ui import data, show
from survey import database, own_response, theming
from survey.changes import stamp
from survey.own_response import Own
from survey.tables import Comment, Report, ReportQuote, Response, StruckQuote, Theme
from survey.theming import Seen
from tests.pages.collecting import WYRE, Group, add_themes, collect
from tests.pages.officers.test_methods import checked_by_two

WAIT, KIND = "Waiting took far too long and nobody told us anything at all", "Kindness made all the difference to us"


def different(words, people, **more):
    """So many people who say it in words of their own."""
    return [Group(1, words=f"{words}, and this is number {number:03}", **more) for number in range(people)]


def collected():
    add_themes("Waiting", "Kindness")
    collect(*different(WAIT, 63), *different(KIND, 20), Group(40, district=WYRE, quotable=False))


def opened(app: AppTest, page: str = "summary", **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    shown = app.run().switch_page(f"leaders/{page}.py").run()
    assert not shown.exception
    return shown


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def fill(page: AppTest, label: str, text: str) -> None:
    next(box for box in [*page.text_input, *page.text_area] if box.label == label).set_value(text)


def signed(app: AppTest) -> AppTest:
    """The summary, signed off as it stands."""
    return press(opened(app, "summary"), "Sign off")


def stored():
    with database.reading(database.engine()) as session:
        return session.exec(select(Report)).one()


def content_now():
    """What the summary says at this moment, worked out afresh."""
    wave = data.waves()[0]
    data.look_again(wave)
    state = data.now(wave)
    return data.making(state, None, LEADER, show.LIGHT, data.asked(state)).report.content


def withdraw(response_id: int) -> None:
    wave = data.waves()[0]
    with database.writing(database.engine()) as session:
        response = session.get_one(Response, response_id)
        own = Own(response_id, response.public_id, wave, response.reference, response.sent_at, "en", {})
        own_response.withdraw(session, own)


def test_a_sentence_shows_where_it_comes_from_when_it_is_selected(leader):
    collected()
    told = markup(opened(leader, "summary"))

    assert '<details class="heard-spine"><summary>Where this comes from</summary>' in told
    assert "People who raised this in at least one comment, divided by people" in told
    assert "Counted: First wave, theme “Waiting”." in told
    (seed,) = set(re.findall(r"Chance begins from the number (\d+)", told))
    of_waiting = told[told.index("between 76% and 89%") :].partition("</details>")[0]
    assert f"Chance began from the number {seed}." in of_waiting


def test_leaders_read_and_only_officers_sign_off(leader):
    collected()
    page = opened(leader, "summary")

    assert "For officers" not in [heading.value for heading in page.header]
    assert [button.label for button in page.button if button.label in {"Sign off", "Strike it out"}] == []


def test_a_report_is_found_by_its_number_and_says_what_was_signed_off(officer):
    collected()
    signed(officer)
    listed = markup(opened(officer, "reports"))
    page = opened(officer, "reports", report="1")

    assert 'href="/reports?report=1"' in listed
    assert page.title[0].value == "SEND services in Lancashire: First wave"
    assert "Most of those who commented raised this: 84% of about 125, between 76% and 89%." in markup(page)
    assert "Changed since sign-off" not in markup(page)
    assert "Program: 0.1.0+" in markup(page)


def test_a_report_says_what_reading_came_to_here_and_how_good_people_who_checked_it_found_it(officer):
    checked_by_two()
    page = signed(officer)
    told = loaded(stored().content).here

    assert told[0] == "50 comments so far, of which 50 have been read."
    assert "45 comments coded, drawn by chance from 50." in told
    assert any(line.startswith("On the themes two people agree to 1.00") for line in told)
    assert any(line.startswith("Where it was sure of the tone, the computer was right in") for line in told)
    assert "It learned from lines written for it" in " ".join(loaded(stored().content).wrong)
    assert told[0] in markup(opened(page, "reports", report=str(stored().id)))


def test_below_a_quotation_stands_in_which_tone_it_was_read(officer):
    add_themes("Waiting")
    collect(*different(WAIT, 40), *different("It was a wonderful wait, said nobody, but we did like the", 20))
    page = signed(officer)
    for told in (markup(opened(page, "summary")), markup(opened(page, "reports", report=str(stored().id)))):
        quoted = told.partition("<blockquote")[2]
        assert re.search(
            r'<footer class="heard-small" lang="en" dir="ltr">Read as (negative|neutral|positive)\.', quoted
        )


def test_a_title_in_urdu_is_shown_as_it_was_given(officer):
    collected()
    page = opened(officer, "summary")
    fill(page, "Title", "خاندانوں نے کیا کہا")
    press(page, "Sign off")

    assert opened(officer, "reports", report="1").title[0].value == "خاندانوں نے کیا کہا"


@pytest.mark.parametrize("asked", ["99", "one", "-1", "9" * 40])
def test_an_address_that_names_no_report_says_so_and_lists_what_there_is(officer, asked):
    page = opened(officer, "reports", report=asked)

    assert page.title[0].value == "Reports"
    assert "There is no report" in markup(page) or "names no report" in markup(page)
    assert "No report has been signed off yet." in markup(page)


@pytest.mark.parametrize("people", [0, 9])
def test_with_nothing_read_or_a_wave_of_nine_there_is_nothing_to_sign_off(officer, people):
    add_themes("Waiting")
    collect(*([Group(people)] if people else []))
    page = opened(officer, "summary")

    assert "Too few comments have been read" in markup(page)
    assert "Sign off" not in [button.label for button in page.button]


def test_after_a_withdrawal_exactly_the_sentences_whose_figures_change_are_marked(officer):
    """Three of 63 take their answers back one by one: marked is what comes out otherwise when worked out afresh."""
    collected()
    signed(officer)
    kept = loaded(stored().content)
    before = {sentence.key: sentence.text for sentence in kept.sentences}
    with database.reading(database.engine()) as session:
        theirs = session.exec(select(Comment.response_id).where(col(Comment.words).startswith("Waiting"))).all()[:3]

    for response_id in theirs:
        withdraw(response_id)
        now = {sentence.key: sentence.text for sentence in content_now().sentences}
        changed = {key for key, text in before.items() if now.get(key) != text}

        page = opened(officer, "reports", report="1")

        assert markup(page).count("Changed since sign-off.") == len(changed)
        assert set(moved(kept, content_now())) >= changed
    assert 0 < len(changed) < len(before)
    assert "theme.waiting.raised" in changed
    assert loaded(stored().content) == kept


def test_what_is_taken_back_is_quoted_nowhere_any_more(officer):
    collected()
    signed(officer)
    with database.reading(database.engine()) as session:
        quoted = session.exec(select(Comment).join(ReportQuote).order_by(col(Comment.id))).first()
    words = quoted.words
    assert words in markup(opened(officer, "reports", report="1"))

    withdraw(quoted.response_id)
    data.look_again(data.waves()[0])

    assert words not in markup(opened(officer, "reports", report="1"))
    assert "1 of its quotations are not shown any more." in markup(officer)
    assert words not in markup(opened(officer, "summary"))
    assert words not in stored().content


def in_language(tag: str) -> None:
    """Every comment in that language, as after somebody translated it or took the translation away."""
    with database.writing(database.engine()) as session:
        for comment in session.exec(select(Comment)).all():
            comment.language = tag
            session.add(comment)
        stamp(session, set(session.exec(select(Comment.response_id)).all()))
    data.look_again(data.waves()[0])


def test_what_a_person_translated_is_quoted_and_marked_and_gone_once_the_translation_is_taken_away(officer):
    collected()
    in_language("en-t-ur")
    signed(officer)
    told = markup(opened(officer, "reports", report="1"))
    assert "Translated from Urdu by a person" in told
    assert "nobody has put them into English" not in told

    in_language("ur")
    page = markup(opened(officer, "reports", report="1"))

    assert WAIT not in page
    assert "of its quotations are not shown any more." in page
    assert "About 125 comments are not in English and nobody has put them into English." in markup(
        opened(officer, "summary")
    )


def test_merging_themes_after_sign_off_changes_no_byte_of_the_report(officer):
    collected()
    signed(officer)
    before = stored().content
    with database.writing(database.engine()) as session:
        one, other = session.exec(select(Theme).order_by(col(Theme.label))).all()
        owner = data.waves()[0].consultation_id
        theming.merge(session, owner, Seen(one.id, one.version), [Seen(other.id, other.version)], by="officer")
    data.look_again(data.waves()[0])

    page = opened(officer, "reports", report="1")

    assert stored().content == before
    assert "84% of about 125" in markup(page)
    assert "Changed since sign-off." in markup(page)


def test_other_words_are_marked_as_edited_with_what_was_computed_beside_them(officer):
    collected()
    signed(officer)
    page = opened(officer, "reports", report="1")
    page.selectbox(key="report-sentence").set_value("theme.kindness.raised").run()
    fill(page, "In other words", "16% spoke of kindness.")
    press(page, "Save wording")

    told = markup(page)
    assert "<p>16% spoke of kindness.</p>" in told
    assert "Put in other words by officer on" in told
    assert "Computed: Some of those who commented raised this: 16% of about 125" in told

    fill(page, "In other words", "17% spoke of kindness.")
    press(page, "Save wording")
    assert "does not say 17" in page.error[0].value

    fill(page, "In other words", "")
    told = markup(press(page, "Save wording"))
    assert "The sentence stands as it was computed again." in told
    assert "Put in other words by" not in told


def test_a_quotation_is_struck_out_with_a_reason_and_the_next_takes_its_place(officer):
    collected()
    page = opened(officer, "summary")
    first = page.selectbox(key="summary-strike-which").value
    with database.reading(database.engine()) as session:
        words = session.get_one(Comment, first).words
    had = markup(page).count("<blockquote")

    press(page, "Strike it out")
    assert "Enter the reason" in page.error[0].value

    fill(page, "Reason", "A school may be recognised")
    press(page, "Strike it out")

    quotes = [body for body in (element.proto.body for element in page.get("html")) if "<blockquote" in body]
    assert words not in " ".join(quotes)
    assert markup(page).count("<blockquote") == had
    with database.reading(database.engine()) as session:
        assert session.exec(select(StruckQuote)).one().reason == "A school may be recognised"

    press(page, "Let it stand again")
    with database.reading(database.engine()) as session:
        assert session.exec(select(StruckQuote)).all() == []


def test_whom_it_leaves_out_is_measured_once_comments_have_their_place(officer):
    collected()
    assert "This has not been measured yet" in markup(opened(officer, "summary"))

    placing = Placing(database.engine())
    placing.place_comments()
    placing.place_themes()

    told = markup(opened(officer, "summary"))
    assert "this summary speaks for" in told
    assert "As many words of comments drawn by chance speak for" in told


def test_a_visitor_is_offered_no_reports(app):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.run().switch_page("leaders/reports.py").run()
