"""What was raised and is about nothing that was decided: the most raised first, and nothing that is held back."""

import pandas as pd

from analysis.ledger import Figure
from analysis.suppression import LEADER, release
from analysis.undecided import undecided

LABELS = {"a": "Buses", "b": "Forms", "c": "Letters", "d": "Plans", "e": "Rooms"}
COUNTS = pd.DataFrame({"theme": list("abcdef"), "count": [40, 80, 40, 4, 0, 90], "base": 200})


def test_the_most_raised_come_first_and_those_alike_by_name():
    found = undecided(release(COUNTS, LEADER), LABELS, [])

    assert [one.label for one in found] == ["Forms", "Buses", "Letters"]
    assert found[0].share == Figure(0.4, 0.33, 0.47, 200)


def test_what_was_decided_about_what_is_held_back_what_nobody_raised_and_what_is_not_approved_is_not_listed():
    assert [one.label for one in undecided(release(COUNTS, LEADER), LABELS, ["b", "c"])] == ["Buses"]
    assert undecided(release(COUNTS, LEADER), LABELS, LABELS) == []
