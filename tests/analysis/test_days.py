"""One wave from day to day: every day there, whole weeks for tone, and nothing drawn of a clock that was wrong."""

from datetime import date

import pandas as pd
import pytest

from analysis.charts.chart import LIGHT
from analysis.charts.days import day_charts
from analysis.days import Step, days
from analysis.suppression import LEADER, OFFICER, Held
from tests.analysis.waves import fieldwork, group

TODAY = date(2026, 6, 30)
NOTHING = pd.DataFrame({"day": pd.Series(dtype="datetime64[s]"), "when": [], "words": [], "source": []})


def counts(found):
    return dict(zip(found.arrivals.figures["day"].dt.day, found.arrivals.figures["count"], strict=True))


def test_officers_see_every_day_also_those_on_which_nobody_answered():
    found = days(fieldwork("May", group(3), group(2, day=2)), OFFICER, today=TODAY)

    assert found.step is Step.DAY
    assert counts(found) == {1: 3, 2: 0, 3: 2}
    assert not found.out_of_time


def test_leaders_see_weeks_rounded_and_the_small_ones_not():
    found = days(fieldwork("May", group(23), group(12, day=9), group(9, day=15), group(3, day=22)), LEADER, today=TODAY)

    assert found.step is Step.WEEK
    assert found.arrivals.figures["count"].tolist()[:2] == [25, 10]
    assert found.arrivals.held_back == 2  # the small week, and another so that it does not follow from the total


def test_a_comment_is_in_one_week_and_the_tones_of_a_week_add_up_to_its_comments():
    found = days(fieldwork("May", group(30), group(30, tone="positive", day=6), group(25, day=7)), OFFICER, today=TODAY)

    week = found.tones.figures[found.tones.figures["day"] == "2026-05-01"]
    assert week["base"].dropna().unique().tolist() == [60]
    assert week.set_index("sentiment")["count"].dropna().to_dict()["positive"] == 30


def test_a_week_in_which_few_wrote_is_not_told_nor_what_would_give_it_away():
    wave = fieldwork("May", group(40), group(40, tone="positive"), group(3, day=8), group(30, day=15))
    tones = days(wave, OFFICER, today=TODAY).tones.figures

    second = tones[tones["day"] == "2026-05-08"]
    assert (second["held"] != Held.NOT).all()
    for tone in ("negative", "positive"):
        hidden = tones[(tones["sentiment"] == tone) & (tones["held"] != Held.NOT) & (tones["day"] != "2026-05-22")]
        assert len(hidden) != 1  # one alone would follow from the whole wave's figures, which live results show


@pytest.mark.parametrize(("day", "whose"), [(-3, "before the opening"), (100, "long after the end")])
def test_a_clock_that_was_wrong_is_left_out_and_said(day, whose):
    found = days(fieldwork("May", group(12), group(2, day=day)), OFFICER, today=date(2027, 1, 1))

    assert found.out_of_time, whose
    assert sum(counts(found).values()) == 12


def test_a_day_that_is_still_to_come_is_left_out_too():
    found = days(fieldwork("May", group(12), group(2, day=9)), OFFICER, today=date(2026, 5, 5))

    assert found.out_of_time
    assert counts(found) == {1: 12}


def test_where_no_response_bears_a_day_of_the_wave_there_are_no_days():
    found = days(fieldwork("May", group(5, day=-9)), OFFICER, today=TODAY)

    assert found.arrivals.figures.empty
    assert found.tones.figures.empty


def test_forms_that_were_keyed_in_late_are_in_time():
    assert not days(fieldwork("May", group(5, day=40)), OFFICER, today=TODAY).out_of_time


def test_an_evening_in_summer_belongs_to_its_own_day_and_not_to_utc():
    wave = fieldwork("May", group(1))
    sent = pd.Series(pd.to_datetime(["2026-05-01 23:30"]).tz_localize("UTC"))
    wave.frames.responses["sent_at"] = sent

    assert counts(days(wave, OFFICER, today=TODAY)) == {1: 0, 2: 1}


def test_the_charts_say_what_they_show():
    found = days(fieldwork("May", group(30), group(25, tone="positive", day=1)), OFFICER, today=TODAY)
    drawn = day_charts(found, NOTHING, LIGHT)

    assert drawn.arrivals.chart.alt == (
        "Responses by day from 1 May 2026 to 2 May 2026: 55 shown. The busiest day was 1 May 2026, with 30."
    )
    assert drawn.tones.alt.startswith("Negative comments made up between 55% and 55% in the 1 week shown")
    assert drawn.tones.table["Comments"].tolist() == ["55"]
