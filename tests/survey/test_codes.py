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
