"""What is looked up is what would be counted afresh, whatever came, changed or went in between."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import tallies
from analysis.columns import Channel, Sentiment
from analysis.cube import Cube, Points, counted, shares_of_children, shares_of_people
from analysis.overview import axes_of
from analysis.upkeep import Frames, settle
from tests.analysis.test_overview import SCOPE, wave

AXES = axes_of(SCOPE)._replace(scales=(Points(SCOPE.rating, SCOPE.tones),))
groups = st.tuples(
    st.integers(1, 3),
    st.sampled_from(["north", "south", "abroad"]),
    st.sampled_from([str(channel) for channel in Channel]),
    st.sampled_from(["ot", "slt", ""]),
    st.sampled_from(["good", "poor", "not_sure"]),
    st.sampled_from([*(str(tone) for tone in Sentiment), ""]),
)
waves = st.lists(groups, max_size=6).map(lambda told: wave(*told))


def only(frames: Frames, ids) -> Frames:
    """What some of the responses said."""
    some = [frame[frame["response_id"].isin(ids)] for frame in frames[:3]]
    return Frames(*some, frames.codings[frames.codings["comment_id"].isin(some[2]["comment_id"])])


def moved(frames: Frames, by: int) -> Frames:
    """The same said by other people."""
    numbered = [frame.assign(response_id=frame["response_id"] + by) for frame in frames[:3]]
    numbered[2] = numbered[2].assign(comment_id=numbered[2]["comment_id"] + 10 * by)
    return Frames(*numbered, frames.codings.assign(comment_id=frames.codings["comment_id"] + 10 * by))


def alike(one: Cube, other: Cube) -> bool:
    """Whether two cubes count the same; days on which nothing was sent may be there or not."""
    names = {field.name for field in fields(Cube)} - {"axes", "days", "first_day"}
    return np.array_equal(days_of(one), days_of(other)) and all(
        same(first, second) for first, second in ((getattr(one, name), getattr(other, name)) for name in names)
    )


def same(first, second) -> bool:
    if isinstance(first, pd.Series):
        return first.sort_index().equals(second.sort_index())
    return np.array_equal(first, second)


def days_of(cube: Cube):
    used = np.flatnonzero(cube.days.any(axis=(0, 1, 2)))
    return np.array([(cube.first_day + day, *cube.days[..., day].ravel()) for day in used])


@settings(max_examples=25, deadline=None)
@given(waves, waves, st.sets(st.integers(0, 17)))
def test_a_cube_kept_up_is_the_cube_that_would_be_counted_afresh(before, new, changed):
    fresh = moved(only(new, new.responses["response_id"]), by=100)
    gone = only(before, changed)
    left = only(before, set(before.responses["response_id"]) - changed)

    kept_up = counted(before, AXES) + counted(fresh, AXES) - counted(gone, AXES)

    assert alike(kept_up, counted(left, AXES) + counted(fresh, AXES))
    assert alike(kept_up - counted(fresh, AXES), counted(left, AXES))


@settings(max_examples=25, deadline=None)
@given(waves)
def test_the_board_is_what_counting_the_answers_one_by_one_gives(frames):
    said = tallies.rated(frames.answers, frames.responses, item=SCOPE.rating, tones=SCOPE.tones)
    board = tallies.by_service_and_district(said, AXES.services, AXES.districts)

    shares = counted(frames, AXES).rated[1:-1, :-1].sum(axis=2)

    assert shares_of_people(shares).to_numpy().tolist() == board[["count", "base"]].to_numpy().tolist()


@settings(max_examples=25, deadline=None)
@given(waves)
def test_all_services_together_are_worth_as_many_answers_as_their_people_make_them(frames):
    said = tallies.rated(frames.answers, frames.responses, item=SCOPE.rating, tones=SCOPE.tones)
    wanted = tallies.by_district(said, AXES.districts)

    found = shares_of_children(counted(frames, AXES).rated[0, :-1].sum(axis=1))

    whole = ["count", "base", "people"]
    assert found[whole].to_numpy().tolist() == wanted[whole].to_numpy().tolist()
    assert found["effective"].tolist() == pytest.approx(wanted["effective"].fillna(0).tolist())


@settings(max_examples=25, deadline=None)
@given(waves)
def test_what_is_answered_on_a_scale_is_counted_as_ratings_of_everything_are(frames):
    cube = counted(frames, AXES)

    assert np.array_equal(cube.agreed[0], cube.rated[0])
    assert np.array_equal(cube.agreed[1], cube.rated[0])
    assert not cube.agreed[-1].any()


@settings(max_examples=25, deadline=None)
@given(waves, waves, st.sets(st.integers(0, 17)))
def test_what_is_known_of_some_responses_is_found_at_once_and_what_stands_is_all_there(before, new, changed):
    first = settle(before)
    fresh = only(new, set(new.responses["response_id"]) & changed)

    after = first.with_news(fresh, changed)

    assert ids(first.rows_of(changed)) == ids(only(before, changed))
    assert ids(after.rows_of(changed)) == ids(fresh)
    standing = only(before, set(before.responses["response_id"]) - changed)
    assert ids(after.whole) == sorted([*ids(standing), *ids(fresh)])


def ids(frames: Frames):
    return sorted(zip(frames.responses["response_id"], frames.responses["district"].astype("str"), strict=True))


def test_many_changes_are_put_together_again(monkeypatch):
    monkeypatch.setattr("analysis.upkeep.MANY", 3)
    first = settle(wave((4, "north", "web", "ot", "good", "positive")))

    after = first.with_news(wave((4, "south", "web", "ot", "good", "positive")), range(4))

    assert after.recent.responses.empty
    assert after.whole.responses["district"].astype("str").tolist() == ["south"] * 4
