"""How far themes agree with people's labels is told in figures that can be checked by hand."""

import pandas as pd
import pytest

from analysis import truth

THEMES = [("transport", "Transport"), ("waiting", "Waiting and delays")]


def carried(*themes: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame(themes, columns=["row", "theme"])


def compared(given, *themes, seed=0):
    return truth.compare(given, carried(*themes), THEMES, seed=seed)


def values(result):
    return {one.name: one.value for one in result.agreements}


def test_the_share_with_the_same_theme_is_of_those_with_a_label_that_is_a_theme():
    result = compared(
        ["Transport", "TRANSPORT", "waiting", "Food", ""],
        (0, "transport"),
        (1, "waiting"),
        (2, "waiting"),
        (4, "waiting"),
    )

    assert (result.base, result.labels, result.known) == (4, 4, 3)
    same = result.agreements[0]
    assert (same.name, same.value, same.base) == ("Same theme", 2 / 3, 3)
    assert same.low <= same.value <= same.high <= 1


def test_groups_are_compared_whatever_they_are_called():
    result = compared(["a", "a", "b", "b"], (0, "found_x"), (1, "found_x"), (2, "found_y"), (3, "found_y"))

    assert result.known == 0
    assert list(values(result).values()) == pytest.approx([1, 1])


def test_comments_with_several_labels_are_compared_theme_by_theme():
    # Right 2 of 3 given and 2 of 3 meant: F1 2/3. Transport: 1 right, 1 missed: 2/3; waiting: 1 right, 1 too many: 2/3.
    result = compared(
        ["Transport | Waiting and delays", "transport|Food", "Nothing"],
        (0, "transport"),
        (0, "waiting"),
        (1, "waiting"),
    )

    assert result.several
    assert values(result) == pytest.approx({"Micro F1": 2 / 3, "Macro F1": 2 / 3})
    assert [one.base for one in result.agreements] == [2, 2]


def test_the_interval_holds_the_value_and_is_the_same_for_the_same_seed():
    given = ["transport", "waiting"] * 40
    themes = [(row, "transport" if row % 3 else "waiting") for row in range(80)]

    one, again, other = (compared(given, *themes, seed=seed) for seed in (1, 1, 2))

    assert one == again
    assert one != other
    assert all(agreement.low < agreement.value < agreement.high for agreement in one.agreements)


def test_more_comments_than_are_drawn_at_once_give_a_narrower_interval(monkeypatch):
    given = ["transport", "waiting"] * 100
    themes = [(row, "transport" if row % 3 else "waiting") for row in range(200)]

    whole = compared(given, *themes).agreements[0]
    monkeypatch.setattr(truth, "_DRAWN", 50)
    by_parts = compared(given, *themes).agreements[0]

    assert by_parts.high - by_parts.low == pytest.approx(whole.high - whole.low, rel=0.3)


def test_it_is_said_in_words_with_bases_and_how_many_drawings():
    result = compared(["transport", "waiting"] * 10, *[(row, "transport") for row in range(20)])

    said = truth.sentences(result, seed=7)

    assert said[0].startswith(
        "20 comments have a label, of 2 different ones. 2 of these are themes of the coding frame"
    )
    assert said[1].startswith("Same theme: 0.500 (0.")
    assert "of 20 comments" in said[1]
    assert "200 drawings of these comments, seed 7" in said[-1]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["", " "], "That column has no labels"),
        (["x", "y"], "So only the groups can be compared"),
        (["x | y", "z"], "none of them is a theme: there is nothing to compare with"),
    ],
)
def test_what_cannot_be_compared_is_said(given, sentence):
    assert any(sentence in line for line in truth.sentences(compared(given, (0, "transport")), seed=0))
