"""What later waves say of an action: felt, not felt, too early or too few, with nothing called felt that is luck."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ledger import (
    Asked,
    Felt,
    Outcome,
    Subject,
    Why,
    asked_alike,
    asked_of,
    clear_changes,
    compared_of,
    evidence_of,
    figure,
    outcomes,
    subject_of,
    titled,
)
from analysis.report import decided
from analysis.report.decided import Share
from analysis.suppression import LEADER, OFFICER
from survey.ledger import Action, ActionState, Compared, Evidence, Plan, Uncompared
from tests.analysis.ledger_waves import ASKED, NORTH, SERVICE, SOUTH, THEME, reworded, wave


def said(waves, subject=SERVICE, *, due=None, policy=LEADER):
    (found,) = outcomes(waves, [Asked(1, subject, 1, due)], policy).values()
    return found


def told(found: Outcome) -> str:
    """What the ledger's page says of it."""
    return decided.since("", found, Share("", "", "")).text.removeprefix("What later waves say: ")


def action(number: int = 1, state: ActionState = ActionState.PLANNED, **plan: object) -> Action:
    return Action(number, 1, state, Plan("Do it", 1, **plan), "", Evidence(), None, {}, ())


def test_a_service_that_is_rated_clearly_better_is_felt_with_its_interval():
    found = said([wave(1, families=200, good=80), wave(2, families=200, good=130)])

    assert found.felt is Felt.FELT
    assert (found.low, found.high) == (0.15, 0.34)  # Newcombe, method 10, of 130/200 and 80/200
    assert told(found) == "Felt. Since then 65% of 200 (58% to 71%): between 15 and 34 points higher."


def test_a_theme_is_felt_when_fewer_criticise_it():
    assert (
        said([wave(1, families=200, good=0, critics=130), wave(2, families=200, good=0, critics=80)], THEME).felt
        is Felt.FELT
    )


def test_a_change_for_the_worse_is_not_felt_and_is_said():
    found = said([wave(1, families=200, good=130), wave(2, families=200, good=80)])

    assert (found.felt, found.why) == (Felt.NOT, Why.WORSE)
    assert told(found).endswith("That is a clear change for the worse.")


def test_no_clear_change_is_not_felt_where_many_answered_and_too_few_to_say_where_few_did():
    assert said([wave(1, families=900, good=450), wave(2, families=900, good=460)]).felt is Felt.NOT
    assert said([wave(1, families=40, good=20), wave(2, families=40, good=20)]).felt is Felt.FEW


def test_a_wave_of_nine_says_too_few_and_shows_no_number():
    found = said([wave(1, families=200, good=80), wave(2, families=9, good=5)])

    assert (found.felt, found.now, found.low) == (Felt.FEW, None, None)
    assert "9" not in told(found)


def test_before_a_later_wave_it_is_too_early():
    assert said([wave(1, families=200, good=80)]).felt is Felt.EARLY
    assert compared_of(said([wave(1, families=200, good=80)])) is Uncompared.NOT_ASKED


def test_nothing_is_compared_where_too_few_answered_then_or_since_or_nobody_has_yet():
    many, few, nobody = (wave(2, families=200, good=80), wave(2, families=9, good=5), wave(2, families=0, good=0))

    assert compared_of(said([wave(1, families=200, good=80), few])) is Uncompared.FEW
    assert compared_of(said([wave(1, families=200, good=80), nobody])) is Uncompared.FEW
    assert compared_of(said([wave(1, families=9, good=5), many])) is Uncompared.FEW


def test_too_few_to_say_is_a_comparison_where_both_shares_may_be_shown():
    found = said([wave(1, families=40, good=20), wave(2, families=40, good=20)])

    assert compared_of(found) == Compared(2, Felt.FEW, found.low, found.high)
    assert compared_of(found).has_figures


def test_a_retired_theme_and_reworded_questions_compare_nothing():
    other = reworded('"Very good"', '"Excellent"')

    assert compared_of(None) is Uncompared.RETIRED
    assert compared_of(said([wave(1, families=200, good=80), wave(2, families=200, good=130, asked=other)])) is (
        Uncompared.NOT_ASKED
    )


def test_a_wave_that_opened_before_the_action_was_due_says_nothing_of_it():
    waves = [wave(1, families=200, good=80), wave(2, families=200, good=130), wave(3, families=200, good=80)]

    assert [one.wave for one in said(waves, due=date(2022, 1, 1)).later] == ["Wave 2", "Wave 3"]
    assert [one.wave for one in said(waves, due=date(2022, 1, 2)).later] == ["Wave 3"]
    assert said(waves, due=date(2024, 1, 1)).felt is Felt.EARLY


def test_later_waves_are_judged_together_and_told_one_by_one():
    waves = [wave(1, families=100, good=40), wave(2, families=100, good=60), wave(3, families=100, good=60)]
    found = said(waves)

    assert found.now.base == 200
    assert [one.wave for one in found.later] == ["Wave 2", "Wave 3"]
    assert "Wave 2: 60% of 100" in told(found)
    assert compared_of(found).wave_id == 3


def test_a_reworded_question_is_left_out_and_said():
    other = reworded('"Very good"', '"Excellent"')
    waves = [wave(1, families=200, good=80), wave(2, families=200, good=130, asked=other)]
    found = said(waves)

    assert (found.felt, found.now) == (Felt.OTHER_WORDS, None)
    assert told(found) == "Not compared. Wave 2 asked this in other words and is left out."
    both = said([*waves, wave(3, families=200, good=130)])
    assert (both.felt, both.reworded, both.now.base) == (Felt.FELT, ("Wave 2",), 200)


