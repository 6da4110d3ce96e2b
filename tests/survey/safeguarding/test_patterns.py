"""Words that may tell of harm are found, also where they are badly written; figures of speech are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.safeguarding.choices import choices
from survey.safeguarding.patterns import kinds_in
from tests.survey.safeguarding.lines import lines

HELD_RECALL = 0.95


def test_of_the_lines_held_back_at_least_95_in_100_are_found():
    disclosures = [line for line in lines("held") if line["serious"] == "1"]

    found = [line for line in disclosures if kinds_in(line["words"])]

    assert len(disclosures) >= 40
    assert len(found) / len(disclosures) >= HELD_RECALL


@pytest.mark.parametrize("line", lines("tuned"), ids=lambda line: line["words"][:40])
def test_the_lines_the_patterns_were_made_on_are_told_apart(line):
    found = kinds_in(line["words"])

    assert (line["kind"] in found) if line["serious"] == "1" else found == ()


@pytest.mark.parametrize(
    "written",
    [
        "He says he wants to kill himself",
        "HE SAYS HE WANTS TO KILL HIMSELF",
        "he says  he wants\nto kill himself!!!",
        "he says he wants to kill him self",
        "He says he wants, to kill himself.",
        "h\u200be says he wants to kill\u00a0himself",
    ],
)
def test_capitals_commas_and_what_hides_between_words_make_no_difference(written):
    assert "self_harm" in kinds_in(written)


@pytest.mark.parametrize("written", ["I can't go on like this", "I can’t go on like this", "i cant go on like this"])
def test_an_apostrophe_may_be_of_any_kind_or_none(written):
    assert kinds_in(written) == ("carer_breaking",)


def test_marks_on_letters_may_be_left_out():
    assert kinds_in("mąż mnie bije") == kinds_in("maz mnie bije") == ("domestic_abuse",)


def test_what_is_over_and_well_is_passed_over_unless_it_is_so_still():
    over = "She used to cut herself at primary but that is all behind us now"

    assert kinds_in(over) == ()
    assert kinds_in(f"{over}. Last night she said she wants to die") == ("self_harm",)


def test_a_gap_does_not_reach_into_the_next_sentence():
    assert kinds_in("I met his dad who may push them to answer") == ("harm_at_home",)
    assert kinds_in("I met his dad. Push them to answer") == ()


@given(st.text(max_size=400))
def test_anything_at_all_may_be_written(text):
    assert set(kinds_in(text)) <= set(choices().kinds)


@given(
    st.lists(st.sampled_from(["he", "dad", "hits", "him", "my son", "in the room", "on his own", "left"]), max_size=900)
)
def test_a_long_comment_of_such_words_is_read(words):
    assert set(kinds_in(" ".join(words))) <= set(choices().kinds)


@given(st.sampled_from([line["words"] for line in lines("tuned") if line["serious"] == "1"]), st.integers(0, 50))
def test_what_is_found_is_found_wherever_in_a_comment_it_stands(words, sentences):
    about = "The OT was kind. "

    assert kinds_in(words) == kinds_in(f"{about * sentences}{words}. {about * sentences}")


def test_no_kind_is_found_by_the_program_that_is_left_to_people():
    assert kinds_in("He is on a part time timetable and was sent home at lunch every day") == ()
    assert "illegal_exclusion" in choices().kinds
