"""Who is asked what: every walk ends, and nothing is asked that does not apply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire import AnswerKey, Optioned, Several
from survey.questionnaire_file import shipped
from survey.routing import Page, depended_on, in_force, items_on, page_after, page_before, pages

NAMES = ("send_services", "short_breaks")


@st.composite
def answered(draw, name: str):
    """Any answers to a questionnaire, sensible, forged or missing."""
    asked = shipped(name)
    services = st.sampled_from([None, "slt", "ot", "break_time", "forged"])
    given_answers = {}
    for _, item in asked.items():
        if isinstance(item, Optioned):
            codes = st.sampled_from([option.code for option in item.options] + ["forged"])
            typed = st.lists(codes, max_size=5).map(tuple) if isinstance(item, Several) else codes
        else:
            typed = st.one_of(st.sampled_from(["2", "6", "900", "-1", ""]), st.text(max_size=8))
        for service in draw(st.lists(services, max_size=3)):
            given_answers[AnswerKey(item.id, service)] = draw(typed)
    return asked, given_answers


anybody = st.sampled_from(NAMES).flatmap(answered)


@given(anybody)
def test_going_on_from_the_first_page_always_ends_and_sees_every_page_once(somebody):
    asked, answers = somebody
    walked, page = [], pages(asked, answers)[0]

    while page is not None:
        walked.append(page)
        assert len(walked) <= 60
        page = page_after(asked, page, answers)

    assert walked == pages(asked, answers)
    assert len(set(walked)) == len(walked)


@given(anybody)
def test_back_undoes_continue(somebody):
    asked, answers = somebody

    for page in pages(asked, answers):
        following = page_after(asked, page, answers)
        assert following is None or page_before(asked, following, answers) == page


@given(anybody)
def test_only_answers_to_what_is_asked_are_in_force(somebody):
    asked, answers = somebody

    kept = in_force(asked, answers)

    asked_now = {key for page in pages(asked, answers) for _, key in items_on(asked, page, answers)}
    assert set(kept) == asked_now & set(answers)


@given(st.sampled_from(NAMES).flatmap(answered), st.sampled_from(["gone", "each_child"]))
def test_a_page_that_is_no_longer_asked_still_leads_somewhere_or_to_the_end(somebody, section):
    asked, answers = somebody

    following = page_after(asked, Page(section, child=9), answers)

    assert following is None or following in pages(asked, answers)


def test_each_service_chosen_has_a_page_in_the_order_offered():
    asked = shipped("send_services")

    walk = pages(asked, {AnswerKey("services_used"): ("transport", "slt")})

    assert walk[1:3] == [Page("about_service", "slt"), Page("about_service", "transport")]


def test_none_of_these_is_not_a_service():
    walk = pages(shipped("short_breaks"), {AnswerKey("breaks_used"): ("none_used",)})

    assert all(page.service is None for page in walk)


@pytest.mark.parametrize(("typed", "blocks"), [("2", 2), ("99", 6), ("", 0), ("two", 0), ("-1", 0), ("9" * 40, 0)])
def test_there_is_a_block_for_each_child_up_to_the_most(typed, blocks):
    walk = pages(shipped("short_breaks"), {AnswerKey("children_count"): typed})

    assert [page.child for page in walk if page.child] == list(range(1, blocks + 1))


def test_a_question_that_hangs_on_another_appears_with_its_answer_and_goes_with_it():
    asked, page = shipped("send_services"), Page("outcomes")

    with_it = items_on(asked, page, {AnswerKey("outcome_right_help"): "disagree"})
    without = items_on(asked, page, {AnswerKey("outcome_right_help"): "agree"})

    assert [item.id for item, _ in with_it][-1] == "right_help_missing"
    assert "right_help_missing" not in [item.id for item, _ in without]
    assert depended_on(asked, page) == {"outcome_right_help"}


names = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)


@given(st.builds(Page, names, st.none() | names, st.none() | st.integers(1, 20)))
def test_a_page_comes_back_the_same_from_its_name(page):
    assert Page.parse(str(page)) == page