def test_a_theme_is_compared_only_where_comments_answer_the_same_questions():
    item = ASKED.item("tell_us_more").text["en"]

    assert asked_alike(ASKED, ASKED, THEME)
    assert not asked_alike(ASKED, reworded(item, "Say what you like"), THEME)
    assert asked_alike(ASKED, reworded(item, "Say what you like"), SERVICE)


@pytest.mark.parametrize(
    ("words", "instead", "subject", "alike"),
    [
        (
            "What happened, what helped, what did not?",
            "What happened?",
            THEME,
            False,
        ),  # a hint under a question for comments
        ("What happened, what helped, what did not?", "What happened?", SERVICE, True),
        ('"Occupational therapy"', '"OT"', SERVICE, False),
        ('"Occupational therapy"', '"OT"', Subject(service="slt"), True),
        ('"Occupational therapy"', '"OT"', THEME, True),
    ],
)
def test_a_break_is_a_break_by_the_rule_that_over_time_goes_by(words, instead, subject, alike):
    other = reworded(words, instead)

    assert other != ASKED
    assert asked_alike(ASKED, other, subject) is alike
    waves = [wave(1, families=200, good=80), wave(2, families=200, good=130, asked=other)]
    assert (said(waves, subject).felt is Felt.OTHER_WORDS) is not alike


def test_a_rise_that_is_gone_within_the_same_ages_is_not_felt():
    """The young are all content and the old are not, in both waves; more of the young answer in the second."""
    before = wave(1, families=300, good=100, bands=["0_4" if one <= 100 else "16_18" for one in [0, *range(1, 300)]])
    now = wave(2, families=300, good=200, bands=["0_4" if one <= 200 else "16_18" for one in [0, *range(1, 300)]])
    found = said([before, now])

    assert (found.felt, found.why) == (Felt.NOT, Why.MIX)
    assert "same ages" in told(found)


def test_districts_are_counted_alone_and_their_neighbour_is_not_told_by_subtraction():
    here = Subject(service="ot", districts=(NORTH,))
    mixed = wave(1, families=200, good=100, districts=[NORTH, SOUTH])
    alone = wave(1, families=200, good=100, districts=[NORTH] * 39 + [SOUTH])

    assert figure(mixed, here, LEADER).base == 100
    assert figure(alone, here, LEADER) is None, "the five others would be what is left of the county"
    assert figure(alone, SERVICE, LEADER).base == 200


def test_every_action_more_makes_it_harder_to_call_one_felt():
    waves = [wave(1, families=120, good=48), wave(2, families=120, good=63)]
    many = [Asked(1, SERVICE, 1)] + [
        Asked(place, Subject(theme="waiting", districts=tuple([NORTH] * place)), 1) for place in range(2, 22)
    ]

    assert outcomes(waves, many[:1], OFFICER)[1].felt is Felt.FELT
    assert outcomes(waves, many, OFFICER)[1].felt is not Felt.FELT


def test_two_actions_that_ask_the_same_are_one_comparison():
    waves = [wave(1, families=120, good=48), wave(2, families=120, good=63)]
    twice = [Asked(place, SERVICE, 1) for place in range(1, 40)]

    assert {found.felt for found in outcomes(waves, twice, OFFICER).values()} == {Felt.FELT}


def test_where_nothing_changed_few_ledgers_call_anything_felt():
    """Of five hundred ledgers of ten in which nothing changes, about 5 % may; 8 % allows for chance in this count."""
    random = np.random.default_rng(7)
    all_of = np.ones(10, dtype=bool)
    wrong = 0
    for _ in range(500):
        count, before = (random.binomial(100, 0.5, 10) for _ in range(2))
        counts = pd.DataFrame({"count": count, "base": 100, "count_before": before, "base_before": 100})
        wrong += clear_changes(counts, all_of, all_of)["better"].any()

    assert wrong / 500 <= 0.08


@settings(max_examples=15)
@given(st.integers(0, 60), st.integers(0, 60), st.data())
def test_no_number_is_told_where_either_wave_is_too_small_for_the_reader(first, second, data):
    good = data.draw(st.integers(0, first)), data.draw(st.integers(0, second))
    found = said([wave(1, families=first, good=good[0]), wave(2, families=second, good=good[1])])

    if min(first, second) < LEADER.fewest:
        assert (found.felt, found.now, found.then, found.low) == (Felt.FEW, None, None, None)
    if found.low is not None:
        assert found.low <= found.high
        assert found.now.base % LEADER.step == found.then.base % LEADER.step == 0


def test_an_action_asks_about_its_theme_as_it_stands_now_and_a_retired_one_asks_nothing():
    assert subject_of(Plan("x", 1, theme_id=7, districts=("a",)), {7: "waiting"}) == Subject(
        "waiting", districts=("a",)
    )
    assert subject_of(Plan("x", 1, theme_id=8), {7: "waiting"}) is None
    assert asked_of([action(theme_id=8)], {}) == []


def test_what_is_not_being_done_is_not_compared():
    assert asked_of([action(state=ActionState.REFUSED, service="ot"), action(2, service="ot")], {})[0].key == 2


def test_the_evidence_kept_is_what_was_released():
    assert evidence_of(figure(wave(1, families=203, good=81), SERVICE, LEADER)) == Evidence(0.4, 0.33, 0.47, 205)
    assert evidence_of(None) == Evidence()


@pytest.mark.parametrize(("still_open", "called"), [(True, "Wave 1 (still open)"), (False, "Wave 1")])
def test_a_wave_that_still_takes_answers_says_so(still_open, called):
    assert titled("Wave 1", still_open=still_open) == called
