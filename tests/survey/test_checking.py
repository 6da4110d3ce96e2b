"""Answers are checked kindly: a clear sentence, in the imperative, and nothing that was written is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.checking import Stored, as_typed, check, clean
from survey.questionnaire import Choice, Comment, Date, Number, Option, Several
from survey.questionnaire_file import shipped
from survey.wording import words_in

WORDS = words_in("en")
TODAY = date(2026, 6, 1)
OPTIONS = (Option(code="a", text={"en": "A"}), Option(code="b", text={"en": "B"}))
COMMON = {"id": "x", "text": {"en": "X?"}}
CHOICE = Choice(kind="choice", options=OPTIONS, **COMMON)
SEVERAL = Several(kind="several", options=OPTIONS, **COMMON)
NUMBER = Number(kind="number", at_least=1, at_most=6, **COMMON)
DAY = Date(kind="date", earliest=date(2015, 1, 1), **COMMON)
COMMENT = Comment(kind="comment", max_length=20, **COMMON)


@pytest.mark.parametrize(
    ("item", "typed", "stored"),
    [
        (CHOICE, "a", Stored(codes=("a",))),
        (SEVERAL, ("b", "a", "b"), Stored(codes=("b", "a"))),
        (NUMBER, " 3 ", Stored(number=3.0)),
        (DAY, "2026-2-9", Stored(day=date(2026, 2, 9))),
        (COMMENT, "  Waited\r\ntwo years ", Stored(words="Waited\ntwo years")),
        (COMMENT, "😡🙏", Stored(words="😡🙏")),
        (COMMENT, "<script>x</script>", Stored(words="<script>x</script>")),
        (COMMENT, "a\x00b\u202ec", Stored(words="abc")),
        (COMMENT, "اردو \u200f", Stored(words="اردو \u200f")),
    ],
)
def test_a_good_answer_is_stored_as_it_was_meant(item, typed, stored):
    assert check(item, typed, WORDS, today=TODAY).stored == stored


@pytest.mark.parametrize(
    ("item", "typed", "told"),
    [
        (CHOICE, None, "Select one of the answers"),
        (CHOICE, "forged", "Select one of the answers shown"),
        (CHOICE, ("a", "b"), "Select one of the answers shown"),
        (SEVERAL, (), "Select at least one"),
        (SEVERAL, ("a", "forged"), "Select one of the answers shown"),
        (NUMBER, "two", "Enter a whole number, like 2"),
        (NUMBER, "2.5", "Enter a whole number, like 2"),
        (NUMBER, "9" * 40, "Enter a whole number, like 2"),
        (NUMBER, "7", "Enter a number from 1 to 6"),
        (DAY, "2026-2-31", "Enter a real date, like 27 3 2026"),
        (DAY, "--", "Enter a real date, like 27 3 2026"),
        (DAY, "2026-6-2", "The date must be today or in the past"),
        (DAY, "2014-12-31", "The date must be on or after 1 January 2015"),
        (COMMENT, "", "Enter a few words"),
        (COMMENT, "x" * 21, "Shorten your answer to 20 characters or fewer. It has 21 now"),
    ],
)
def test_a_wrong_answer_is_told_what_to_do(item, typed, told):
    outcome = check(item, typed, WORDS, today=TODAY)

    assert outcome.problem == told
    assert outcome.stored is None


def test_an_optional_item_may_be_left_out():
    optional = COMMENT.model_copy(update={"optional": True})

    assert check(optional, "", WORDS, today=TODAY) == (None, None)


def test_what_is_missing_is_told_in_the_questionnaires_own_words():
    item = shipped("send_services").item("services_used")

    told = check(item, None, WORDS, today=TODAY).problem

    assert told == "Select at least one service your family has used or tried to get"


EVERY_ITEM = [item for name in ("send_services", "short_breaks") for _, item in shipped(name).items()]


@given(st.sampled_from(EVERY_ITEM), st.one_of(st.none(), st.text(), st.lists(st.text(), max_size=3).map(tuple)))
def test_whatever_is_sent_gets_an_answer_and_never_an_exception(item, typed):
    outcome = check(item, typed, WORDS, today=TODAY)

    assert not (outcome.problem and outcome.stored)
    assert outcome.problem or outcome.stored or item.optional


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_databases_can_hold_the_result(text):
    once = clean(text)

    assert clean(once) == once
    assert "\x00" not in once
    once.encode()


@pytest.mark.parametrize(
    ("item", "stored"),
    [
        (CHOICE, Stored(codes=("a",))),
        (SEVERAL, Stored(codes=("b", "a"))),
        (Number(kind="number", at_most=999_999_999, **COMMON), Stored(number=12_345_678.0)),
        (DAY, Stored(day=date(2026, 2, 9))),
        (COMMENT, Stored(words="Waited\ntwo years")),
    ],
)
def test_a_stored_answer_reads_as_it_would_have_been_typed(item, stored):
    assert check(item, as_typed(item, stored), WORDS, today=TODAY).stored == stored
