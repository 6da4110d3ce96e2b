"""Many comments are read as each would be by itself, whoever reads them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import executors
from analysis.executors import HERE
from analysis.text import portions, reading
from survey.coding_frame import shipped
from survey.questionnaire import Direction

SAID = [
    "The bus is late every morning. Nobody replies to emails.", "Nothing", "", "Lovely staff", "Nikt nam nie pomaga",
    "We waited two years for a diagnosis", "😡", "Nothing", "N/A",
    "The bus is late every morning. Nobody replies to emails.",
]  # fmt: skip


def read(texts, directions=None, executor=HERE):
    asked = directions or [Direction.OPEN] * len(texts)
    return portions.read(texts, asked, shipped(), executor=executor, done=lambda _: None)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(SAID), st.sampled_from(list(Direction))), max_size=12))
def test_every_comment_reads_as_it_does_alone(asked):
    texts, directions = [text for text, _ in asked], [direction for _, direction in asked]

    together = read(texts, directions)

    alone = reading.read(texts, directions, shipped())
    pd.testing.assert_frame_equal(together.comments.drop(columns="silent"), alone.comments)
    pd.testing.assert_frame_equal(together.themes, alone.themes.astype(reading.COLUMNS))


def test_portions_and_processes_change_nothing(monkeypatch):
    texts = [f"{text} {number}" for number in range(4) for text in SAID]
    one = read(texts)
    monkeypatch.setattr(portions, "AT_ONCE", 8)
    monkeypatch.setattr(portions, "LEAST", 2)
    with executors.workplace("", 2) as place:
        several = read(texts, executor=place.executor)

    pd.testing.assert_frame_equal(several.comments, one.comments)
    pd.testing.assert_frame_equal(several.themes, one.themes)


def test_it_says_which_comments_give_no_view():
    silent = read(SAID).comments["silent"]

    assert [text for text, none in zip(SAID, silent, strict=True) if none] == ["Nothing", "Nothing", "N/A"]


@pytest.mark.parametrize("texts", [[], ["Nothing"], SAID])
def test_how_far_reading_has_come_is_told_up_to_the_end(texts):
    told = []

    portions.read(texts, [Direction.OPEN] * len(texts), None, executor=HERE, done=told.append)

    assert told[-1] == len(texts)
