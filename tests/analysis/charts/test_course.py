"""One thing from wave to wave: joined where the same was asked, broken where not, with what happened noted on it."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import events
from analysis.charts.chart import DARK, LIGHT
from analysis.charts.course import course_chart
from analysis.course import Line, counted, course, followed_lines, responses
from analysis.suppression import LEADER, OFFICER
from tests.analysis.waves import ASKED, fieldwork, group, reworded

WAS = reworded(ASKED, "My child is well prepared for their next steps", "My child is ready")
WAVES = [
    fieldwork("SEND 2024", group(30), group(30, "poor"), opened="2024-05-01", asked=WAS),
    fieldwork("SEND 2025", group(40), group(20, "poor"), opened="2025-05-01"),
    fieldwork("SEND 2026", group(45), group(15, "poor"), opened="2026-05-01"),
]
STATEMENT = Line("Statements", "outcome_next_steps", "Next steps")
SERVICE = Line("Services", "slt", "Speech and language therapy")
HAPPENED = pd.DataFrame(
    {
        "day": pd.to_datetime(["2020-01-01", "2025-02-12", "2025-02-20", "2025-09-01"]).astype("datetime64[s]"),
        "when": ["1 January 2020", "12 February 2025", "20 February 2025", "1 September 2025"],
        "words": ["Long ago", "A report", "A plan", "A board"],
        "source": ["a", "b", "c", "d"],
    }
)


def drawn(line, look=LIGHT, waves=WAVES):
    return course_chart(course(waves, counted(waves, OFFICER), line), HAPPENED, look)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_a_question_in_other_words_breaks_the_line_and_is_said(look):
    chart = drawn(STATEMENT, look).chart

    lines = [trace for trace in chart.figure.data if trace.mode]
    assert [list(pd.to_datetime(line.x).year) for line in lines] == [[2024], [2025, 2026]]
    assert "question<br>changed" in [note.text for note in chart.figure.layout.annotations]
    assert "was asked in other words in SEND 2024" in chart.alt
    assert chart.table["Asked as in the wave before"].tolist() == ["first wave", "no", "yes"]


def test_what_was_asked_the_same_is_one_line_and_says_its_shares():
    chart = drawn(SERVICE).chart

    (line,) = [trace for trace in chart.figure.data if trace.mode]
    assert list(line.y) == pytest.approx([0.5, 2 / 3, 0.75])
    assert "SEND 2024 50% of 60 (38% to 62%), SEND 2025 67% of 60" in chart.alt
    under = chart.figure.layout.xaxis.ticktext
    assert [tick.split("<br>") for tick in under] == [
        ["2024", "<b>50%</b>", "of 60"], ["2025", "<b>67%</b>", "of 60"], ["2026", "<b>75%</b>", "of 60"]
    ]  # fmt: skip


def test_events_are_numbers_on_the_axis_and_words_in_the_list_beside_it():
    noted = drawn(SERVICE)

    assert events.listed(noted.events)["What happened"].tolist() == ["A report", "A plan", "A board"]
    assert [note.text for note in noted.chart.figure.layout.annotations] == ["1–2", "3"]
    assert "1, A report (12 February 2025)" in noted.chart.alt


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30, unique=True).map(sorted))
def test_no_two_signs_overlap_and_every_event_is_under_one(days):
    first = pd.Timestamp("2024-01-01")
    last = first + pd.Timedelta(days=1000)
    happened = pd.DataFrame(
        {"day": [first + pd.Timedelta(days=day) for day in days], "number": range(1, len(days) + 1)}
    )
    signs = events.signs(happened, first, last)

    apart = [(later - earlier) / (last - first) for (earlier, _), (later, _) in pairwise(signs)]
    assert all(distance >= events.NEAR for distance in apart)
    told = [number for _, sign in signs for number in _numbers(sign)]
    assert told == list(range(1, len(days) + 1))


def _numbers(sign):
    low, _, high = sign.partition("–")
    return range(int(low), int(high or low) + 1)


def test_a_wave_in_which_too_few_answered_has_a_place_and_no_dot():
    waves = [WAVES[1], fieldwork("SEND 2026", group(3), opened="2026-05-01")]
    chart = drawn(SERVICE, waves=waves).chart

    assert chart.table["Not shown because"].tolist() == ["", "too few people"]
    assert "Not shown: SEND 2026." in chart.alt


def test_an_empty_wave_has_no_share_and_does_not_stop_the_others():
    waves = [fieldwork("SEND 2025", opened="2025-05-01"), WAVES[2]]

    assert "SEND 2026 75% of 60" in drawn(SERVICE, waves=waves).chart.alt
    assert drawn(Line("Sentiment", "positive", "Positive comments"), waves=waves).chart.table["Share"][0] == "–"


def test_a_service_that_an_earlier_wave_did_not_ask_about_begins_later():
    was = reworded(ASKED, '"code":"slt"', '"code":"speech"')
    waves = [fieldwork("SEND 2025", group(30, service="speech"), opened="2025-05-01", asked=was), WAVES[2]]
    chart = drawn(SERVICE, waves=waves).chart

    assert chart.table["Not shown because"].tolist() == ["not asked, or not known", ""]
    assert "was not asked about in SEND 2025" in chart.alt


def test_responses_are_bars_and_rounded_for_whoever_may_not_see_small_numbers():
    waves = [WAVES[1], fieldwork("SEND 2026", group(43), opened="2026-05-01")]
    chart = course_chart(responses(waves, LEADER), HAPPENED, LIGHT).chart

    assert chart.alt.startswith("Responses by wave: SEND 2025 60 and SEND 2026 45.")


def test_everything_of_a_wave_can_be_followed_under_a_name_of_its_own():
    lines = [(line.kind, line.label) for line in followed_lines(WAVES[2])]

    assert {("Sentiment", "Negative comments"), ("Themes", "Waiting"), ("Districts", "Good ratings in Burnley")} <= set(
        lines
    )
    assert len(set(lines)) == len(lines)
