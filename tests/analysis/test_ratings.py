import pandas as pd
import pytest

from analysis.ratings import ratings
from analysis.suppression import LEADER, OFFICER

NAMES = pd.Series({"ot": "Occupational therapy", "slt": "Speech therapy", "new": "Something new"})


def counts(**pairs):
    rows = [(service, *pair) for service, pair in pairs.items()]
    return pd.DataFrame(rows, columns=["service", "count", "base"])


def verdicts(now, before, policy=LEADER):
    return {rated.service: rated.verdict for rated in ratings(now, before, NAMES, policy)}


def test_each_service_is_told_by_its_share_its_range_and_its_change():
    told = ratings(counts(ot=(120, 200)), counts(ot=(60, 200)), NAMES, OFFICER)

    # Wilson limits of 120/200: 0.5308 and 0.6654; Newcombe's of the difference: 0.2039 and 0.3882 (statsmodels).
    (rated,) = told
    assert rated[:3] == ("Occupational therapy", "60% of 200", "53% to 67%")
    assert rated[3:5] == ("better", "between 20 and 39 points higher")
    assert rated.ends == pytest.approx((0.2039, 0.3882), abs=5e-5)


def test_what_fell_is_worse_and_what_did_not_clearly_move_is_said_so():
    now, before = counts(ot=(60, 200), slt=(301, 600)), counts(ot=(120, 200), slt=(300, 600))

    assert verdicts(now, before) == {"Occupational therapy": "worse", "Speech therapy": "no clear change"}


def test_a_share_that_is_held_back_in_either_wave_is_too_few_to_tell():
    assert verdicts(counts(ot=(120, 200)), counts(ot=(7, 200))) == {"Occupational therapy": "too few to tell"}
    assert verdicts(counts(ot=(7, 200)), counts(ot=(120, 200))) == {"Occupational therapy": "too few to tell"}


def test_a_service_that_was_not_asked_about_before_is_too_few_to_tell():
    assert verdicts(counts(new=(120, 200)), counts(ot=(60, 200))) == {"Something new": "too few to tell"}


def test_a_difference_that_looks_clear_only_by_itself_is_told_with_a_warning():
    many = {f"s{number}": (50, 100) for number in range(30)}
    told = ratings(counts(ot=(60, 100), **many), counts(ot=(44, 100), **many), NAMES, OFFICER)[0]

    # Newcombe's interval: 0.0213 to 0.2903 (statsmodels confint_proportions_2indep).
    assert told.verdict == "no clear change"
    assert told.change == "between 2 and 29 points higher, which may be chance among so many comparisons"


def test_in_a_first_wave_nothing_has_changed():
    assert ratings(counts(ot=(120, 200)), None, NAMES, OFFICER)[0].verdict == ""


def test_a_service_that_was_asked_about_otherwise_says_why_and_the_others_are_judged_without_it():
    now, before = counts(ot=(120, 200), slt=(120, 200)), counts(ot=(60, 200), slt=(60, 200))
    renamed, alike = ratings(now, before, NAMES, LEADER, pd.Series({"ot": "It was called “OT”.", "slt": ""}))

    assert renamed[3:] == ("not compared", "It was called “OT”.", None)
    assert alike == ratings(now[1:], before, NAMES, LEADER)[0]
    assert alike[3:5] == ("better", "between 20 and 39 points higher")


def test_where_no_service_may_be_compared_each_says_why():
    told = ratings(counts(ot=(120, 200)), counts(ot=(60, 200)), NAMES, LEADER, pd.Series({"ot": "Other words."}))

    assert [one[3:] for one in told] == [("not compared", "Other words.", None)]
