from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shelf import Order, Wanted, shelved
from analysis.suppression import OFFICER
from analysis.text.finding import sought
from analysis.upkeep import Frames, kept

PLACES = pd.DataFrame(
    {"name": ["Burnley", "Pendle", "Rossendale", "Wyre"], "locality": ["East", "East", "East", "North"]},
    index=["b", "p", "r", "w"],
)
TELLING = "In March 2025 we asked school, then waited 14 weeks until the council refused."


def frames(*people):
    """Each person: district, then what is to be different from a plain negative comment about speech therapy."""
    said = [
        {
            "comment_id": 10 + number, "response_id": number, "item": "more", "service": "slt", "child": 0,
            "words": "Waiting", "language": "en", "sentiment": "negative", "unsure": False,
            "praise": False, "criticism": True, "request": False,
        } | {name: value for name, value in one.items() if name not in {"district", "theme"}}
        for number, one in enumerate(people)
    ]  # fmt: skip
    days = pd.Timestamp("2026-06-01", tz="UTC") + pd.to_timedelta(range(len(people)), unit="D")
    homes = [one.get("district", "b") for one in people]
    who = pd.DataFrame({"response_id": range(len(people)), "sent_at": days, "district": homes})
    answers = pd.DataFrame([(row["response_id"], row["service"]) for row in said], columns=["response_id", "service"])
    codings = pd.DataFrame(
        [(10 + number, one["theme"], 0.4, np.nan) for number, one in enumerate(people) if "theme" in one],
        columns=["comment_id", "theme", "strength", "margin"],
    )
    return kept(
        Frames(
            who.astype({"district": "str"}),
            answers.astype({"service": "str"}),
            pd.DataFrame(said),
            codings.astype({"comment_id": "int64", "theme": "str", "strength": "float64", "margin": "float64"}),
        )
    )


def shelf(*people, before=None):
    return shelved(frames(*people), ["waiting"], PLACES, OFFICER, before)


def listed(made, order=Order.OLDEST, blind=(), **wanted):
    return made.listed(made.passing(Wanted(**wanted), blind=blind), order).tolist()


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ({"item": "more"}, {"item": "less"}),
        ({"service": "slt"}, {"service": "ot"}),
        ({"sentiment": "negative"}, {"sentiment": "positive"}),
        ({"stance": "criticism"}, {"criticism": False}),
        ({"language": "en"}, {"language": "ur"}),
        ({"theme": "waiting"}, {"theme": "money"}),
    ],
)
def test_a_filter_leaves_what_is_so_and_nothing_else(wanted, other):
    made = shelf({"theme": "waiting"}, {"theme": "waiting"} | other, {"theme": "waiting"})

    assert listed(made, **wanted) == [10, 12]
    assert listed(made) == [10, 11, 12]


def test_a_translated_comment_is_found_under_the_language_it_was_written_in():
    assert listed(shelf({"language": "en-t-ur"}, {}), language="ur") == [10]


def test_a_comment_that_nobody_has_read_is_not_there():
    assert listed(shelf({"words": ""}, {})) == [11]


def test_comments_come_in_the_order_asked_for():
    made = shelf({}, {"words": TELLING}, {"unsure": True}, {"theme": "waiting"})

    assert listed(made, Order.OLDEST) == [10, 11, 12, 13]
    assert listed(made, Order.NEWEST) == [13, 12, 11, 10]
    assert listed(made, Order.TELLING) == [11, 13, 12, 10]
    assert listed(made, Order.UNSURE) == [12, 13, 11, 10]


@given(
    st.permutations([{"words": "one"}, {"words": TELLING}, {"unsure": True}, {"theme": "waiting"}, {"service": "ot"}])
)
def test_every_order_lists_each_comment_that_passes_once(people):
    made = shelf(*people)

    for order in Order:
        assert sorted(listed(made, order)) == made.ids.tolist()


@pytest.mark.parametrize("wanted", [{"theme": "waiting"}, {"sentiment": "negative"}, {"stance": "criticism"}])
def test_a_comment_coded_blind_is_found_by_nothing_that_was_said_of_it(wanted):
    made = shelf({"theme": "waiting"}, {"theme": "waiting"})

    assert listed(made, blind={10}, **wanted) == [11]
    assert listed(made, blind={10}, service="slt") == [10, 11]


def test_a_district_is_named_only_where_enough_people_there_could_have_written_it():
    made = shelf(*[{"district": "b"}] * 5, *[{"district": "w"}] * 4, {"district": "b", "service": "ot"})

    assert made.rows["place"].tolist() == ["Burnley"] * 5 + [""] * 5
    assert len(listed(made, district="b")) == 5
    assert listed(made, district="w") == []


def test_small_districts_have_their_locality_where_they_are_several_and_have_enough_together():
    together = shelf(*[{"district": "b"}] * 6, *[{"district": "p"}] * 3, *[{"district": "r"}] * 2)
    alone = shelf(*[{"district": "b"}] * 6, *[{"district": "p"}] * 4)

    assert together.rows["place"].tolist() == ["Burnley"] * 6 + ["East"] * 5
    assert alone.rows["place"].tolist() == ["Burnley"] * 6 + [""] * 4  # "East" would have said "Pendle"


def test_the_few_who_write_in_a_language_are_not_placed_by_it():
    made = shelf(
        *[{"district": "b"}] * 6, {"district": "b", "language": "gu"}, {"district": "b", "language": "en-t-gu"}
    )

    assert made.rows["place"].tolist() == ["Burnley"] * 6 + ["", ""]
    assert listed(made, district="b", language="gu") == []


def test_no_place_is_ever_shared_by_fewer_people_than_the_policy_asks_for():
    rng = np.random.default_rng(1)
    for _ in range(30):
        people = [
            {"district": rng.choice(list("bprw")), "service": rng.choice(["slt", "ot", "ehc"])}
            for _ in range(rng.integers(1, 40))
        ]
        rows = shelf(*people).rows
        shown = rows[rows["place"] != ""].groupby(["service", "place"], observed=True)["response_id"].nunique()

        assert (shown >= OFFICER.fewest).all()


def test_words_are_looked_for_among_those_that_pass():
    made = shelf({"words": "No reply"}, {"words": "A reply"}, {"words": "No reply", "service": "ot"})

    found = made.having(made.passing(Wanted(service="slt")), sought("no rep"))

    assert made.ids[found].tolist() == [10]


def test_what_came_in_is_added_and_what_went_is_gone_as_if_it_had_never_been_there():
    first = shelf({"words": "one"}, {"words": "two"})

    after = shelf({"words": "one"}, {"words": "three"}, {"words": "four"}, before=first)

    afresh = shelf({"words": "one"}, {"words": "three"}, {"words": "four"})
    assert after.folded == afresh.folded == [" one ", " three ", " four "]
    assert after.words == afresh.words
    assert after.looked[10] is first.looked[10]
    assert replace(after, looked={}).ids.tolist() == afresh.ids.tolist()


def test_a_wave_in_which_nobody_has_written_has_an_empty_shelf():
    made = shelved(frames({"words": ""}), [], PLACES, OFFICER)

    for order in Order:
        assert listed(made, order) == []
    assert made.at(10) is None
