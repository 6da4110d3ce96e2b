"""Naming: which of the words people write may name a theme, and in which phrases.

Nothing here knows grammar. What is a thing and what is done is told by the words around it in these very comments:
"the driver" and "of drivers", but "to drive" and "drives us".
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from analysis.text import words
from analysis.text.misspelt import misspelt

Term = tuple[str, ...]

_LONGEST = 4  # words in a phrase
_NAMES, _WITHIN, _JOINS, _BREAKS = range(4)
_LETTERS = 19  # of a word at the most: four make a phrase that a coding frame takes, and what is longer is no word
_FOLDS_FROM = 4  # letters: shorter words that end in s are as often no plural
_SURER = 2  # so much surer is "the taxi" to be a thing than "to drive" is to be done: "to hospital"
_SEEN = 2  # one place where a verb might stand proves nothing


class Usage(NamedTuple):
    """What is known of the words of some texts.

    ``kinds`` says of each word whether it names a theme, stands within a phrase only, joins two words of one, or ends
    it; ``folded`` gives the word that its forms are counted as, the same for "plans" and "plan"; ``spelt`` gives a
    misspelt word as most spell it. ``things`` and ``deeds`` are, of the words as folded, those that mostly stand where
    the name of a thing does, and where what is done does. Many words are neither.
    """

    kinds: Mapping[str, int]
    folded: Mapping[str, str]
    spelt: Mapping[str, str]
    things: frozenset[str]
    deeds: frozenset[str]


def usage(pieces: Iterable[Sequence[str]]) -> Usage:
    """How words are used in these pieces of text, each of which is a row of words that belong together."""
    pieces = list(pieces)
    said = Counter(chain.from_iterable(pieces))
    spelt = misspelt(said)
    kinds = {word: _kind(spelt.get(word, word)) for word in said}
    folded = {word: _without_plural(spelt.get(word, word)) for word in said}
    leaning = _leaning(Counter(chain.from_iterable(map(pairwise, pieces))), folded)
    things = frozenset(word for word, towards in leaning.items() if towards < 0)
    deeds = frozenset(word for word, towards in leaning.items() if towards >= _SEEN)
    return Usage(kinds, folded, spelt, things, deeds)


def terms(said: Sequence[str], known: Usage) -> dict[Term, Term]:
    """The words of a piece that may name a theme, and its phrases: each as it is counted, and as it was written."""
    kinds = [known.kinds[word] for word in said]
    folded = [known.folded[word] for word in said]
    found: dict[Term, Term] = {}
    for start, kind in enumerate(kinds):
        if kind > _WITHIN:
            continue
        names = kind == _NAMES
        if names:
            found[(folded[start],)] = (said[start],)
        for end in range(start + 1, min(start + _LONGEST, len(said))):
            kind = kinds[end]
            if kind == _BREAKS:
                break
            names = names or kind == _NAMES
            if names and kind <= _WITHIN and folded[end] != folded[start]:
                found[tuple(folded[start : end + 1])] = tuple(said[start : end + 1])
    return found


def _kind(word: str) -> int:
    stem = word.partition("'")[0]
    if word in words.JOINING:
        return _JOINS
    if not 2 < len(stem) <= _LETTERS or word.isdigit() or {stem, word.replace("'", "")} & words.EVERYDAY:
        return _WITHIN if word in words.WITHIN else _BREAKS
    return _NAMES


def _without_plural(word: str) -> str:
    word = word.removesuffix("'s")
    return word[:-1] if len(word) >= _FOLDS_FROM and word.endswith("s") and not word.endswith("ss") else word


def _leaning(pairs: Counter[tuple[str, str]], folded: Mapping[str, str]) -> Counter[str]:
    """By how much more often words stand where a verb does than where a noun does: "to catch", "catch the"."""
    leaning: Counter[str] = Counter()
    for (one, next_), times in pairs.items():
        if one in words.BEFORE_THINGS:
            leaning[folded[next_]] -= _SURER * times
        elif one in words.BEFORE_DEEDS:
            leaning[folded[next_]] += times
        if next_ in words.AFTER_THINGS:
            leaning[folded[one]] -= _SURER * times
        elif next_ in words.AFTER_DEEDS:
            leaning[folded[one]] += times
    return leaning
