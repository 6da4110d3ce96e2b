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


@given(st.integers(min_value=0), st.randoms(), st.integers(0, 4))
def test_one_slip_in_a_word_is_forgiven(number, random, place):
    made = codes.phrase_from(str(number), purpose="test")
    words = made.split("-")
    word = words[place]
    at = random.randrange(1, len(word))
    words[place] = word[:at] + word[at + 1 :]  # a letter left out

    assert codes.tidied_phrase(" ".join(words)) in {made, "-".join(words)}


@given(st.text())
def test_whatever_is_typed_is_read_without_complaint(typed):
    assert isinstance(codes.tidied_phrase(typed), str)


def test_the_code_that_goes_with_a_secret_is_always_the_same_and_another_for_another_purpose():
    assert codes.phrase_from("a", purpose="one") == codes.phrase_from("a", purpose="one")
    assert codes.phrase_from("a", purpose="one") != codes.phrase_from("a", purpose="two")
