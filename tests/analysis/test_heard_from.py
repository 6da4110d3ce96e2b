import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.heard_from import Heard, divided, dropped, enough, gathered, heard, stopped, table
from analysis.proportions import wilson
from analysis.suppression import LEADER, OFFICER, Held
from survey.populations import REST

POPULATION = pd.Series({"E1": 50_000, "E2": 30_000, "E3": 20_000})
NAMES = pd.Series({"E1": "Burnley", "E2": "Wyre"})


def answered(**counts):
    return pd.Series(counts, dtype="int64")


def test_a_group_that_answered_far_less_than_its_share_is_told_and_how_many_more_are_needed():
    found = heard(answered(E1=150, E2=90, E3=10, not_sure=40), POPULATION).set_index("group")

    assert found.loc["E3", "verdict"] == Heard.FEWER
    assert found.loc["E3", "needed"] == enough() - 10
    assert found.loc["E1", "needed"] == 0
    assert found["base"].unique().tolist() == [250]  # those who did not say are no part of it
    assert found["of_population"].tolist() == [0.5, 0.3, 0.2]


def test_groups_that_answered_by_their_share_show_no_clear_difference():
    assert set(heard(answered(E1=52, E2=29, E3=19), POPULATION)["verdict"]) == {Heard.NO_CLEAR_DIFFERENCE}


def test_verdicts_allow_for_every_group_looked_at():
    twenty = pd.Series(dict.fromkeys([f"E{place}" for place in range(20)], 1_000))
    one_out = answered(**{name: 40 if place else 24 for place, name in enumerate(twenty.index)})
    found = heard(one_out, twenty)

    assert binomtest(24, int(found["base"].iloc[0]), 0.05).pvalue < 0.05
    assert found["verdict"].iloc[0] == Heard.NO_CLEAR_DIFFERENCE


def test_before_anybody_answered_nothing_is_said():
    found = heard(answered(), POPULATION)

    assert found["count"].tolist() == [0, 0, 0]
    assert set(found["verdict"]) == {Heard.NO_CLEAR_DIFFERENCE}
    assert table(found, NAMES, OFFICER)["Share of those who answered"].tolist() == ["–"] * 3


def test_so_many_answers_are_enough_and_one_fewer_is_not():
    for base, within in ((enough(), True), (enough() - 1, False)):
        low, high = wilson(pd.Series([0.5]).to_numpy(), pd.Series([float(base)]).to_numpy())
        assert ((high - low) / 2 <= 0.10).item() is within


def test_a_group_is_called_by_its_name_or_else_by_its_code():
    rows = table(heard(answered(E1=150, E2=90, E3=10), POPULATION), NAMES, OFFICER)

    assert rows["Group"].tolist() == ["Burnley", "Wyre", "E3"]
    assert rows["More answers needed"].tolist() == ["enough", "3", "83"]
    assert rows["Heard"].tolist()[2] == "Clearly fewer than their share"


@pytest.mark.parametrize(("policy", "shown"), [(OFFICER, [3, 0, 20]), (LEADER, [None, 0, None])])
def test_where_people_stopped_passes_the_gate(policy, shown):
    figures = stopped(pd.DataFrame({"place": ["first", "second", "third"], "count": [3, 0, 20]}), policy).figures

    assert [None if pd.isna(count) else count for count in figures["count"]] == shown


def test_whoever_reads_out_is_told_roughly_how_many_and_nothing_exact_beside_it():
    rows = table(heard(answered(E1=148, E2=91, E3=3), POPULATION), NAMES, LEADER)

    assert rows["Answered"].tolist() == ["150", "90", "fewer than 8"]
    assert rows["Share of those who answered"].tolist()[2] == "–"
    assert rows["More answers needed"].tolist() == ["enough", "about 5", "more than 85"]


COUNTS = st.dictionaries(st.sampled_from(["en", "easy", "pl", "ur", "ro"]), st.integers(0, 60))
LANGUAGES = pd.Series({"en": "English", "easy": "Easy Read", "pl": "Polish", "ur": "Urdu", "ro": "Romanian"})


@given(COUNTS)
def test_whoever_is_in_none_of_the_groups_is_counted_once_among_the_others(counts):
    found = gathered(answered(**counts), pd.Index(["en", "pl", REST]), rest=REST)

    assert found.sum() == sum(counts.values())
    assert found[REST] == sum(count for code, count in counts.items() if code not in {"en", "pl"})


def test_without_a_group_for_the_others_they_stay_apart():
    assert gathered(answered(en=3, pl=2), pd.Index(["en"]), rest=REST).to_dict() == {"en": 3, "pl": 2}


def test_of_those_who_began_in_a_language_it_is_told_how_many_stopped_with_the_base_and_a_range():
    released = dropped(answered(en=40, pl=12), answered(en=160, pl=8, ur=30), LANGUAGES, OFFICER)
    rows = released.figures.set_index("group")

    assert rows.index.tolist() == ["English", "Polish", "Urdu"]  # in Romanian nobody began
    assert rows.loc["Polish", ["count", "base"]].tolist() == [12, 20]
    low, high = wilson(pd.Series([0.6]).to_numpy(), pd.Series([20.0]).to_numpy())
    assert rows.loc["Polish", ["share", "low", "high"]].tolist() == pytest.approx([0.6, low.item(), high.item()])
    assert rows.loc["Urdu", ["count", "base"]].tolist() == [0, 30]


@given(COUNTS, COUNTS, st.sampled_from([OFFICER, LEADER]))
def test_who_stopped_is_never_shown_of_fewer_than_the_policy_says(left, sent, policy):
    rows = dropped(answered(**left), answered(**sent), LANGUAGES, policy).figures.set_index("group")
    began = {name: left.get(code, 0) + sent.get(code, 0) for code, name in LANGUAGES.items()}

    assert rows.index.tolist() == [name for name, people in began.items() if people]
    shown = rows[rows["held"] == Held.NOT]
    assert all(began[name] >= policy.fewest for name in shown.index)
    assert shown["share"].between(shown["low"] - 1e-9, shown["high"] + 1e-9).all()
    assert rows.loc[rows["held"] != Held.NOT, ["count", "base", "share", "low", "high"]].isna().all(axis=None)


def test_a_group_held_back_cannot_be_found_by_taking_the_others_from_all_who_stopped():
    rows = dropped(answered(en=40, pl=12, ur=2), answered(en=160, pl=8, ur=1), LANGUAGES, OFFICER).figures

    assert rows.set_index("group")["held"].to_dict() == {
        "English": Held.NOT,
        "Polish": Held.PROTECTS,
        "Urdu": Held.FEW,
    }


def test_groups_with_no_population_beside_them_have_the_base_of_those_who_told():
    rows = divided(answered(en=30, pl=10, other=7), LANGUAGES[["en", "pl"]], OFFICER).figures

    assert rows["group"].tolist() == ["English", "Polish"]
    assert rows["count"].tolist() == [30, 10]
    assert rows["base"].tolist() == [40, 40]


def test_groups_with_no_population_beside_them_pass_the_gate():
    rows = divided(answered(en=2, pl=1), LANGUAGES[["en", "pl"]], OFFICER)

    assert rows.shown.empty
