"""Quotations are drawn by a rule: the same again from the same, and nobody's favourite."""

from collections import Counter

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import coverage
from analysis.drawing import BESIDE, OF_EACH, Draw, shared_out

LONG = "we have waited a very long time for any appointment at all"
NOWHERE = np.zeros((0, 0), dtype=bool)


def frames(*told):
    """Each told: (words, extra columns). One person each unless said otherwise, all of whom carry the theme."""
    rows = [
        {
            "comment_id": number,
            "response_id": 100 + number,
            "words": words,
            "district": "north",
            "sentiment": "negative",
            "language": "en",
            "quotable": True,
            "theme": "waiting",
        }
        | more
        for number, (words, more) in enumerate(told)
    ]
    table = pd.DataFrame(rows)
    comments = table[["comment_id", "response_id", "words", "sentiment", "language"]]
    return comments, table[["comment_id", "theme"]], table[["response_id", "district", "quotable"]].drop_duplicates()


def drawn(made, *, seed=1, struck=(), ground=None, vectors=None, beside=False):
    draw = Draw(*made, seed=seed, ground=ground, vectors=vectors or {})
    draw.themes(["waiting"], NOWHERE)
    if beside:
        draw.beside(())
    return draw.drawn(struck)


def many(count, **more):
    return [(f"{LONG} and this is comment number {number}", more) for number in range(count)]


def numbers(quotes):
    return [quote.comment_id for quote in quotes]


def test_only_people_who_agreed_are_quoted():
    assert drawn(frames((LONG, {"quotable": False}))) == ()


def test_a_comment_that_nobody_has_read_or_put_into_english_is_not_quoted():
    unread, urdu = (LONG, {"sentiment": ""}), (LONG, {"language": "ur", "sentiment": "mixed / unclear"})

    assert drawn(frames(unread, urdu)) == ()
    assert len(drawn(frames((LONG, {"language": "en-t-ur"})))) == 1


def test_comments_too_short_or_too_long_to_quote_are_left_out():
    short, long, just = ("far too long", {}), (" ".join(["word"] * 61), {}), (" ".join(["word"] * 60), {})

    assert numbers(drawn(frames(short, long, just))) == [2]


def test_the_same_words_from_two_people_are_quoted_once_and_nobody_is_quoted_twice():
    assert len(drawn(frames((LONG, {}), (LONG, {})))) == 1
    assert len(drawn(frames((LONG, {}), (f"{LONG} again", {"response_id": 100})))) == 1


def test_the_same_comments_and_the_same_seed_give_the_same_quotations_in_whatever_order_they_come():
    comments, codings, responses = frames(*many(60))
    shuffled = comments.sample(frac=1, random_state=1), codings.sample(frac=1, random_state=2), responses[::-1]

    assert drawn((comments, codings, responses)) == drawn(shuffled)
    assert len(drawn((comments, codings, responses))) == OF_EACH


def test_another_seed_draws_other_comments():
    made = frames(*many(60))

    assert len({tuple(numbers(drawn(made, seed=seed))) for seed in range(20)}) > 10


def test_every_comment_that_may_be_quoted_is_drawn_by_some_seed():
    made = frames(*many(9))

    assert {one for seed in range(60) for one in numbers(drawn(made, seed=seed))} == set(range(9))


def test_places_go_to_the_tones_as_those_who_raise_the_theme_have_them():
    made = frames(*many(40), *[(f"{words} gladly", {"sentiment": "positive"}) for words, _ in many(20)])

    assert Counter(quote.sentiment for quote in drawn(made)) == {"negative": 2, "positive": 1}


def test_no_district_has_more_than_its_share_of_the_places_rounded_up():
    places = [f"d{number % 23}" for number in range(230)]
    made = frames(*[(words, {"district": place}) for (words, _), place in zip(many(230), places, strict=True)])

    had = Counter(quote.district for quote in drawn(made, beside=True))

    assert had.total() == OF_EACH + BESIDE
    assert max(had.values()) == 1


def test_a_quotation_that_is_struck_out_gives_its_place_to_another_and_the_others_stay():
    made = frames(*many(60))
    before = numbers(drawn(made))

    after = numbers(drawn(made, struck=[before[1]]))

    assert before[1] not in after
    assert [after[0], after[2]] == [before[0], before[2]]
    assert after[1] not in before


def test_of_those_drawn_by_lot_the_one_that_speaks_for_most_is_taken():
    """Thirty comments lie at one spot and one at another: the spot of many is spoken for first."""
    made = frames(*many(31))
    spots = np.eye(4, dtype=np.float32)
    vectors = {number: spots[0 if number < 30 else 1] + 0.001 * number * spots[2] for number in range(31)}
    comments = made[0].assign(district="north")
    ground = coverage.ground(comments, vectors, by=(), seed=1)

    quotes = numbers(drawn(made, ground=ground, vectors=vectors))

    assert quotes[0] != 30
    assert len(quotes) == OF_EACH


@given(st.dictionaries(st.sampled_from(["negative", "neutral", "positive", "mixed / unclear"]), st.integers(0, 500)))
@settings(max_examples=60)
def test_all_places_are_given_and_none_to_a_tone_that_nobody_has(counts):
    given_to = shared_out(counts, OF_EACH)

    assert len(given_to) == (OF_EACH if any(counts.values()) else 0)
    assert all(counts[tone] > 0 for tone in given_to)
