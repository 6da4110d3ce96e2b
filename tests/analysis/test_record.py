"""The public page as it is frozen: numbers that were released, words of officers, and nothing of any family."""

import json
from datetime import date
from pathlib import Path

import pytest

from analysis.ledger import Felt, asked_of, outcomes
from analysis.record import Correction, MadeFrom, Named, Record, record
from analysis.suppression import PUBLIC
from survey.ledger import Action, ActionState, Evidence, Plan, Wording
from tests.analysis.ledger_waves import NORTH, SOUTH, reworded, wave

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 6, 1)
FROM = MadeFrom(change=4321, frame=5, act=12, code="0.1.0+abc")
WAVES = [wave(1, families=200, good=80), wave(2, families=203, good=130, districts=[NORTH, NORTH, SOUTH])]
NAMED = Named(
    themes={"waiting": "Waiting"},
    services={"ot": "Occupational therapy"},
    districts={NORTH: "Lancaster", SOUTH: "Burnley"},
    waves={1: "Wave 1", 2: "Wave 2"},
    theme_keys={7: "waiting"},
)


def action(number: int, state: ActionState = ActionState.PLANNED, because: str = "", **plan: object) -> Action:
    told = Plan(f"Action {number}", 1, **plan)
    wordings = {"ur": Wording("کام", "وجہ" if because else "")}
    return Action(number, 1, state, told, because, Evidence(0.4, 0.33, 0.47, 200), None, wordings, ())


def made(*actions: Action, named: Named = NAMED, waves=WAVES, **more: object) -> Record:
    said = outcomes(waves, asked_of(actions, named.theme_keys), PUBLIC)
    return record("SEND services", waves[-1], actions, said, named, today=TODAY, made_from=FROM, **more)


def test_it_says_how_many_answered_rounded_and_where():
    found = made()

    assert (found.responses, found.commented) == (205, 205)
    assert [(one.name, one.count) for one in found.places] == [("Lancaster", 135), ("Burnley", 70)]


def test_each_theme_has_its_share_and_its_stances_apart_with_what_was_done():
    (theme,) = made(action(1, theme_id=7, owner="Head of waiting", due=date(2026, 5, 1))).themes

    assert (theme.share.percent, theme.share.of) == (100, 205)
    assert theme.stances["criticism"].percent == 36  # 73 of 203 do not rate it well, and criticise
    assert theme.stances["praise"].percent == 0
    (done,) = theme.done
    assert (done.owner, done.overdue, done.told["ur"]) == ("Head of waiting", True, "کام")
    assert (done.evidence.percent, done.evidence.low, done.evidence.high) == (40, 33, 47)


def test_a_service_says_whether_it_was_felt():
    (service,) = made(action(1, service="ot")).services

    assert service.label == "Occupational therapy"
    assert service.done[0].since.felt is Felt.FELT
    assert (service.done[0].since.low, service.done[0].since.high) == (14, 33)


def test_a_break_that_over_time_shows_is_one_on_the_public_page():
    renamed = wave(2, families=203, good=130, asked=reworded('"Occupational therapy"', '"OT"'))
    (service,) = made(action(1, service="ot"), waves=[WAVES[0], renamed]).services

    assert (service.done[0].since.felt, service.done[0].since.now) == (Felt.OTHER_WORDS, None)
    assert service.done[0].since.reworded == ("Wave 2",)


def test_what_is_refused_keeps_its_reason_and_is_not_compared():
    (service,) = made(action(1, ActionState.REFUSED, "There is no money", service="ot")).services

    assert service.done[0].because == {"en": "There is no money", "ur": "وجہ"}
    assert service.done[0].since.now is None


def test_themes_about_which_nothing_was_decided_are_told_apart_by_size():
    assert [one.key for one in made(action(1, service="ot")).rest] == ["waiting"]
    assert made(action(1, theme_id=7)).rest == ()


def test_an_action_whose_theme_was_retired_stays_without_the_themes_name():
    found = made(action(1, theme_id=8))

    (theme,) = found.themes
    assert (theme.key, theme.label, theme.share) == ("", "", None)
    assert theme.done[0].since.felt is Felt.OTHER_WORDS


def test_a_wave_of_nine_without_a_theme_or_an_action_is_a_page_with_hardly_a_number():
    few = [wave(1, families=9, good=5)]
    found = made(named=NAMED._replace(themes={}), waves=few)

    assert (found.themes, found.services, found.rest) == ((), (), ())
    assert found.responses == 10
    assert "9" not in found.model_dump_json().replace("2026", "").replace("19", "")


def test_a_wave_of_three_shows_no_number_at_all():
    found = made(waves=[wave(1, families=3, good=2)])

    assert (found.responses, found.commented) == (None, None)
    assert found.rest == ()


def test_two_hundred_themes_are_all_there():
    many = NAMED._replace(themes={"waiting": "Waiting", **{f"theme_{one}": f"Theme {one}" for one in range(199)}},
                          theme_keys={one: f"theme_{one}" for one in range(199)})  # fmt: skip

    found = made(*(action(one, theme_id=one) for one in range(199)), named=many)

    assert len(found.themes) == 199
    assert all(one.share is None or one.share.percent == 0 for one in found.themes)


def test_a_title_and_a_theme_in_urdu_are_kept_as_they_are():
    urdu = NAMED._replace(themes={"waiting": "انتظار"})

    assert made(named=urdu).rest[0].label == "انتظار"


def test_what_was_frozen_is_read_back_as_it_was():
    found = made(action(1, theme_id=7, predicted=-5, districts=(NORTH,)), action(2, service="ot"),
                 corrections=[Correction(day=TODAY, told="A date was wrong")])  # fmt: skip

    assert Record.model_validate_json(found.model_dump_json()) == found
    assert [one.key for one in found.about(["waiting", "other"])] == ["waiting"]


@pytest.mark.parametrize("families", [8, 12, 15, 27])
def test_no_share_of_a_small_group_is_in_it(families):
    found = made(action(1, theme_id=7), waves=[wave(1, families=families, good=3), wave(2, families=families, good=5)])

    shares = [one.share for one in found.themes] + [share for one in found.themes for share in one.stances.values()]
    assert all(share is None or share.of >= PUBLIC.fewest for share in shares)
    assert all(share is None or share.percent in range(101) for share in shares)


def test_a_page_says_from_what_it_was_made_and_one_from_before_that_was_kept_is_read_still():
    assert made().made_from == FROM
    before = Record.model_validate_json((DATA / "stored_page.json").read_text(encoding="utf-8"))

    assert before.made_from is None
    assert before.themes[0].done[0].since.felt is Felt.FELT
    again = before.model_dump(mode="json", exclude={"made_from"})
    assert again == json.loads((DATA / "stored_page.json").read_text(encoding="utf-8"))
