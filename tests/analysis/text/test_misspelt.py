"""A misspelt word is known by the many who spell it, and no word is taken for another."""

from collections import Counter

import pytest

from analysis.text.misspelt import misspelt


@pytest.mark.parametrize(
    ("wrongly", "rightly"),
    [
        ("realy", "really"),  # a letter not doubled
        ("recieve", "receive"),  # two letters that changed places
        ("untill", "until"),  # a letter doubled
        ("diffrent", "different"),  # a vowel missing
        ("ambulence", "ambulance"),  # a vowel for another
        ("appoinment", "appointment"),  # in a long word, any letter
        ("sendias", "sendiass"),  # a name that no dictionary has
    ],
)
def test_a_slip_is_put_right_by_what_is_written_far_more_often(wrongly, rightly):
    assert misspelt(Counter({wrongly: 2, rightly: 8})) == {wrongly: rightly}


@pytest.mark.parametrize(
    ("rare", "common"),
    [
        ("career", "carer"),
        ("setting", "sitting"),
        ("charge", "change"),
        ("plan", "plans"),
        ("thorough", "through"),
        ("filing", "filling"),
    ],
)
def test_a_rare_word_is_not_taken_for_a_common_one(rare, common):
    assert misspelt(Counter({rare: 2, common: 80})) == {}


def test_a_slip_in_what_is_a_slip_itself_is_put_right_too():
    said = Counter({"shccool": 2, "shcool": 10, "school": 400})

    assert misspelt(said) == {"shccool": "school", "shcool": "school"}


def test_nothing_is_put_right_by_what_is_written_hardly_more_often():
    assert misspelt(Counter({"sendias": 5, "sendiass": 9})) == {}


def test_the_order_of_words_changes_nothing():
    said = {"sendias": 2, "sendiass": 9, "recieve": 2, "receive": 8}

    assert misspelt(Counter(said)) == misspelt(Counter(dict(reversed(said.items()))))
