"""Keying a form twice: a steady sample, compared answer by answer, put right in one go, and counted."""

from uuid import uuid4

import pytest

from survey import second_keying
from survey.database import reading, writing
from survey.errors import KeyingError
from survey.questionnaire import AnswerKey
from survey.responses import NOT_GIVEN, Entered
from survey.tables import Answer, AuditEntry, Channel, Comment, Likeness, Response, SecondKeying
from tests.survey.conftest import NOW, full_answers
from tests.survey.family import family_answers
from tests.survey.test_keying import key_in, stored

RATING, MORE = AnswerKey("rating", "slt"), AnswerKey("tell_us_more", "slt")
QUESTIONS = 15  # that these answers lead to, without the channel


def differing(fieldwork, reference, typed):
    with reading(fieldwork.engine) as session:
        return second_keying.differences(session, fieldwork.wave, reference, typed, NOW)


def settle(fieldwork, reference, typed, **right):
    choices = {AnswerKey.parse(key.replace("__", ":")): choice for key, choice in right.items()}
    with writing(fieldwork.engine) as session:
        return second_keying.settle(session, fieldwork.wave, reference, typed, choices, by="ann", now=NOW)


def test_about_one_form_in_ten_is_chosen_and_always_the_same_ones():
    forms = [uuid4() for _ in range(4000)]

    chosen = [form for form in forms if second_keying.is_chosen(form, 10)]

    assert 300 < len(chosen) < 500
    assert chosen == [form for form in forms if second_keying.is_chosen(form, 10)]
    assert all(second_keying.is_chosen(form, 1) for form in forms)


def test_the_sample_is_of_paper_alone_and_says_which_copy_and_who_keyed_it(fieldwork):
    receipt = key_in(fieldwork, copy="a17")
    key_in(fieldwork, form="a call", entered=Entered("olu", Channel.PHONE))

    with reading(fieldwork.engine) as session:
        (waiting,) = second_keying.waiting(session, fieldwork.wave, 1)

    assert (waiting.reference, waiting.copy, waiting.keyed_by) == (receipt.reference, "A17", "olu")


def test_the_same_answers_differ_in_nothing_however_a_comment_is_spaced(fieldwork):
    reference = key_in(fieldwork).reference
    typed = full_answers() | {MORE: "  We waited \n two years "}

    assert differing(fieldwork, reference, typed) == []
    assert settle(fieldwork, reference, typed) == 0
    assert stored(fieldwork, Response.change) == [1]  # nothing that a figure depends on has changed


def test_each_answer_that_differs_is_shown_with_both_values(fieldwork):
    reference = key_in(fieldwork).reference
    typed = full_answers(plan=NOT_GIVEN) | {RATING: "poor", MORE: "We waited ten years"}

    found = differing(fieldwork, reference, typed)

    assert [str(one.key) for one in found] == ["rating:slt", "tell_us_more:slt", "plan"]
    assert (found[0].first.codes, found[0].second.codes) == (("good",), ("poor",))
    assert found[2].second is None


def test_what_is_right_is_stored_in_one_transaction_and_the_rest_stays_as_it_was(fieldwork):
    reference = key_in(fieldwork).reference
    before = stored(fieldwork, Comment.id)
    typed = full_answers(plan="none", district="E07000128", quotable="no") | {RATING: "poor"}

    number = settle(
        fieldwork, reference, typed, rating__slt="second", plan="first", district="second", quotable="second"
    )

    (response,) = stored(fieldwork, Response)
    assert (response.district, response.quotable, response.change) == ("E07000128", False, 2)
    answers = {(answer.item, answer.service): answer.code for answer in stored(fieldwork, Answer)}
    assert (answers["rating", "slt"], answers["plan", ""]) == ("poor", "ehcp")
    assert stored(fieldwork, Comment.id) == before
    (again,) = stored(fieldwork, SecondKeying)
    assert (again.differences, again.keyed_by) == (number, "ann") == (4, "ann")
    assert stored(fieldwork, AuditEntry)[-1].what == "key in again"


def test_a_service_keyed_once_and_not_twice_is_one_difference_and_brings_or_takes_its_answers(fieldwork):
    reference = key_in(fieldwork).reference
    typed = full_answers(services_used=("slt", "ot")) | {AnswerKey("rating", "ot"): "poor"}
    assert [str(one.key) for one in differing(fieldwork, reference, typed)] == ["services_used"]

    settle(fieldwork, reference, typed, services_used="second")

    rated = {answer.service: answer.code for answer in stored(fieldwork, Answer) if answer.item == "rating"}
    assert rated == {"slt": "good", "ot": "poor"}


