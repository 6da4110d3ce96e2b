"""Codes can be read aloud, written down and typed back by tired people."""

import re

from hypothesis import given
from hypothesis import strategies as st

from survey import codes


def test_a_code_has_groups_of_four_without_letters_that_are_taken_for_figures():
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", codes.code(3))


@given(st.integers(1, 5), st.randoms())
def test_a_code_is_understood_however_it_is_typed(groups, random):
    made = codes.code(groups)
    typed = "".join(random.choice((letter.lower(), letter, f" {letter}")) for letter in made.replace("-", " "))
    typed = typed.replace("0", random.choice("0oO")).replace("1", random.choice("1iIlL"))

    assert codes.tidied(typed) == made


def test_what_is_stored_differs_by_purpose_and_does_not_hold_the_secret():
    kept = codes.hashed("7GQ2-MX4P-T9RD", purpose="resume")

    assert kept != codes.hashed("7GQ2-MX4P-T9RD", purpose="device")
    assert "7GQ2" not in kept


def test_a_code_in_words_has_five_and_each_is_told_from_every_other():
    assert len(codes.phrase().split("-")) == 5
    assert len(codes.WORDS) == len(set(codes.WORDS)) == 512
    assert all(4 <= len(word) <= 7 and word.isalpha() and word.islower() for word in codes.WORDS)


@given(st.integers(min_value=0), st.randoms())
def test_a_code_in_words_is_understood_however_it_is_typed(number, random):
    made = codes.phrase_from(str(number), purpose="test")
    between = random.choice((" ", ", ", "-", "", " – ", "\n"))
    typed = between.join(random.choice((word, word.upper(), word.capitalize())) for word in made.split("-"))

    assert codes.tidied_phrase(typed) == made


def test_a_letter_left_out_doubled_or_wrong_is_nearly_always_forgiven():
    rest = codes.WORDS[:4]
    slips = [
        (word, slip)
        for word in codes.WORDS
        for at in range(1, len(word))
        for slip in (word[:at] + word[at + 1 :], word[:at] + word[at - 1 :], f"{word[:at]}x{word[at + 1 :]}")
    ]
    understood = [codes.tidied_phrase(" ".join((*rest, slip))) == "-".join((*rest, word)) for word, slip in slips]

    assert sum(understood) / len(understood) > 0.98


@given(st.text())
def test_whatever_is_typed_is_read_without_complaint(typed):
    assert isinstance(codes.tidied_phrase(typed), str)


def test_the_code_that_goes_with_a_secret_is_always_the_same_and_another_for_another_purpose():
    assert codes.phrase_from("a", purpose="one") == codes.phrase_from("a", purpose="one")
    assert codes.phrase_from("a", purpose="one") != codes.phrase_from("a", purpose="two")


def test_a_checked_code_checks_however_it_is_typed():
    made = codes.checked()

    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", made)
    assert codes.checks(made)
    assert codes.checks(made.lower().replace("-", " "))


@given(st.integers(0, 7), st.sampled_from(codes.ALPHABET))
def test_one_mistyped_character_is_noticed(place, letter):
    bare = codes.checked().replace("-", "")
    mistyped = bare[:place] + letter + bare[place + 1 :]

    assert codes.checks(mistyped) == (letter == bare[place])


@given(st.integers(0, 6))
def test_two_neighbours_that_changed_places_are_noticed(place):
    bare = codes.checked().replace("-", "")
    here, there = bare[place], bare[place + 1]
    swapped = bare[:place] + there + here + bare[place + 2 :]

    assert not codes.checks(swapped) or here == there or {here, there} == {"0", "Z"}


@given(st.text(max_size=12))
def test_anything_else_that_is_typed_is_no_fault_of_the_program(typed):
    assert codes.checks(typed) in {True, False}
