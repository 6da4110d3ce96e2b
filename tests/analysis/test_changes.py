"""What changed between two waves: judged together, through the gate, and never across a question that was changed."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis import change_words
from analysis.changes import MIXES, changes, mixes
from analysis.comparability import statements
from analysis.compare import Verdict, differences
from analysis.following import Kind, lines, told_in
from analysis.proportions import independent
from analysis.suppression import LEADER, OFFICER
from survey.areas import followed, read
from survey.questionnaire_file import shipped
from tests.analysis.waves import ASKED, PENDLE, WYRE, fieldwork, group, in_districts, reworded
from tests.survey.test_areas import EXAMPLE

BEFORE = fieldwork("May", group(40, "good"), group(60, "poor"), opened="2025-05-01")
AFTER = fieldwork("June", group(80, "good", tone="positive"), group(20, "poor"))
AGE = next(mix for mix in MIXES if mix.name == "Age of child")


def row(told, kind, key):
    of = told.of(kind)
    return of[of["key"] == key].iloc[0]


def test_a_service_that_is_rated_well_by_many_more_is_better_with_newcombes_interval():
    found = row(changes(AFTER, BEFORE, OFFICER), Kind.SERVICE, "slt")
    low, high = confint_proportions_2indep(80, 100, 40, 100, method="newcomb")

    assert found["verdict"] == Verdict.BETTER
    assert (found["difference_low"], found["difference_high"]) == pytest.approx((low, high), abs=1e-9)
    assert (found["share_then"], found["base_then"]) == (0.4, 100)


def test_fewer_negative_comments_are_better_and_a_theme_is_only_said_less_often():
    told = changes(AFTER, BEFORE, OFFICER)

    assert row(told, Kind.SENTIMENT, "negative")["verdict"] == Verdict.BETTER
    assert row(told, Kind.SENTIMENT, "positive")["verdict"] == Verdict.BETTER
    assert row(told, Kind.THEME, "waiting")["verdict"] == Verdict.LESS


def test_turned_round_better_is_worse():
    assert row(changes(BEFORE, AFTER, OFFICER), Kind.SERVICE, "slt")["verdict"] == Verdict.WORSE


def test_a_service_with_nine_ratings_is_too_few_to_tell_and_its_interval_is_not_said():
    few = fieldwork("June", group(80), group(9, service="ot"))
    then = fieldwork("May", group(80), group(60, "poor", service="ot"))
    told = changes(few, then, OFFICER)

    assert row(told, Kind.SERVICE, "ot")["verdict"] == Verdict.TOO_FEW
    table = change_words.table(told, Kind.SERVICE).set_index("What")
    assert table.loc["Occupational therapy", "How far"] == "–"


def test_a_change_that_was_tested_has_its_range_told_however_wide_it_is():
    few = fieldwork("June", group(80), group(8, service="ot"), group(8, "poor", service="ot"))
    then = fieldwork("May", group(80), group(8, service="ot"), group(8, "poor", service="ot"))
    told = changes(few, then, OFFICER)
    table = change_words.table(told, Kind.SERVICE).set_index("What")

    assert row(told, Kind.SERVICE, "ot")["verdict"] == Verdict.TOO_FEW
    assert "lower and" in table.loc["Occupational therapy", "How far"]


def test_what_was_compared_is_said_and_what_became_of_it_adds_up():
    told = changes(AFTER, BEFORE, OFFICER)
    every = pd.concat([told.of(kind) for kind in Kind])
    first, *_, last = change_words.summed_up(told)

    assert first.startswith(f"{len(every)} things followed since ")
    assert f"These {told.compared} comparisons are judged together." in first
    assert told.compared - told.among_alike == every["q"].notna().sum()
    clear = int(every["verdict"].isin(change_words.CLEAR).sum())
    same, few = (int(part) for part in re.findall(r": (\d+)\.", last))
    assert clear + same + few == len(every)


def test_whatever_either_wave_holds_back_is_held_back_of_the_change():
    then = fieldwork("May", group(80), group(4, "poor", service="ot"))
    now = fieldwork("June", group(80), group(60, service="ot"))
    found = row(changes(now, then, OFFICER), Kind.SERVICE, "ot")

    assert found[["share_then", "base_then", "difference", "difference_low", "difference_high", "q"]].isna().all()
    assert found["verdict"] == Verdict.TOO_FEW


def test_officers_words_are_corrected_by_benjamini_and_hochberg_and_leaders_by_holm():
    for policy, method in ((OFFICER, "fdr_bh"), (LEADER, "holm")):
        told = changes(AFTER, BEFORE, policy)
        now, then = independent(lines(AFTER)), independent(lines(BEFORE))
        pairs = now.assign(count_before=then["count"], base_before=then["base"])
        p = differences(pairs[(pairs["base"] >= 10) & (pairs["base_before"] >= 10)])["p"]
        expected = multipletests(p, method=method)[1]

        shown = told.released.figures.loc[p.index, "q"]
        assert told.compared == len(p)
        pd.testing.assert_series_equal(
            shown.dropna(),
            pd.Series(expected, index=p.index, name="q")[shown.notna()],
            atol=0.005 + 1e-9 if policy.whole_percent else 1e-9,
        )


@given(st.integers(0, 30), st.integers(0, 30), st.sampled_from([OFFICER, LEADER]))
@settings(max_examples=5)
def test_two_waves_alike_never_show_a_change(good, poor, policy):
    then, now = (fieldwork(title, group(good), group(poor, "poor")) for title in ("May", "June"))
    told = changes(now, then, policy)

    verdicts = told.released.figures["verdict"]
    assert not verdicts.isin([Verdict.BETTER, Verdict.WORSE, Verdict.MORE, Verdict.LESS]).any()


def test_a_wave_with_nothing_in_it_is_too_few_to_tell_in_everything():
    told = changes(fieldwork("June"), BEFORE, OFFICER)

    assert told.compared == 0
    assert change_words.summed_up(told) == [
        "Too few people answered in both waves to tell whether anything has changed since May."
    ]
    assert change_words.too_small(told, OFFICER) == [
        "Fewer than ten people answered June, so no change is put into words."
    ]


def test_a_statement_in_other_words_is_not_compared_and_a_sentence_says_how_it_was():
    was = reworded(ASKED, "My child is well prepared for their next steps", "My child is ready")
    told = changes(AFTER, fieldwork("May", group(90), asked=was), OFFICER)

    assert "outcome_next_steps" not in told.of(Kind.STATEMENT)["key"].tolist()
    assert "outcome_identified" in told.of(Kind.STATEMENT)["key"].tolist()
    (why,) = told.not_compared
    assert why.startswith("A question was asked in other words in May. Then it was “My child is ready")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"Very poor"', '"Awful"', "the same answers in other words"),
        ('"code":"very_poor"', '"code":"awful"', "since then “Very poor” came in and “Very poor” went"),
        ("Overall, how good or poor has it been", "How good has it been", "in other words"),
        ('"id":"rating"', '"id":"rated"', "another question"),
    ],
)
def test_ratings_are_not_compared_once_the_question_or_its_answers_are_others(before, after, told):
    was = reworded(ASKED, before, after) if before != '"id":"rating"' else _with_another_rating()
    found = changes(AFTER, fieldwork("May", group(90), asked=was), OFFICER)

    assert found.of(Kind.SERVICE).empty
    assert any(told in why for why in found.not_compared)


def _with_another_rating():
    return reworded(reworded(ASKED, '"id":"rating"', '"id":"rated"'), '"rating":"rating"', '"rating":"rated"')


def test_answers_in_another_order_are_other_answers():
    item = ASKED.item("rating")
    turned = item.model_copy(update={"options": item.options[::-1]})
    was = reworded(ASKED, item.model_dump_json(by_alias=True), turned.model_dump_json(by_alias=True))

    assert any("another order" in why for why in changes(AFTER, fieldwork("May", asked=was), OFFICER).not_compared)


def test_a_service_by_another_name_breaks_and_the_others_go_on():
    was = reworded(ASKED, '"Physiotherapy"', '"Physio"')
    told = changes(AFTER, fieldwork("May", group(90), asked=was), OFFICER)

    assert "“Physiotherapy” was called “Physio” in May." in told.not_compared
    assert "slt" in told.of(Kind.SERVICE)["key"].tolist()


def test_another_question_for_comments_breaks_tone_and_themes():
    was = reworded(ASKED, '"Tell us more about it"', '"What went wrong?"')
    told = changes(AFTER, fieldwork("May", group(90), asked=was), OFFICER)

    assert told.of(Kind.SENTIMENT).empty
    assert told.of(Kind.THEME).empty


def test_a_better_translation_or_a_new_picture_breaks_nothing():
    was = reworded(ASKED, '"picture":"good_or_bad"', '"picture":"map"')

    assert changes(AFTER, fieldwork("May", group(90), asked=was), OFFICER).not_compared == []


def test_waves_by_child_and_by_family_are_not_compared_in_their_ratings():
    told = changes(AFTER, fieldwork("May", group(30), asked=shipped("send_children")), OFFICER)

    assert told.of(Kind.SERVICE).empty
    assert any("for each child in May" in why for why in told.not_compared)
    assert mixes(AFTER, fieldwork("May", asked=shipped("send_children"))) == []


def test_a_rise_that_comes_of_other_families_is_told_as_that():
    """Half of those with young children find it good, a tenth of the others; and young ones are many more now."""
    then = fieldwork("May", *families(young=40, older=160))
    now = fieldwork("June", *families(young=160, older=40))
    told = changes(now, then, OFFICER, mix=AGE)
    found = row(told, Kind.SERVICE, "slt")

    assert found["verdict"] == Verdict.BETTER
    assert found["mix"] == pytest.approx(found["difference"], abs=1e-9)
    assert found["alike_verdict"] in (Verdict.NO_CLEAR_CHANGE, Verdict.TOO_FEW)
    (sentence,) = change_words.mix_sentences(told)
    assert "went up by 24 points. Of the 24 points, 24 come from different families answering." in sentence


def test_a_rise_that_is_real_is_not_put_down_to_others_answering():
    told = changes(AFTER, BEFORE, OFFICER, mix=AGE)

    assert told.of_mix().empty  # all of one age: there is nothing to tell apart
    mixed = [*families(young=50, older=50)]
    better = [*group(40, band="0_4"), *group(10, "poor", band="0_4")], [*group(30), *group(20, "poor")]
    told = changes(fieldwork("June", *better), fieldwork("May", *mixed), OFFICER, mix=AGE)
    assert row(told, Kind.SERVICE, "slt")["alike_verdict"] == Verdict.BETTER
    assert change_words.mix_sentences(told) == [
        "For no service does it make more than five points that other families answered."
    ]


def test_by_what_families_are_told_apart_is_what_both_waves_asked_alike():
    older = reworded(ASKED, '"0 to 4"', '"0 to 5"')

    assert [mix.name for mix in mixes(AFTER, BEFORE)] == [mix.name for mix in MIXES]
    assert [mix.name for mix in mixes(AFTER, fieldwork("May", asked=older))] == ["Plan", "District"]


def families(*, young, older):
    return (
        group(young // 2, band="0_4"), group(young - young // 2, "poor", band="0_4"),
        group(older // 10), group(older - older // 10, "poor"),
    )  # fmt: skip


def test_a_wave_under_earlier_districts_is_told_in_the_later_ones_and_nobody_is_lost():
    then = fieldwork("2027", *[group(size, district=code) for code, size in DISTRICTS_2027.items()])
    then = in_districts(then, T01="Ashmoor", T02="Birkdene", T03="Coldwell", T04="Dunford")
    now = in_districts(fieldwork("2028"), T91="Norland", T92="Westerley", T93="Easterley", T04="Dunford")
    became = followed(read(EXAMPLE), then.scope.places.index, now.scope.places.index)
    moved = told_in(then, became.into, now.scope.places)

    lived = moved.frames.responses["district"].astype("str").value_counts()
    assert lived.to_dict() == {"T91": 50, "T04": 25, "": 15, "not_sure": 5}
    assert lived.sum() == then.responses == moved.responses
    by_district = lines(moved, partly=became.partly).query("kind == 'Districts'").set_index("key")["base"]
    assert by_district.to_dict() == {"T91": 50, "T04": 25}


DISTRICTS_2027 = {"T01": 20, "T02": 30, "T03": 15, "T04": 25, "not_sure": 5}


def test_the_rest_of_the_wave_is_the_same_under_whatever_districts_it_is_told():
    then = fieldwork("2027", group(30, district=WYRE), group(20, "poor", district=PENDLE))
    moved = told_in(then, {WYRE: PENDLE, PENDLE: PENDLE}, then.scope.places)
    one, other = (lines(wave).query("kind != 'Districts'") for wave in (moved, then))

    pd.testing.assert_frame_equal(one, other)


def test_statements_are_the_questions_that_point_one_way_or_the_other_but_for_the_rating():
    assert set(statements(ASKED).index) == {
        "outcome_identified", "outcome_decisions", "outcome_right_help", "outcome_next_steps", "outcome_included"
    }  # fmt: skip


def test_a_service_that_is_not_asked_about_any_more_is_said():
    was = reworded(ASKED, '"code":"physio"', '"code":"hydro"')
    told = changes(AFTER, fieldwork("May", group(90), asked=was), OFFICER)

    assert "“Physiotherapy” is not asked about any more." in told.not_compared
    assert "“Physiotherapy” was not asked about in May." in told.not_compared
