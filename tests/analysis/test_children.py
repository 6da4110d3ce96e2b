"""Children and families are counted apart: shares are of children, and families decide what is sure and shown."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.api import OLS

from analysis import children
from analysis.charts.live import people_who
from analysis.columns import ANSWERS, COMMENTS, RESPONSES
from analysis.overview import Measure, Scaled, Scope
from analysis.proportions import effective_base, independent, shares
from analysis.ratings import ratings
from analysis.suppression import LEADER, OFFICER, Held, release
from survey.questionnaire import Tone
from tests.analysis.test_tallies import comment, rated, rating, response, rows

SERVICES, DISTRICTS = ["ot", "slt"], ["north", "south"]
NAMES = pd.Series({"ot": "Occupational therapy", "slt": "Speech therapy"})

# Pups of 32 litters that lived to 21 days, of those alive at 4: Weil (1970), table 1 of Rao and Scott (1992).
CONTROL = [(13, 13), (12, 12), (9, 9), (9, 9), (8, 8), (8, 8), (12, 13), (11, 12), (9, 10), (9, 10), (8, 9), (11, 13),
           (4, 5), (5, 7), (7, 10), (7, 10)]  # fmt: skip
TREATED = [(12, 12), (11, 11), (10, 10), (9, 9), (10, 11), (9, 10), (9, 10), (8, 9), (8, 9), (4, 5), (7, 9), (4, 7),
           (5, 10), (3, 6), (3, 10), (0, 7)]  # fmt: skip


def families(*told, district="north", service="ot", first=1):
    """Ratings of one service, each family a string: a good rating is g and a poor one p, a letter for each child."""
    codes = {"g": "good", "p": "poor"}
    answers = [
        rating(number, codes[letter], service, child)
        for number, letters in enumerate(told, start=first)
        for child, letter in enumerate(letters, start=1)
    ]
    return answers, [response(number, district) for number in range(first, first + len(told))]


def said(*groups):
    answers = [row for group, _ in groups for row in group]
    responses = [row for _, group in groups for row in group]
    return rated(rows(ANSWERS, *answers), rows(RESPONSES, *responses))


def line(*told):
    (row,) = children.by_service(said(families(*told)), ["ot"]).to_dict("records")
    return row


def test_children_and_the_families_they_are_of_are_counted_apart():
    answers, _ = families("gp", "g", "ppp")

    assert line("gp", "g", "ppp") | {"effective": 0} == {
        "service": "ot", "count": 2, "base": 6, "effective": 0, "people": 3, "people_yes": 2, "people_no": 2,
    }  # fmt: skip
    frame = children.children(rows(ANSWERS, *answers), rows(COMMENTS, comment(1, 9, "negative", child=2)))
    told = children.told(frame)
    assert told == (7, 4)
    assert str(told) == "7 children in 4 families"
    assert str(children.Told(1, 1)) == "1 child in 1 family"


def test_each_child_is_a_row_with_its_own_age_and_plan():
    age = {"item": "age_band", "service": ""}
    answers = rows(
        ANSWERS,
        {"response_id": 1, "child": 1, "code": "5_10"} | age,
        {"response_id": 1, "child": 2, "code": "0_4"} | age,
        {"response_id": 1, "child": 1, "code": "ehcp", "item": "plan", "service": ""},
        {"response_id": 1, "child": 0, "code": "E07000117", "item": "district", "service": ""},
    )

    frame = children.children(answers, rows(COMMENTS), age_band="age_band", plan="plan")

    assert frame.to_numpy().tolist() == [[1, 1, "5_10", "ehcp"], [1, 2, "0_4", ""]]
    assert children.children(rows(ANSWERS), rows(COMMENTS), age_band="age_band").empty


def test_the_board_and_the_map_count_by_child_too():
    told = said(families("gp", "g"), families("pp", district="south", service="slt", first=10))

    board = children.by_service_and_district(told, SERVICES, DISTRICTS).set_index(["service", "district"])
    assert board[["count", "base", "people"]].to_dict("index") == {
        ("ot", "north"): {"count": 2, "base": 3, "people": 2},
        ("ot", "south"): {"count": 0, "base": 0, "people": 0},
        ("slt", "north"): {"count": 0, "base": 0, "people": 0},
        ("slt", "south"): {"count": 0, "base": 2, "people": 1},
    }
    assert children.by_district(told, DISTRICTS)[["district", "base", "people"]].to_numpy().tolist() == [
        ["north", 3, 2], ["south", 2, 1],
    ]  # fmt: skip
    assert children.by_service(rated(rows(ANSWERS), rows(RESPONSES)), SERVICES)["base"].tolist() == [0, 0]
    assert children.by_service_and_district(told, [], DISTRICTS).empty


def test_children_divide_by_age_each_in_one_group_with_families_behind_them():
    frame = pd.DataFrame(
        [(1, 1, "5_10"), (1, 2, "0_4"), (2, 1, "5_10"), (3, 1, "5_10"), (3, 2, "5_10"), (4, 1, "not_said")],
        columns=["response_id", "child", "age_band"],
    )

    ages = children.by_answer(frame, "age_band", ["0_4", "5_10"])

    assert ages.drop(columns="effective").to_dict("records") == [
        {"answer": "0_4", "count": 1, "base": 5, "people": 3, "people_yes": 1, "people_no": 3},
        {"answer": "5_10", "count": 4, "base": 5, "people": 3, "people_yes": 3, "people_no": 1},
    ]


# -- how sure a share is --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("litters", "design_effect"), [(CONTROL, 1.232495), (TREATED, 3.952861)])
def test_the_design_effect_is_that_of_rao_and_scotts_worked_example(litters, design_effect):
    """The digits are those that R's package PF gives for the data of their table 1 (its page on ``rsb``)."""
    frame = pd.DataFrame(litters, columns=["yes", "alive"])

    (worth,) = effective_base(frame["yes"], frame["alive"], pd.Series(0, index=frame.index))

    assert frame["alive"].sum() / worth == pytest.approx(design_effect, abs=1e-6)


