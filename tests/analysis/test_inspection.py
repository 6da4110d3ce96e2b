"""The inspection pack: each outcome with its evidence, its change and its actions, and what is missing."""

from datetime import date

from analysis.inspection import Known, Sought, pack
from analysis.ledger import Felt, Outcome
from analysis.suppression import LEADER
from survey.ledger import Action, ActionState, Evidence, Plan
from tests.analysis.ledger_waves import reworded, wave

TODAY = date(2026, 6, 1)
LISTED = [
    Sought("f.help", "Help comes in time", "outcome_right_help", ("waiting", "gone"), ("ot", "gone")),
    Sought("f.next", "Next steps", "", (), ()),
]


def action(*tags: str) -> Action:
    plan = Plan("Do it", 1, service="ot", tags=tags, owner="Head of therapy", due=date(2026, 1, 1))
    return Action(1, 1, ActionState.PLANNED, plan, "", Evidence(), None, {}, ())


def made(now, before=None, *actions: Action, outcomes=None):
    known = Known(
        {"waiting": "Waiting"},
        {"ot": "Occupational therapy"},
        actions,
        outcomes or {},
        {1: "Not felt. Since then 40% of 200."},
    )
    return pack("SEND", "A source", LISTED, now, before, known, LEADER, today=TODAY)


def test_an_outcome_has_the_question_the_services_and_the_themes_that_are_there_as_evidence():
    first, _ = made(wave(2, families=200, good=130), wave(1, families=200, good=80)).sections

    assert [one.what.partition(":")[0] for one in first.evidence] == [
        "Families who agree", "Families who rate it well", "Families who commented and criticise",
    ]  # fmt: skip
    assert first.evidence[0].figure is None, "nobody was asked in these waves"
    assert str(first.evidence[1].figure) == "65% of 200 (58% to 71%)"
    assert [one.change.felt for one in first.evidence] == [Felt.FEW, Felt.FELT, Felt.FELT]


def test_what_is_missing_is_said():
    first, second = made(wave(1, families=200, good=80)).sections

    assert first.gaps == ("No action is tagged to this outcome.",)
    assert len(second.gaps) == 2
    assert "no evidence" in second.gaps[0]


def test_without_an_earlier_wave_nothing_is_compared():
    first, _ = made(wave(1, families=200, good=80)).sections

    assert all(one.change is None and one.since == "" for one in first.evidence)


def test_actions_stand_with_the_outcome_they_are_tagged_to_with_their_status_in_words():
    said = {1: Outcome(Felt.NOT)}
    first, second = made(wave(1, families=200, good=80), None, action("f.help"), outcomes=said).sections

    (acted,) = first.actions
    assert (acted.felt, acted.overdue, acted.owner) == (Felt.NOT, True, "Head of therapy")
    assert acted.since == "Not felt. Since then 40% of 200."
    assert second.actions == ()


def test_a_reworded_question_is_not_compared():
    now = wave(2, families=200, good=130, asked=reworded('"Very good"', '"Excellent"'))
    first, _ = made(now, wave(1, families=200, good=80)).sections

    assert first.evidence[1].change.felt is Felt.OTHER_WORDS


def test_a_renamed_service_and_another_hint_under_a_question_for_comments_break_the_comparison_too():
    before = wave(1, families=200, good=80)
    renamed = wave(2, families=200, good=130, asked=reworded('"Occupational therapy"', '"OT"'))
    hinted = wave(2, families=200, good=130, asked=reworded("What happened, what helped", "What helped"))

    assert [one.change.felt for one in made(renamed, before).sections[0].evidence[1:]] == [Felt.OTHER_WORDS, Felt.FELT]
    assert [one.change.felt for one in made(hinted, before).sections[0].evidence[1:]] == [Felt.FELT, Felt.OTHER_WORDS]


def test_a_wave_of_nine_is_told_to_be_no_evidence():
    first, _ = made(wave(1, families=9, good=4)).sections

    assert all(one.figure is None for one in first.evidence)
    assert "too few families" in first.gaps[0]
