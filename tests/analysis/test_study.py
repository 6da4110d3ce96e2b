"""A file of comments is studied the same in whatever order its rows stand, and nothing is coded without saying why."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.study import NOTHING, OTHER, study
from survey.coding_frame import CodingFrame, shipped
from survey.questionnaire import Direction

SAID = [
    "The bus is late every morning and the driver changes each week", "We waited three years for an assessment",
    "Nothing", "", "😡", "Nikt nam nie pomaga i nie ma autobusu", "The chips in the canteen were cold",
    "Cold chips again in the canteen", "The canteen queue is long and the chips are greasy", "Chips, always chips",
    "The music lessons were cancelled", "Her piano teacher plays music in the hall", "Music in the hall every day",
    "A choir and music lessons would be nice", "The canteen has no vegetables, only chips",
]  # fmt: skip


def studied(texts, **more):
    return study(texts, [Direction.OPEN] * len(texts), shipped(), **more)


@settings(deadline=None, max_examples=6)
@given(st.permutations([*range(len(SAID)), 0, 6]))
def test_the_order_of_rows_changes_nothing_but_their_order_and_copies_are_given_the_same(order):
    straight, shuffled = studied([*SAID, SAID[0], SAID[6]]), studied([SAID[place] for place in order])

    pd.testing.assert_frame_equal(
        shuffled.comments, straight.comments.iloc[order].reset_index(drop=True), check_names=False
    )
    figures = ["theme", "label", "kind", "comments", "mentions", "share", "stability", "resamples"]
    pd.testing.assert_frame_equal(shuffled.themes[figures], straight.themes[figures])


def test_each_theme_that_a_comment_carries_has_the_words_that_decided_it_from_the_comment():
    found = studied(SAID)

    given_ = found.carried[~found.carried["theme"].isin([NOTHING, OTHER])]
    assert not given_.empty
    assert given_["strength"].between(0, 1).all()
    for row, words in zip(given_["row"], given_["words"], strict=True):
        assert all(word in SAID[row].lower() for word in words.split(", "))
    of_frame = given_[given_["theme"].isin([theme.key for theme in shipped().themes])]
    assert (of_frame["words"] != "").all()


def test_the_strongest_theme_of_a_comment_is_the_first_that_it_carries():
    found = studied(SAID)

    first = found.carried.drop_duplicates("row").set_index("row")
    assert found.comments.loc[first.index, "theme"].tolist() == first["theme"].tolist()
    assert (found.comments.drop(first.index)["theme"] == "").all()


@pytest.mark.parametrize("texts", [[], [""] * 3, ["one"], ["the same words about a bus"] * 40, ["😡"] * 40])
def test_no_comments_or_comments_without_a_word_are_studied_too(texts):
    found = studied(texts)

    assert len(found.comments) == len(texts)
    assert len(set(found.comments["theme"])) <= 1


def test_a_frame_with_a_theme_called_other_has_it_once_and_under_its_own_name():
    frame = CodingFrame.model_validate(
        {"theme": [{"label": "Other", "keywords": ["music lessons"]}, {"label": "Food", "keywords": ["chips"]}]}
    )
    few = ["Music lessons were cancelled", "Cold chips", "The pavement outside is icy"]

    found = study(few, [Direction.OPEN] * len(few), frame)

    assert found.themes["theme"].is_unique
    assert found.themes.set_index("theme").loc["other", "label"] == "Other"
    assert set(found.comments["theme_label"]) == {"Other", "Food"}