told = st.lists(st.text("gp", min_size=1, max_size=4), min_size=3, max_size=25)


@given(told)
def test_the_variance_is_the_cluster_robust_one_with_families_as_clusters(letters):
    row = line(*letters)
    share, base = row["count"] / row["base"], row["base"]
    good = np.array([letter == "g" for family in letters for letter in family], dtype=float)
    family = np.repeat(np.arange(len(letters)), [len(family) for family in letters])

    robust = OLS(good, np.ones(len(good))).fit(cov_type="cluster", cov_kwds={"groups": family}).cov_params()[0, 0]

    if robust > 1e-12:
        expected = min(share * (1 - share) / robust, base)
        assert row["effective"] == pytest.approx(expected)
    else:  # every family says the same in all: nothing shows how alike they are
        assert row["effective"] == len(letters)


def test_one_child_in_each_family_is_as_good_as_one_answer_from_each_person():
    row = line(*["g"] * 30, *["p"] * 70)

    assert row["effective"] == pytest.approx(99)  # 100/99 x 0.3 x 0.7 / 100, as for people


@pytest.mark.parametrize("alike", [0.0, 0.5, 0.9])
def test_the_interval_holds_the_truth_as_often_as_it_says_however_alike_siblings_are(alike):
    """Families of known truth: a child is rated as its eldest sibling is with probability ``alike``, else anew."""
    luck, truth, times, size = np.random.default_rng(20261126), 0.35, 1_500, 120
    rows_of = []
    for trial in range(times):
        number = luck.choice([1, 2, 3], size=size, p=[0.55, 0.3, 0.15])
        first = luck.random(size) < truth
        anew = luck.random((size, 3)) < truth
        good = np.where(luck.random((size, 3)) < alike, first[:, None], anew)
        good[:, 0] = first
        seen = np.arange(3) < number[:, None]
        rows_of.append(pd.DataFrame({"yes": (good & seen).sum(axis=1), "base": number, "trial": trial}))
    frame = pd.concat(rows_of, ignore_index=True)
    table = frame.groupby("trial")[["yes", "base"]].sum().rename(columns={"yes": "count"})
    worth = effective_base(frame["yes"], frame["base"], frame["trial"])

    def held_it(limits):
        return ((limits["low"] <= truth) & (truth <= limits["high"])).mean()

    allowed, naive = held_it(shares(table.assign(effective=worth))), held_it(shares(table))
    assert 0.935 <= allowed <= 0.965
    if alike >= 0.5:
        assert naive < 0.93  # which is why


def test_what_is_compared_between_waves_is_as_many_independent_answers_as_the_children_are_worth():
    alike = children.by_service(said(families(*["ggg"] * 20, *["ppp"] * 20)), ["ot"])

    alone = independent(alike)

    assert alone[["count", "base"]].to_numpy().tolist() == [[20, 39]]  # 120 children of 40 families
    plain = pd.DataFrame({"count": [3], "base": [9]})
    assert independent(plain) is plain


