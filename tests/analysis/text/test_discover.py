"""What no theme was written down for is found: the same for the same texts, whatever their order and number."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import discover as discovery
from analysis.text import vectors
from analysis.text.discover import ASSIGNED, CANDIDATES, discover

OPENINGS = ("We were told", "I must say", "It seems to me", "Every time", "Since last year", "For our family")
SUBJECTS = {
    "transport": ("the taxi to school was late", "the minibus driver got lost", "the escort on the bus changed again"),
    "therapy": ("speech therapy stopped", "the speech therapist left", "language therapy sessions were cancelled"),
    "paper": ("the assessment report was copied", "the draft plan had errors", "the plan named another school"),
    "respite": ("short breaks were cut", "the overnight respite closed", "no respite weekend was offered"),
}
TEXTS = [
    f"{opening} {first} and {second}"
    for one in SUBJECTS.values()
    for opening in OPENINGS
    for first in one
    for second in one
    if first != second
]
SUBJECT_OF = [
    name for name, one in SUBJECTS.items() for _ in OPENINGS for first in one for second in one if first != second
]


def pairs_agreed(one, other) -> float:
    """How many pairs of texts the two sortings both put together, or both apart: a share."""
    one, other = pd.factorize(np.asarray(one))[0], pd.factorize(np.asarray(other))[0]
    return float(((one[:, None] == one) == (other[:, None] == other)).mean())


@pytest.fixture(params=["wordllama", "lsa"])
def kind(request):
    return vectors.called(request.param)


def test_comments_on_one_subject_come_together(kind):
    found = discover(TEXTS, count=4, vectors=kind)

    assert pairs_agreed(found.assigned["candidate"], SUBJECT_OF) > 0.9
    assert found.candidates["size"].sum() == len(TEXTS)


def test_each_candidate_says_in_what_share_of_parts_it_is_found_again(kind):
    plain = discover(TEXTS, count=4, vectors=kind).candidates["stability"]
    too_many = discover(TEXTS, count=20, vectors=kind).candidates["stability"]

    assert plain.min() > 0.8
    assert too_many.mean() < plain.mean()
    assert ((plain * 20) % 1 == 0).all()


def test_a_text_between_two_themes_has_a_smaller_margin_than_one_amid_its_own():
    between = "We were told the taxi to school was late and speech therapy stopped"

    found = discover([*TEXTS, between], count=4).assigned

    assert found["margin"].iloc[-1] < found["margin"].quantile(0.1)
    assert (found["margin"] <= found["strength"] + 1).all()


def test_the_only_theme_there_is_has_no_border():
    found = discover(TEXTS[:20], count=1).assigned

    assert found["margin"].equals(found["strength"])


def test_candidates_and_what_each_text_was_given_say_the_same():
    found = discover([*TEXTS, *TEXTS[:10], ""])

    counted = found.assigned["candidate"].value_counts()
    assert found.candidates.set_index("key")["size"].to_dict() == counted.drop("").to_dict()
    assert found.candidates["size"].is_monotonic_decreasing
    assert found.candidates["label"].is_unique
    assert found.centres.keys == tuple(found.candidates["key"])
    assert found.centres.rows.shape == (len(found.candidates), 256)
    assert found.centres.rows.dtype == np.float32


@pytest.mark.parametrize(
    "texts", [[], [""], ["", "  ", "?!", "\u200b"], ["Bus"], ["Bus", "Taxi"], ["Bus", "Taxi", "Plan"]]
)
def test_few_texts_have_no_themes_unless_they_are_asked_for(texts):
    found = discover(texts)

    assert found.candidates.empty
    assert found.assigned["candidate"].tolist() == [""] * len(texts)
    assert found.candidates.dtypes.astype(str).to_dict() == CANDIDATES
    assert found.assigned.dtypes.astype(str).to_dict() == ASSIGNED


@pytest.mark.parametrize(("texts", "themes"), [(1, 1), (2, 2), (3, 3), (30, 5)])
def test_there_are_never_more_themes_than_texts(texts, themes):
    assert len(discover(TEXTS[::5][:texts], count=5).candidates) == themes


@pytest.mark.parametrize(("texts", "themes"), [(7, 0), (8, 2), (30, 4), (144, 8), (800, 20), (300_000, 20)])
def test_more_texts_bear_more_themes_up_to_what_a_person_will_read(texts, themes):
    assert discovery._bearable(texts) == themes


def test_thirty_people_who_say_the_same_make_one_theme():
    found = discover(["The school bus is late"] * 30)

    assert found.candidates[["label", "size"]].to_numpy().tolist() == [["School bus, late", 30]]
    assert (found.assigned["strength"] == 1).all()


def test_a_count_below_one_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        discover(TEXTS, count=0)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_nothing_but_the_order_of_what_they_are_given(chance):
    order = list(range(len(TEXTS)))
    chance.shuffle(order)

    straight, shuffled = discover(TEXTS), discover([TEXTS[place] for place in order])

    assert shuffled.candidates.equals(straight.candidates)
    assert shuffled.assigned.equals(straight.assigned.iloc[order].reset_index(drop=True))
    assert np.array_equal(shuffled.centres.rows, straight.centres.rows)


@settings(max_examples=30)
@given(st.lists(st.text(max_size=30) | st.sampled_from(TEXTS), max_size=25), st.none() | st.integers(1, 4))
def test_any_text_is_sorted_and_what_is_said_twice_is_sorted_once(texts, count):
    found = discover([*texts, *texts], count=count)

    first, second = found.assigned[: len(texts)], found.assigned[len(texts) :].reset_index(drop=True)
    assert first.equals(second)
    assert set(first["candidate"]) <= {"", *found.candidates["key"]}
    assert found.assigned["strength"].between(0, 1).all()
    assert found.assigned["margin"].between(-1, 2).all()
    assert found.candidates["stability"].between(0, 1).all()
    assert (found.candidates["label"] != "").all()


def test_copies_of_one_letter_do_not_move_the_others():
    campaign = "Please keep the respite centre open"

    once, often = discover([*TEXTS, campaign], count=4), discover([*TEXTS, *[campaign] * 500], count=4)

    assert once.assigned["candidate"][: len(TEXTS)].equals(often.assigned["candidate"][: len(TEXTS)])


def test_a_fit_that_goes_on_from_an_earlier_one_keeps_its_keys_and_its_sorting(kind):
    order = random.Random(3).sample(range(len(TEXTS)), len(TEXTS))
    some = [TEXTS[place] for place in order[:120]]
    before = discover(some, count=4, vectors=kind)

    after = discover([*some, *(TEXTS[place] for place in order[120:])], count=4, start=before.centres, vectors=kind)

    assert set(after.candidates["key"]) == set(before.candidates["key"])
    assert (after.assigned["candidate"][:120] == before.assigned["candidate"]).mean() > 0.9


def test_going_on_adds_themes_under_keys_of_their_own_where_more_are_asked_for():
    before = discover(TEXTS, count=3)

    after = discover(TEXTS, count=5, start=before.centres)

    assert len(after.candidates) == 5
    assert set(before.candidates["key"]) < set(after.candidates["key"])


def test_going_on_leaves_out_the_smallest_where_fewer_are_asked_for():
    before = discover(TEXTS, count=5)

    after = discover(TEXTS, count=3, start=before.centres)

    assert set(after.candidates["key"]) < set(before.candidates["key"])
    assert len(after.candidates) == 3


def test_a_new_theme_takes_no_key_that_is_taken():
    (first,) = discover(TEXTS, count=1).candidates["key"]

    (second,) = discover(TEXTS, count=1, taken={first}).candidates["key"]

    assert second == f"{first}_2"


def test_centres_made_by_other_vectors_are_left_aside():
    start = discover(TEXTS, count=4, vectors=vectors.called("lsa")).centres

    found = discover(TEXTS, count=4, start=start, vectors=vectors.called("wordllama"))

    assert found.centres.rows.shape[1] == 256
    assert pairs_agreed(found.assigned["candidate"], SUBJECT_OF) > 0.9


def test_texts_beyond_those_looked_at_are_given_the_theme_they_are_most_like(monkeypatch):
    monkeypatch.setattr(discovery, "_LOOKED_AT", 80)

    found = discover(TEXTS, count=4)

    assert pairs_agreed(found.assigned["candidate"], SUBJECT_OF) > 0.9
    assert found.candidates["size"].sum() == len(TEXTS)
