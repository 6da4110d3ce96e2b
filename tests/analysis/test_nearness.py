import numpy as np
import pytest

from analysis import nearness
from analysis.text import vectors

SAID = {
    1: "Nobody ever rings us back when we leave a message",
    2: "The bus never comes on time in the morning",
    3: "Lovely staff who really listened to my son",
    4: "We are still waiting for the appointment",
    5: "The taxi driver was late every day this week",
}
WORDS = {number: hash(text) for number, text in SAID.items()}


def stored(said=SAID):
    rows = nearness.as_stored(vectors.called("wordllama").of(list(said.values())))
    return dict(zip(said, rows, strict=True))


@pytest.fixture
def held():
    return nearness.renewed(nearness.nobody(), WORDS, stored())


def nearest(held, typed):
    return held.ids[np.argsort(-nearness.nearness(held, typed))].tolist()


def test_comments_are_found_that_say_it_in_other_words(held):
    assert set(nearest(held, "unreliable transport")[:2]) == {2, 5}
    assert nearest(held, "they did not return my call")[0] == 1
    assert nearest(held, "kind people")[0] == 3


def test_what_is_typed_as_a_comment_was_written_lies_nearest_to_it(held):
    for number, text in SAID.items():
        near = nearness.nearness(held, text)

        assert held.ids[near.argmax()] == number
        assert near.max() == pytest.approx(1, abs=0.02)


def test_the_order_in_which_comments_came_makes_no_difference(held):
    backwards = dict(reversed(stored().items()))
    one_by_one = nearness.nobody()
    for number, row in backwards.items():
        known = {**dict(zip(one_by_one.ids.tolist(), one_by_one.words.tolist(), strict=True)), number: WORDS[number]}
        one_by_one = nearness.renewed(one_by_one, known, {number: row})

    assert one_by_one.ids.tolist() == held.ids.tolist()
    assert np.allclose(nearness.nearness(one_by_one, "bus"), nearness.nearness(held, "bus"), atol=1e-4)


def test_a_comment_that_is_gone_or_says_something_else_now_is_not_held_any_more(held):
    now = {number: said for number, said in WORDS.items() if number != 2} | {3: hash("something else")}

    left = nearness.renewed(held, now, {})

    assert left.ids.tolist() == [1, 4, 5]
    assert nearness.lacking(left, now) == [3]
    assert nearness.lacking(held, WORDS) == []
    assert nearness.renewed(held, WORDS, {}) is held


def test_what_other_vectors_made_is_left_out():
    spelled = vectors.called("lsa").of(["waiting"])

    assert len(nearness.renewed(nearness.nobody(), {1: 1}, {1: nearness.as_stored(spelled)[0]})) == 0


@pytest.mark.parametrize("typed", ["", "   ", "🙂", "x" * 5_000, "?!…", "\x00"])
def test_whatever_is_typed_there_is_an_answer(held, typed):
    near = nearness.nearness(held, typed)

    assert near.shape == (len(SAID),)
    assert np.isfinite(near).all()
    assert nearness.nearness(nearness.nobody(), typed).shape == (0,)