def test_siblings_who_are_rated_alike_do_not_make_a_change_between_waves():
    """60 % of 120 children and 40 % of 120 is clear if each answers for itself, not from 40 families each."""
    better = children.by_service(said(families(*["ggg"] * 24, *["ppp"] * 16)), ["ot"])
    worse = children.by_service(said(families(*["ggg"] * 16, *["ppp"] * 24)), ["ot"])
    each = ["effective", "people", "people_yes", "people_no"]

    (one,) = ratings(better, worse, NAMES[["ot"]], OFFICER)
    (naive,) = ratings(better.drop(columns=each), worse.drop(columns=each), NAMES[["ot"]], OFFICER)

    assert one.good == "60% of 120"
    assert (one.verdict, naive.verdict) == ("no clear change", "better")


def test_a_service_that_only_the_later_wave_asks_about_is_too_few_to_tell():
    now = children.by_service(said(families(*["gp"] * 20)), SERVICES)
    before = children.by_service(said(families(*["gp"] * 20)), ["slt"])

    assert {row.verdict for row in ratings(now, before, NAMES, OFFICER)} == {"too few to tell"}


# -- what is shown ---------------------------------------------------------------------------------------------------


def held(policy, *told):
    return release(children.by_service(said(families(*told)), ["ot"]), policy).figures["held"].iloc[0]


def test_three_siblings_are_one_family_to_the_gate():
    assert held(OFFICER, *["gpg"] * 4) == Held.FEW  # twelve children, four families
    assert held(OFFICER, *["gp"] * 5) == Held.NOT
    assert held(LEADER, *["gpg"] * 9) == Held.FEW
    assert held(LEADER, *["gpg"] * 10) == Held.NOT


def test_a_small_number_of_families_is_hidden_though_their_children_are_many():
    assert held(LEADER, *["ggg"] * 3, *["p"] * 30) == Held.SMALL  # nine children rate it well, of three families
    assert held(LEADER, *["g"] * 30, *["ppp"] * 3) == Held.SMALL
    assert held(LEADER, *["g"] * 30, *["ppp"] * 8) == Held.NOT


def test_everybody_in_a_small_group_of_families_is_hidden():
    assert held(OFFICER, *["gg"] * 6) == Held.UNANIMOUS  # twelve children, six families


@given(st.lists(st.text("gp", min_size=1, max_size=4), max_size=30), st.sampled_from([OFFICER, LEADER]))
def test_no_figure_is_shown_that_rests_on_few_families(letters, policy):
    shown = held(policy, *letters) == Held.NOT

    yes, no = (sum(letter in family for family in letters) for letter in "gp")
    if shown:
        assert len(letters) >= policy.fewest
        assert not 0 < yes < policy.smallest
        assert not 0 < no < policy.smallest


def test_what_is_shown_says_nothing_of_how_many_families_there_are():
    figures = release(children.by_service(said(families(*["gp"] * 20)), ["ot"]), LEADER).figures

    assert set(figures) == {"service", "count", "base", "share", "low", "high", "held"}


def test_the_words_say_what_the_base_is():
    scope = Scope(NAMES, pd.DataFrame({"name": []}), "rating", {"good": Tone.POSITIVE}, "good", NAMES)
    by_child = Scope(**vars(scope) | {"rated_by_child": True})

    assert people_who(Measure.RATED_GOOD, scope) == "people rated it good"
    assert people_who(Measure.RATED_GOOD, by_child) == "children have it rated good"
    assert people_who(Measure.POSITIVE, by_child) == "people were positive about it"


def test_a_statement_says_in_its_own_words_what_counts_as_agreeing():
    asked = Scaled("helped", "We are helped", "strongly agree or agree", {"agree": Tone.POSITIVE}, by_child=False)
    scope = Scope(NAMES, pd.DataFrame({"name": []}), "", {}, "", NAMES, scaled=(asked,))
    of_children = replace(scope, scaled=(asked._replace(by_child=True),))

    assert scope.rows(Measure.AGREED).to_dict() == {"helped": "We are helped"}
    assert people_who(Measure.AGREED, scope) == "people answered strongly agree or agree"
    assert people_who(Measure.AGREED, of_children) == "children have it answered strongly agree or agree"
