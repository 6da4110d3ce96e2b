"""What says nearly the same is found, however it was altered, and what people say alike by chance is not."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.likeness import NEARLY, SHORTEST, Index, sequences, share, signatures
from tests.analysis.text.altered import ALTERED, greeted

LETTER = (
    "I am writing as a parent of a child with SEND in Lancashire to object to any cut to short breaks. "
    "Short breaks are the only time our children can be with their friends, and the only rest their carers get. "
    "We ask the council to publish the figures for every district before any decision is made."
)
OTHERS = (
    "We waited two years for speech and language therapy and in the end we paid for it ourselves, which not everybody "
    "can do, and nobody rang to say where we were on the list.",
    "The school has been wonderful from the first day. Her teaching assistant knows her well, rings me when she has "
    "had a hard morning and never makes me feel that it is my fault.",
    "Transport came late four days out of five this term. He arrives upset, misses registration and the driver was "
    "changed twice without a word to us or to the school.",
)
SHORT = ("Nothing", "Thank you", "n/a", "Everything was fine, thank you", "The waiting list is far too long", "No.")


@pytest.mark.parametrize("way", ALTERED.values(), ids=ALTERED)
@pytest.mark.parametrize("words", [LETTER, *OTHERS], ids=["letter", "waiting", "school", "transport"])
def test_an_altered_copy_says_nearly_the_same(words, way):
    assert share(sequences(words), sequences(way(words))) >= NEARLY


@pytest.mark.parametrize("way", ALTERED.values(), ids=ALTERED)
def test_an_altered_copy_is_found(way):
    assert near(LETTER, way(LETTER))


def near(one: str, other: str) -> bool:
    first, second = signatures([sequences(one), sequences(other)])
    index = Index()
    index.add(1, first)
    return index.near(second) == {1}


def test_comments_of_their_own_are_not_alike():
    assert [
        (one, other)
        for one, other in combinations([LETTER, *OTHERS], 2)
        if share(sequences(one), sequences(other)) > 0.1
    ] == []


@pytest.mark.parametrize("words", SHORT)
def test_what_many_people_say_in_a_few_words_is_no_copy(words):
    assert share(sequences(words), sequences(words)) == 0


def test_capitals_punctuation_and_what_hides_in_a_text_make_no_difference():
    hidden = LETTER.replace("child", "ch\u200bild").upper().replace(".", " !!")

    assert share(sequences(LETTER), sequences(hidden)) == 1


def test_an_answer_that_quotes_another_at_length_is_no_copy_of_it():
    assert share(sequences(LETTER), sequences(f"{LETTER} {' '.join(OTHERS)}")) < NEARLY


def test_words_in_any_writing_are_compared():
    urdu = " ".join(f"لفظ{number}" for number in "ابجدہوزحطیکلمنسعفصقرشت")

    assert share(sequences(urdu), sequences(greeted(urdu))) >= NEARLY


def test_the_same_comment_has_the_same_signature_in_every_process():
    """Of numbers alone, which hash alike everywhere: a worker that starts again compares as the last one did."""
    ours = sequences(" ".join(f"word{number}" for number in range(SHORTEST)))

    assert signatures([ours])[0][:2] == (4660430509228301587, -5379749477796400364)


def test_a_comment_that_is_gone_gives_its_place_to_the_next():
    index, (signature,) = Index(), signatures([sequences(LETTER)])
    index.add(1, signature)
    index.add(2, signature, gone={1})

    assert index.near(signature) == {2}


words = st.lists(st.sampled_from("abcdefgh"), max_size=60).map(" ".join)


@given(words, words)
def test_a_share_is_the_same_both_ways_and_whole_only_for_the_same_sequences(one, other):
    ours, theirs = sequences(one), sequences(other)

    assert share(ours, theirs) == share(theirs, ours)
    assert 0 <= share(ours, theirs) <= 1
    assert (share(ours, theirs) == 1) == (ours == theirs != frozenset())
