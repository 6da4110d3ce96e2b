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
