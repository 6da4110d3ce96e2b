"""Labels: a few words by which a person can tell one group of comments from the others."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log1p
from typing import NamedTuple

import pandas as pd

from analysis.text import words

COLUMNS = {"label": "str", "words": "str"}

_IN_LABEL, _IN_WORDS = 3, 8
_LONG_ENOUGH = 4  # words in a label: once it has so many, nothing is added
_PHRASE_STANDS = 0.4  # a phrase stands for a word of its own if so large a part of those who say the word say it
_SAID_BY, _PART_SAYS = 2, 0.07  # texts, and part of the group's, that must say a word for it to be shown
_REPLACED = re.compile(r"\[[A-Za-z][A-Za-z -]{0,20}\]")
_CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")
_SEPARATES = re.compile(r"[^\w\s'-]|\s-+\s")


class _Term(NamedTuple):
    """A word or phrase of a group, how many of its texts say it, and how far that sets the group apart."""

    text: str
    said_by: int
    telling: float


def name(texts: Sequence[str], groups: Sequence[int]) -> pd.DataFrame:
    """A label for each group of texts, from the words that set it apart from the other groups.

    groups says for each text which group it is in, or -1 for none. Gives a row for each group, in order of its
    number, which is the index: ``label`` (two to four words or so, where there are as many) and ``words`` (more of
    them, apart by commas). No two labels are the same.

    A word counts once for each text that says it, and for little where the other groups say it as often. Verdicts,
    verbs of all work and people ("good", "help", "staff") name no group: one that has no other words is called "In
    general", with them. What only one of several texts says names nothing.
    """
    spoken = [frozenset(_terms(without_marks(text))) for text in texts]
    overall = Counter(term for said in spoken for term in said)
    capitals = _capitals(texts)
    named: list[tuple[str, str]] = []
    numbers = sorted(set(groups) - {-1})
    for number in numbers:
        mine = [place for place, group in enumerate(groups) if group == number]
        ranked = _distinct(_ranked([spoken[place] for place in mine], overall, len(texts)))
        shown = [" ".join(capitals.get(word, word) for word in term.split()) for term in ranked]
        label = _label(shown) or _in_general(texts[place] for place in mine)
        named.append((_unlike(label, {given for given, _ in named}), ", ".join(shown)))
    return pd.DataFrame(named, columns=list(COLUMNS), index=numbers).astype(COLUMNS)


def said_of(telling: str, text: str) -> str:
    """Of the words that set a group apart, as ``name`` gives them, those that this text says; apart by commas."""
    said = words.split(text)
    terms = [term.lower().split() for term in telling.split(", ") if term]
    there = [term for term in terms if any(said[at : at + len(term)] == term for at in _places(term[0], said))]
    return ", ".join(" ".join(term) for term in there[:_IN_LABEL])


def _places(word: str, said: Sequence[str]) -> Iterator[int]:
    return (at for at, one in enumerate(said) if one == word) if word in said else iter(())


def without_marks(text: str) -> str:
    """The text without what redaction put into it, such as "[name]": nobody said that."""
    return _REPLACED.sub(" ", text) if "[" in text else text


def _terms(text: str) -> Iterator[str]:
    """The words that may name a theme, and the phrases of two or three words between such ("waiting list")."""
    for piece in _SEPARATES.split(text):
        said = words.split(piece)
        for start, first in enumerate(said):
            if not _names(first):
                continue
            yield first
            for length in (2, 3):
                phrase = said[start : start + length]
                if len(phrase) == length and _names(phrase[-1]) and phrase[-1] != first:
                    yield " ".join(phrase)


def _names(word: str) -> bool:
    """Whether a word may name a theme: "there's" may no more than "there"."""
    stem = word.partition("'")[0]
    return len(stem) > 2 and not word.isdigit() and not {stem, word.replace("'", "")} & words.EVERYDAY


def _ranked(said: Sequence[frozenset[str]], overall: Counter[str], texts: int) -> list[_Term]:
    """The terms that several of a group's texts use, the most telling first."""
    counts = Counter(term for terms in said for term in terms)
    others = texts - len(said)
    found = [
        _Term(term, count, count * log1p((count / len(said)) / ((overall[term] - count + 0.5) / (others + 1))))
        for term, count in counts.items()
        if count >= min(max(_SAID_BY, _PART_SAYS * len(said)), len(said))
    ]
    return sorted(found, key=lambda term: (-term.telling, term.text))


def _distinct(ranked: Sequence[_Term]) -> list[str]:
    """The most telling terms, no word in two of them: a phrase in place of its word where most say it so."""
    kept: list[str] = []
    phrases = [term for term in ranked if " " in term.text]
    for term in ranked:
        if len(kept) == _IN_WORDS:
            break
        chosen = _phrase_for(term, phrases)
        if not any(_alike(one, other) for text in kept for one in text.split() for other in chosen.split()):
            kept.append(chosen)
    return kept


def _phrase_for(term: _Term, phrases: Sequence[_Term]) -> str:
    standing = [
        phrase.text
        for phrase in phrases
        if term.text in phrase.text.split() and phrase.said_by >= _PHRASE_STANDS * term.said_by
    ]
    return max(standing, key=lambda text: text.count(" "), default=term.text)


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: "wait" and "waiting", "school" and "schools"."""
    one, other = sorted((one.rstrip("s"), other.rstrip("s")), key=len)
    shared = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    return shared >= max(4, len(one) - 2) or one == other


def _label(terms: Sequence[str]) -> str:
    """The first terms, as many as a label takes, as one line that begins with a capital."""
    chosen: list[str] = []
    for term in terms[:_IN_LABEL]:
        if sum(len(said.split()) for said in chosen) >= _LONG_ENOUGH:
            break
        chosen.append(term)
    line = ", ".join(chosen)
    return line[:1].upper() + line[1:]


def _in_general(texts: Iterable[str]) -> str:
    """A label for texts with no subject: that they have none, and the words most of them use."""
    counts = Counter(word for text in texts for word in set(words.split(without_marks(text))))
    said = sorted(counts, key=lambda word: (word.replace("'", "") in words.EMPTY, -counts[word], word))
    return f"In general: {', '.join(said[:_IN_LABEL])}" if said else "No words"


def _capitals(texts: Iterable[str]) -> dict[str, str]:
    """Words that are mostly written in capitals, such as EHCP, by what they are in small letters."""
    texts = list(texts)
    capitals = Counter(word for text in texts for word in _CAPITALS.findall(text))
    said = Counter(word for text in texts for word in words.split(text))
    return {word.lower(): word for word, times in capitals.items() if 2 * times > said[word.lower()]}


def _unlike(label: str, given: set[str]) -> str:
    """The label, with a number if another group has the same."""
    again = (label if number == 1 else f"{label} ({number})" for number in range(1, len(given) + 2))
    return next(one for one in again if one not in given)
