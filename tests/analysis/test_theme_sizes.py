"""How large themes are, which comments show them, and which a person should look at first."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.columns import ANSWERS, CODINGS, COMMENTS, RESPONSES
from analysis.doubt import doubtful_first
from analysis.examples import examples
from analysis.suppression import OFFICER
from analysis.theme_sizes import sizes, stances
from analysis.upkeep import Frames, kept
from tests.analysis.test_tallies import coding, comment, response, rows

KEYS = ["waiting", "buses"]


def frames(comments, codings) -> Frames:
    people = sorted({row["response_id"] for row in comments})
    told = [{"words": f"comment {row['comment_id']}", "language": "en"} | row for row in comments]
    read = rows(CODINGS, *({"margin": None} | row for row in codings))
    margins = pd.Series([row.get("margin", float("nan")) for row in codings], dtype="float64")
    return kept(
        Frames(
            rows(RESPONSES, *map(response, people)),
            rows(ANSWERS),
            rows(COMMENTS, *told),
            read.assign(margin=margins),
        )
    )


def said(number: int, theme: str = "waiting", **more: object) -> dict[str, object]:
    return coding(number, theme) | more


def test_a_person_who_praises_and_blames_a_theme_in_two_comments_counts_once_for_each():
    comments = [comment(1, 1, "positive"), comment(2, 1, "negative"), comment(3, 2, "neutral")]
    codings = [said(1, praise=True), said(2, criticism=True), said(3)]

    told = stances(frames(comments, codings), KEYS).set_index(["theme", "stance"])

    assert told.loc[("waiting", "praise")].tolist() == [1, 2]
    assert told.loc[("waiting", "criticism")].tolist() == [1, 2]
    assert told.loc[("waiting", "request")].tolist() == [0, 2]
    assert told.loc[("buses", "praise")].tolist() == [0, 0]


def test_comments_that_nobody_has_read_say_nothing_and_nothing_at_all_is_no_hindrance():
    unread = stances(frames([comment(1, 1, "")], [said(1, praise=True)]), KEYS)
    nothing = stances(frames([], []), KEYS)

    assert unread["count"].tolist() == nothing["count"].tolist() == [0] * 6


def test_what_is_said_by_a_few_is_held_back():
    few = frames([comment(one, one, "negative") for one in range(4)], [said(one) for one in range(4)])

    told = sizes(few, ["waiting"], ["buses"], OFFICER)

    assert told.themes.shown.empty
    assert told.stances.shown.empty
    assert told.without.shown.empty


def test_comments_without_an_approved_theme_and_without_any_are_told_apart():
    comments = [comment(one, one, "negative") for one in range(20)]
    codings = [said(one) for one in range(10)] + [said(one, "buses") for one in range(8, 14)]

    told = sizes(frames(comments, codings), ["waiting"], ["buses"], OFFICER).without.shown.set_index("lacks")

    assert told[["count", "base"]].to_numpy().tolist() == [[10, 20], [6, 20]]


def test_a_themes_nearest_comments_are_the_strongest_and_those_on_its_border_the_weakest():
    comments = [comment(one, one, "negative") for one in range(8)]
    codings = [said(one, strength=one / 10) for one in range(8)]

    told = examples(frames(comments, codings), KEYS, most=2)

    assert [one.comment_id for one in told["waiting"].nearest] == [7, 6]
    assert [one.comment_id for one in told["waiting"].borderline] == [0, 1]
    assert told["buses"] == ((), ())


def test_where_the_margin_over_the_next_theme_is_known_it_says_what_is_on_the_border():
    comments = [comment(one, one, "negative") for one in range(4)]
    codings = [said(one, strength=0.9 - one / 10, margin=[0.9, 0.1, 0.2, 0.8][one]) for one in range(4)]

    told = examples(frames(comments, codings), KEYS, most=1)

    assert [one.comment_id for one in told["waiting"].borderline] == [1]


def test_comments_that_differ_in_marks_and_capitals_alone_show_a_theme_once():
    words = ["Overall very happy", "overall very happy.", "The taxi is late", "OVERALL, VERY HAPPY!", "No bus came"]
    comments = [comment(place, place, "negative", words=one) for place, one in enumerate(words)]
    codings = [said(place, strength=0.9 - place / 10) for place in range(5)]

    told = examples(frames(comments, codings), KEYS, most=2)["waiting"]

    assert [one.words for one in told.nearest] == ["Overall very happy", "The taxi is late"]
    assert [one.words for one in told.borderline] == ["No bus came"]


def test_what_a_person_gave_is_on_no_border_and_the_same_words_are_shown_once():
    comments = [comment(one, one, "negative", words="the same") for one in range(3)] + [comment(3, 3, "neutral")]
    codings = [said(one, strength=0.5) for one in range(3)] + [said(3, strength=0.1, given_by="person")]

    told = examples(frames(comments, codings), KEYS, most=1)["waiting"]

    assert [one.words for one in told.nearest] == ["the same"]
    assert told.borderline == ()


@pytest.mark.parametrize("only", ["", "waiting"])
def test_the_least_sure_comments_come_first_and_those_seen_not_at_all(only):
    comments = [comment(one, one, "negative") for one in range(6)]
    comments[3] |= {"unsure": True}
    comments[4] |= {"language": "pl"}
    codings = [said(0, strength=0.45), said(1, strength=0.9), said(3, strength=0.8), said(4), said(5)]

    told = doubtful_first(frames(comments, codings), KEYS, seen={5}, only=only)

    assert told == ([3, 0, 1] if only else [3, 0, 1, 2])


def test_a_suggestion_that_hardly_leads_over_the_next_is_in_doubt():
    comments = [comment(one, one, "negative") for one in range(2)]
    codings = [said(0, "found_bus", margin=0.02), said(1, "found_bus", margin=0.9)]

    assert doubtful_first(frames(comments, codings), KEYS) == [0, 1]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=20))
def test_every_comment_is_looked_at_once_whatever_its_strength(told):
    comments = [comment(place, place, "negative", unsure=unsure) for place, (_, unsure) in enumerate(told)]
    codings = [said(place, strength=strength) for place, (strength, _) in enumerate(told)]

    assert sorted(doubtful_first(frames(comments, codings), KEYS)) == list(range(len(told)))
