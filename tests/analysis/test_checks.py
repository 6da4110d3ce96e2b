"""What came of a check: figures from what people and the computer said, and nothing where too little was said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import check_words
from analysis.checks import FEWEST, Material, Outcome, outcome
from analysis.suppression import OFFICER

WAITING, KINDNESS = 4, 9
TONES = ["positive", "negative", "neutral", "mixed / unclear"]


def material(rows: list[dict], people: int = 1) -> Material:
    """Each row a comment: what a person says (None if nobody coded it), what the computer does, and their tones."""
    codings, judgements, comments, given_ = [], [], [], []
    for number, row in enumerate(rows):
        comments.append((number, row.get("response", number), row.get("computer_tone", "negative"), False))
        given_ += [(number, theme) for theme in row.get("computer", ())]
        if row.get("person") is None:
            continue
        for who in range(people):
            coding = who * 10_000 + number
            codings.append((coding, number, f"person {who}", row.get("tone", "negative")))
            judgements += [(coding, number, theme, theme in row["person"]) for theme in (WAITING, KINDNESS)]
    return Material(
        pd.DataFrame(sorted(codings), columns=["coding", "comment", "by", "sentiment"]),
        pd.DataFrame(judgements, columns=["coding", "comment", "theme", "carries"]).astype({"carries": bool}),
        pd.DataFrame(comments, columns=["comment", "response", "sentiment", "unsure"]),
        pd.DataFrame(given_, columns=["comment", "theme"]).astype("int64"),
    )


def judged(rows: list[dict], people: int = 1) -> Outcome:
    return outcome(material(rows, people), [WAITING, KINDNESS], OFFICER)


def of(frame: pd.DataFrame, theme: object = WAITING) -> pd.Series:
    return frame.set_index(frame.columns[0]).loc[theme]


MIXED = (
    [{"person": [WAITING], "computer": [WAITING]}] * 30
    + [{"person": [], "computer": [WAITING]}] * 10
    + [{"person": [WAITING], "computer": []}] * 20
    + [{"person": [], "computer": []}] * 40
    + [{"computer": [WAITING]}] * 160
    + [{"computer": []}] * 240
)


def test_the_computer_is_judged_by_what_people_said():
    found = judged(MIXED)

    assert of(found.right.figures)[["count", "base"]].tolist() == [30, 40]
    assert of(found.found.figures)[["count", "base"]].tolist() == [30, 50]
    assert of(found.together)["f1"] == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (found.comments, found.of) == (100, 500)


def test_the_share_is_counted_of_all_and_corrected_by_the_sample():
    share = of(judged(MIXED).shares)

    assert (share["count"], share["base"], share["share"]) == (200, 500, 0.4)
    # Of what the computer gave three quarters are right, and of the rest a third are missed.
    assert share["corrected"] == pytest.approx(0.4 * 0.75 + 0.6 / 3)
    assert share["corrected_low"] < 0.5 < share["corrected_high"]


def test_a_theme_that_too_few_comments_have_is_not_judged():
    few = [{"person": [WAITING], "computer": [WAITING]}] * (FEWEST - 1) + [{"person": [], "computer": []}] * 50
    found = judged(few, people=2)

    assert np.isnan(of(found.right.figures)["share"])
    assert np.isnan(of(found.together)["f1"])
    assert np.isnan(of(found.agreed)["alpha"])
    assert np.isnan(of(found.right.figures, KINDNESS)["share"])


def test_many_comments_of_few_families_are_few():
    rows = [{"person": [WAITING], "computer": [WAITING], "response": number % 4} for number in range(40)]

    assert np.isnan(of(judged(rows).right.figures)["share"])


def test_the_first_coding_of_a_comment_is_the_one_compared():
    told = material([{"person": [WAITING], "computer": [WAITING]}] * 20, people=2)
    second = told.codings["by"] == "person 1"
    other = told.judgements["coding"].isin(told.codings.loc[second, "coding"])
    told = told._replace(judgements=told.judgements.assign(carries=told.judgements["carries"] & ~other))

    found = outcome(told, [WAITING, KINDNESS], OFFICER)

    assert of(found.right.figures)[["count", "base"]].tolist() == [20, 20]
    assert found.themes_agreed.alpha < 0.5


def test_of_a_few_comments_coded_by_two_nobody_is_told_that_their_agreement_can_be_relied_on():
    found = judged([{"person": [WAITING]}, {"person": [], "tone": "positive"}, {"person": [WAITING]}], people=2)

    said = check_words.agreed("the tone", found.tones_agreed, OFFICER)

    assert said.startswith("Nobody can say yet how far people agree about the tone: only 3 comments coded by two")


def test_agreement_is_of_comments_that_two_people_coded():
    rows = [{"person": [WAITING]}] * 15 + [{"person": [], "tone": "positive"}] * 15
    alone, together = judged(rows), judged(rows, people=2)

    assert alone.themes_agreed.comments == 0
    assert (together.themes_agreed.alpha, together.tones_agreed.alpha) == (1, 1)
    assert of(together.agreed)[["alpha", "comments"]].tolist() == [1, 30]


def test_tones_are_judged_by_how_often_they_are_right_and_turned_round():
    rows = (
        [{"person": [], "tone": "negative", "computer_tone": "negative"}] * 16
        + [{"person": [], "tone": "negative", "computer_tone": "positive"}] * 4
        + [{"person": [], "tone": "mixed / unclear", "computer_tone": "mixed / unclear"}] * 10
    )
    found = judged(rows)

    tones = found.tones.figures.set_index("what")
    assert tones.loc["claimed", ["count", "base"]].tolist() == [16, 20]
    assert tones.loc["all", ["count", "base"]].tolist() == [26, 30]
    assert tones.loc["reversed", ["count", "base"]].tolist() == [4, 20]
    shares = found.tone_shares.set_index("theme")
    assert shares.loc["negative", "share"] == pytest.approx(16 / 30)
    assert shares.loc["negative", "corrected"] == pytest.approx(20 / 30)


def test_a_comment_that_was_taken_back_is_in_no_figure():
    told = material(MIXED)
    gone = set(range(10))
    left = told._replace(comments=told.comments[~told.comments["comment"].isin(gone)])

    found = outcome(left, [WAITING, KINDNESS], OFFICER)

    assert (found.comments, found.of) == (90, 490)
    assert of(found.right.figures)[["count", "base"]].tolist() == [20, 30]


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.sampled_from([None, [], [WAITING], [WAITING, KINDNESS]]),
            "computer": st.sampled_from([[], [WAITING], [KINDNESS]]),
            "tone": st.sampled_from(TONES),
            "computer_tone": st.sampled_from(TONES),
        }
    ),
    min_size=1,
    max_size=40,
)


@given(ROWS)
def test_whatever_was_said_there_is_a_row_for_each_theme_and_every_share_is_one(rows):
    found = judged(rows, people=2)

    for frame in (found.right.figures, found.found.figures, found.together, found.agreed, found.shares):
        assert frame["theme"].tolist() == [WAITING, KINDNESS]
    for frame in (found.shares, found.tone_shares):
        known = frame.dropna(subset="corrected")
        assert (known["corrected_low"] >= 0).all()
        assert (known["corrected_low"] <= known["corrected"] + 1e-9).all()
        assert (known["corrected"] <= known["corrected_high"] + 1e-9).all()
        assert (known["corrected_high"] <= 1).all()
