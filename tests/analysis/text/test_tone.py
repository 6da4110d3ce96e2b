"""How good or bad words sound, with what stands around them."""

import pytest

from analysis.text import tone


@pytest.mark.parametrize(
    "said",
    [
        "that kind of wait",
        "a great deal of paperwork",
        "his brother as well",
        "i would love to see more",
        "we were promised a call",
    ],
)
def test_a_word_has_no_tone_where_it_says_nothing_good(said):
    assert tone.of(said) == (0, 0)


@pytest.mark.parametrize("said", ["very kind of them", "great staff", "they did it well", "i love the new hub"])
def test_the_same_word_has_its_tone_elsewhere(said):
    assert tone.of(said).good > 0


def test_not_turns_what_stands_up_to_five_words_on():
    assert tone.of("did not find the service useful").good == 0
    assert tone.of("did not ring on the day but the nurse was useful").good > 0


@pytest.mark.parametrize("answer", ["no the service was excellent", "no they were excellent"])
def test_no_to_a_question_turns_nothing(answer):
    assert tone.of(answer).good > 0
    assert tone.of("no excellent service here").good == 0
