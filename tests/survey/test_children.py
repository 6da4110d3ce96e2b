"""One child after another: each with its own services, pages that always end, and a child that can be taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from survey import children, drafts, frames, responses
from survey.database import reading, writing
from survey.questionnaire import AnswerKey, Optioned, Several
from survey.questionnaire_file import shipped
from survey.routing import CHECK_ANSWERS, Page, children_told, in_force, items_on, page_after, page_before, pages
from survey.tables import Answer, Comment
from survey.telling import heading, progress, together
from survey.wording import words_in
from tests.survey.conftest import NOW
from tests.survey.family import child_answers, family_answers

ASKED = shipped("send_children")
MOST = ASKED.children.at_most
SAY = words_in("en")


@st.composite
def anything(draw):
    """Any answers at all: sensible, forged or missing, about any child, one that is not told of among them."""
    answers = {}
    for section, item in ASKED.items():
        if isinstance(item, Optioned):
            codes = st.sampled_from([option.code for option in item.options] + ["forged"])
            typed = st.lists(codes, max_size=4).map(tuple) if isinstance(item, Several) else codes
        else:
            typed = st.text(max_size=8)
        about = st.tuples(st.sampled_from([None, "slt", "ot"]), st.sampled_from([None, 1, 2, 3, MOST, MOST + 1]))
        for service, child in draw(st.lists(about, max_size=4)):
            answers[AnswerKey(item.id, service, child)] = draw(typed)
        if section.each_child:
            answers |= {AnswerKey("another_child", child=number): "yes" for number in range(1, draw(st.integers(1, 9)))}
    return answers


families = st.lists(
    st.dictionaries(st.sampled_from(["slt", "ot", "camhs"]), st.sampled_from(["good", "poor"]), min_size=1),
    min_size=1,
    max_size=MOST,
).map(lambda told: family_answers(*told))


@given(anything())
def test_pages_are_finite_each_seen_once_and_child_by_child(answers):
    walked, page = [], pages(ASKED, answers)[0]
    while page is not None:
        walked.append(page)
        assert len(walked) < MOST * 30
        page = page_after(ASKED, page, answers)

    assert walked == pages(ASKED, answers)
    assert len(set(walked)) == len(walked)
    told = [page.child for page in walked if page.child]
    assert told == sorted(told)
    assert set(told) == set(range(1, children_told(ASKED, answers) + 1))
    assert children_told(ASKED, answers) <= MOST


@given(anything())
def test_back_undoes_continue_from_child_to_child(answers):
    for page in pages(ASKED, answers):
        following = page_after(ASKED, page, answers)
        assert following is None or page_before(ASKED, following, answers) == page


@given(anything())
def test_no_answer_that_is_asked_is_lost_and_none_that_is_not_asked_is_sent(answers):
    asked = {key for page in pages(ASKED, answers) for _, key in items_on(ASKED, page, answers)}

    kept = in_force(ASKED, answers)

    assert set(kept) == asked & set(answers)
    assert all(not key.child or key.child <= children_told(ASKED, answers) for key in kept)


@given(families, st.dictionaries(st.sampled_from(["slt", "ot"]), st.just("poor"), min_size=1))
def test_adding_a_child_and_taking_it_out_gives_back_what_was_there(family, ratings):
    told = children_told(ASKED, family)
    if told == MOST:
        return
    added = family | {AnswerKey("another_child", child=told): "yes"} | child_answers(told + 1, **ratings)

    left = children.without(ASKED, added, told + 1)

    assert in_force(ASKED, left) == family
    assert added.keys() - left.keys() <= {AnswerKey("another_child", child=told + 1)}


@given(families, st.integers(-1, MOST + 2))
def test_the_children_who_stay_keep_all_they_said_in_order_and_nothing_is_asked_again(family, out):
    told = children_told(ASKED, family)

    left = in_force(ASKED, children.without(ASKED, family, out))

    stay = [number for number in range(1, told + 1) if number != out] or [1]
    assert children_told(ASKED, left) == len(stay)
    for now, before in enumerate(stay, start=1):
        assert said_of(left, now) == said_of(family, before)
    asked = {key for page in pages(ASKED, left) for item, key in items_on(ASKED, page, left) if not item.optional}
    assert asked <= set(left)


def said_of(answers, child):
    return {
        (key.item, key.service): typed
        for key, typed in answers.items()
        if key.child == child and key.item != "another_child"
    }


def test_what_was_said_of_a_child_taken_out_comes_back_when_a_child_is_added_again():
    family = family_answers({"slt": "good"}, {"ot": "poor"}, {"camhs": "good"})

    left = children.without(ASKED, family, 2)
    again = left | {AnswerKey("another_child", child=2): "yes"}

    assert AnswerKey("rating", "ot", 2) not in in_force(ASKED, left)
    assert again[AnswerKey("rating", "ot", 3)] == "poor"
    assert children_told(ASKED, again) == 3


def test_each_child_has_pages_for_its_own_services_and_the_family_comes_after_all_of_them():
    walk = pages(ASKED, family_answers({"slt": "good", "ot": "poor"}, {"slt": "poor"}))

    assert [str(page) for page in walk] == [
        "child#1", "services#1", "about_service:slt#1", "about_service:ot#1", "child_more#1",
        "child#2", "services#2", "about_service:slt#2", "child_more#2",
        "change", "about_you",
    ]  # fmt: skip


def test_the_last_child_there_is_room_for_is_not_asked_about_another():
    walk = [{"slt": "good"}] * MOST
    answers = family_answers(*walk) | {AnswerKey("another_child", child=MOST): "yes"}

    asked = [item.id for item, _ in items_on(ASKED, Page("child_more", child=MOST), answers)]

    assert children_told(ASKED, answers) == MOST
    assert "another_child" not in asked
    assert children_told(ASKED, children.without(ASKED, answers, 1)) == MOST - 1


def test_a_page_of_a_child_no_longer_told_of_leads_to_what_comes_after_the_children():
    answers = family_answers({"slt": "good"})

    assert page_after(ASKED, Page("services", child=2), answers) == Page("change")


def test_a_page_about_a_service_no_longer_chosen_leads_on_with_the_same_child():
    answers = family_answers({"slt": "good"}, {"slt": "good"})

    assert page_after(ASKED, Page("about_service", "ot", 1), answers) == Page("about_service", "slt", 1)


def test_headings_and_progress_say_which_child():
    walk = pages(ASKED, family_answers({"slt": "good"}, {"slt": "good"}))
    page = Page("about_service", "slt", 2)

    assert heading(ASKED, page, SAY) == "Child 2: Speech and language therapy"
    assert progress(ASKED, page, walk, SAY) == "Part 7 of 10: Child 2"
    assert heading(ASKED, Page("change"), SAY) == "In your own words"
    assert [(child, len(of)) for child, of in together(ASKED, walk)] == [(1, 4), (2, 4), (0, 2)]


# -- in the database -----------------------------------------------------------------------------------------------

TWO = family_answers({"slt": "good", "ot": "poor"}, {"slt": "very_poor"})


@pytest.fixture
def families_asked(open_fieldwork):
    return open_fieldwork("send_children")


def stored(engine, what):
    with reading(engine) as session:
        return session.exec(select(what)).all()


def test_the_same_service_is_stored_and_read_by_child(families_asked):
    draft = families_asked.begin(answers=TWO)
    with writing(families_asked.engine) as session:
        responses.send(session, draft.id, now=NOW)

    answers = [row for row in stored(families_asked.engine, Answer) if row.item == "rating"]
    rated = {(row.child, row.service): row.code for row in answers}
    assert rated == {(1, "slt"): "good", (1, "ot"): "poor", (2, "slt"): "very_poor"}
    said = {(row.child, row.service): row.words for row in stored(families_asked.engine, Comment) if row.service}
    assert said[2, "slt"] == "Child 2 waited for slt"
    assert len(said) == 3

    with reading(families_asked.engine) as session:
        seen = frames.changes(session, families_asked.wave, families_asked.questionnaire.roles)
    ratings = seen.answers[seen.answers["item"] == "rating"]
    assert set(ratings[["child", "service", "code"]].itertuples(index=False, name=None)) == {
        (1, "slt", "good"), (1, "ot", "poor"), (2, "slt", "very_poor"),
    }  # fmt: skip
    assert sorted(seen.comments.loc[seen.comments["service"] == "slt", "child"]) == [1, 2]
    assert seen.responses[["age_band", "plan"]].to_numpy().tolist() == [["", ""]]


def test_a_child_said_to_be_no_more_stays_in_the_draft_and_is_not_sent(families_asked):
    one = {AnswerKey("another_child", child=1): "no"}
    draft = families_asked.begin(answers=TWO | one)

    assert AnswerKey("rating", "slt", 2) in draft.answers
    with writing(families_asked.engine) as session:
        responses.send(session, draft.id, now=NOW)

    assert {row.child for row in stored(families_asked.engine, Answer)} == {0, 1}
    assert {row.child for row in stored(families_asked.engine, Comment)} == {0, 1}


def test_a_child_is_taken_out_once_however_often_the_button_is_chosen(families_asked):
    draft = families_asked.begin(answers=family_answers({"slt": "good"}, {"ot": "poor"}, {"camhs": "good"}))

    for _ in range(2):
        with writing(families_asked.engine) as session:
            left = children.take_out(session, draft.id, ASKED, 2, told=3, now=NOW)

    assert left.place == CHECK_ANSWERS
    assert children_told(ASKED, left.answers) == 2
    assert left.answers[AnswerKey("rating", "camhs", 2)] == "good"
    with reading(families_asked.engine) as session:
        assert drafts.locked(session, draft.id).answers == left.answers


def test_nothing_is_taken_out_of_a_draft_that_has_gone(families_asked):
    draft = families_asked.begin(answers=TWO)
    with writing(families_asked.engine) as session:
        responses.send(session, draft.id, now=NOW)

        assert children.take_out(session, draft.id, ASKED, 2, told=2, now=NOW) is None