def test_when_the_first_was_right_about_the_services_nothing_is_said_of_the_other(fieldwork):
    reference = key_in(fieldwork).reference
    typed = full_answers(services_used=("ot",)) | {AnswerKey("rating", "ot"): "poor"}

    settle(fieldwork, reference, typed, services_used="first")

    assert {answer.service for answer in stored(fieldwork, Answer)} == {"", "slt"}
    assert stored(fieldwork, Comment.words) == ["We waited two years"]


def test_when_words_are_put_right_the_copies_of_them_stay_together(fieldwork):
    reference = key_in(fieldwork, form="one").reference
    for number in range(3):
        key_in(fieldwork, form=f"another {number}")
    first, *others = sorted(stored(fieldwork, Comment.id))
    with writing(fieldwork.engine) as session:
        session.add_all(Likeness(comment_id=other, earlier_id=first, share=0.9) for other in others)

    settle(fieldwork, reference, full_answers() | {MORE: "We waited ten years"}, tell_us_more__slt="second")

    alike = [(row.comment_id, row.earlier_id) for row in stored(fieldwork, Likeness)]
    assert sorted(alike) == [(other, others[0]) for other in others[1:]]
    assert "We waited ten years" in stored(fieldwork, Comment.words)


def test_a_difference_left_open_keeps_nothing(fieldwork):
    reference = key_in(fieldwork).reference

    with pytest.raises(KeyingError, match="Choose which is right"):
        settle(fieldwork, reference, full_answers(plan="none"))

    assert stored(fieldwork, SecondKeying) == []


def test_a_form_is_keyed_again_once(fieldwork):
    reference = key_in(fieldwork).reference
    settle(fieldwork, reference, full_answers())

    with pytest.raises(KeyingError, match="already"):
        settle(fieldwork, reference, full_answers())
    with reading(fieldwork.engine) as session:
        assert second_keying.waiting(session, fieldwork.wave, 1) == []


def test_what_nobody_keyed_is_not_keyed_again(fieldwork):
    with pytest.raises(KeyingError, match="no form"):
        differing(fieldwork, "7GQ2-MX4P", full_answers())


def test_the_answers_compared_are_counted_for_each_form(fieldwork):
    first = key_in(fieldwork, form="one").reference
    second = key_in(fieldwork, form="two").reference
    settle(fieldwork, first, full_answers())
    settle(fieldwork, second, full_answers(plan="none", age_band=NOT_GIVEN), plan="second", age_band="first")

    with reading(fieldwork.engine) as session:
        checked = second_keying.checked(session, fieldwork.wave)

    assert sorted(checked) == [(QUESTIONS, 0), (QUESTIONS, 2)]


# -- child by child ------------------------------------------------------------------------------------------------

TWO = family_answers({"slt": "good"}, {"slt": "poor", "ot": "good"})


@pytest.fixture
def families(open_fieldwork):
    return open_fieldwork("send_children")


def test_each_child_is_compared_for_itself_and_every_question_about_it_counts(families):
    reference = key_in(families, TWO).reference
    typed = TWO | {AnswerKey("rating", "slt", 2): "good", AnswerKey("plan", child=1): NOT_GIVEN}

    assert [str(one.key) for one in differing(families, reference, typed)] == ["plan#1", "rating:slt#2"]

    right = {AnswerKey("rating", "slt", 2): "second", AnswerKey("plan", child=1): "first"}
    with writing(families.engine) as session:
        second_keying.settle(session, families.wave, reference, typed, right, by="ann", now=NOW)
    rated = {(row.child, row.service): row.code for row in stored(families, Answer) if row.item == "rating"}
    assert rated == {(1, "slt"): "good", (2, "slt"): "good", (2, "ot"): "good"}
    with reading(families.engine) as session:
        assert second_keying.checked(session, families.wave) == [(20, 2)]


@pytest.mark.parametrize(("choice", "children"), [("first", {1, 2}), ("second", {1, 2, 3})])
def test_a_child_keyed_once_and_not_twice_is_one_difference_and_brings_or_takes_its_answers(families, choice, children):
    reference = key_in(families, TWO).reference
    typed = family_answers({"slt": "good"}, {"slt": "poor", "ot": "good"}, {"ot": "poor"})

    assert [str(one.key) for one in differing(families, reference, typed)] == ["another_child#2"]

    with writing(families.engine) as session:
        right = {AnswerKey("another_child", child=2): choice}
        assert second_keying.settle(session, families.wave, reference, typed, right, by="ann", now=NOW) == 1
    assert {row.child for row in stored(families, Answer)} - {0} == children
    assert {row.child for row in stored(families, Comment)} - {0} == children
