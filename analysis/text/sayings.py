"""Sayings: what several texts say in the same words, in runs that can be read by themselves, whatever they speak of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from math import sqrt

from analysis.text import words

Saying = tuple[str, ...]
Pieces = Sequence[Sequence[str]]
"""A text as its words, those together between which nothing but a space stands."""

_LONGEST, _LETTERS = 5, 60  # words, and the letters in them with the spaces
_ENOUGH = 8  # words in what is typical: once there are so many, nothing is added
_SAID_BY, _PART_SAYS = 2, 0.03  # texts, and part of them, that must say the same for it to stand for all
_MOSTLY = 0.4  # of those who say a part of a saying, so many say all of it: then that is shown


def shared(texts: Iterable[Pieces]) -> Counter[Saying]:
    """What more than one of the texts say, and how many of them do."""
    counts = Counter(saying for pieces in texts for saying in set(chain.from_iterable(map(_sayings, pieces))))
    return Counter({saying: count for saying, count in counts.items() if count >= _SAID_BY})


def around(word: str, said_by: int, sayings: Counter[Saying]) -> Saying:
    """What many of the so many who say a word say with it, if anything: "springs to mind" for "springs"."""
    with_it = [saying for saying in sayings if word in saying and sayings[saying] >= _MOSTLY * said_by]
    return _whole(max(with_it, key=lambda saying: (sayings[saying], saying)), sayings) if with_it else ()


def typical(sayings: Counter[Saying], texts: int, most: int) -> list[Saying]:
    """What most of so many texts say, no word of weight twice; nothing where few say the same."""
    often = [saying for saying in sayings if sayings[saying] >= _PART_SAYS * texts]
    chosen: list[Saying] = []
    for saying in sorted(often, key=lambda saying: (-sayings[saying] * sqrt(len(saying)), saying)):
        if len(chosen) == most or sum(map(len, chosen)) >= _ENOUGH:
            break
        whole = _whole(saying, sayings)
        if not any({*whole} & {*other} - words.NOT_LAST for other in chosen):
            chosen.append(whole)
    return chosen


def _sayings(said: Sequence[str]) -> set[Saying]:
    return {
        saying
        for start, first in enumerate(said)
        if first not in words.NOT_FIRST
        for length in range(2, _LONGEST + 1)
        if len(saying := tuple(said[start : start + length])) == length
        and saying[-1] not in words.NOT_LAST
        and not words.EMPTY.issuperset(saying)
        and len(" ".join(saying)) <= _LETTERS
    }


def _whole(part: Saying, sayings: Counter[Saying]) -> Saying:
    """The longest that this one is mostly part of: "can't think of anything" in place of "think of anything"."""
    longer = [
        saying
        for saying in sayings
        if sayings[saying] >= _MOSTLY * sayings[part] and f" {' '.join(part)} " in f" {' '.join(saying)} "
    ]
    return max(longer, key=lambda saying: (len(saying), sayings[saying], saying))
