"""Labels: a few words by which a person can tell one group of comments from the others."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import log1p, sqrt
from typing import NamedTuple

import pandas as pd

from analysis.text import naming, sayings, words
from analysis.text.naming import Term, Usage
from analysis.text.sayings import Pieces

COLUMNS = {"label": "str", "words": "str"}

_IN_LABEL, _IN_WORDS = 3, 8
_LONG_ENOUGH = 5  # words in a label: once it has so many, nothing is added
_LETTERS = 64  # in a label, and room for what may stand before and after it: a theme's name has at most 80
_SAID_BY, _PART_SAYS = 2, 0.07  # texts, and part of the group's, that must say a word for it to be shown
_ALONE = 0.25  # part of a group's texts that must say any term of a label for that to name it
_PHRASE_STANDS = 0.4  # a phrase stands for a word of its own if so large a part of those who say the word say it
_PHRASE_READS = 2  # so much better does a phrase read in a label than a word
_CUT_OFF = 0.8  # a phrase is but a piece of a longer one if so large a part of those who say it say that
_DEED_COUNTS, _UNKNOWN_COUNTS = 0.3, 0.8  # what is done, or may be, tells a reader so much less than a thing does
_REPLACED = re.compile(r"\[[A-Za-z][A-Za-z -]{0,20}\]")
_CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")
_SEPARATES = re.compile(r"[^\w\s'-]|\s-+\s")


class _Told(NamedTuple):
    """A word or phrase of a group, how many of its texts say it, and how far that sets the group apart."""

    term: Term
    said_by: int
    telling: float


def name(texts: Sequence[str], groups: Sequence[int]) -> pd.DataFrame:
    """A label for each group of texts, from the words that set it apart from the other groups.

    groups says for each text which group it is in, or -1 for none. Gives a row for each group, in order of its
    number, which is the index: ``label`` (two to four words or so, where there are as many) and ``words`` (more of
    them, apart by commas). No two labels are the same.

    A word counts once for each text that says it, and for little where the other groups say it as often. Phrases come
    first, as people write them ("home to school transport"); words for what is done only where there are none for
    things; misspelt words in the spelling of most. Verdicts, verbs of all work and people ("good", "help", "staff")
    name no group: one that has no other words, or whose label few of its texts would have a word of, is called "In
    general", with what several of its texts say in the same words. What only one of several texts says names nothing.
    """
    split = [_pieces(without_marks(text)) for text in texts]
    known = naming.usage(chain.from_iterable(split))
    spoken = [_terms(pieces, known) for pieces in split]
    overall = Counter(chain.from_iterable(spoken))
    capitals = _capitals(texts)
    spelling = capitals | {wrong: capitals.get(right, right) for wrong, right in known.spelt.items()}
    named: list[tuple[str, str]] = []
    numbers = sorted(set(groups) - {-1})
    for number in numbers:
        mine = [place for place, group in enumerate(groups) if group == number]
        said = [spoken[place] for place in mine]
        ranked = _distinct(_ranked(said, overall, len(texts), known))
        shown = {told: _written(told.term, said, spelling) for told in ranked}
        whole = [split[place] for place in mine]
        if len(shown) > 1:
            label = _label(shown, known, said) or _label_of_little({}, whole, known, spelling)
        else:
            label = _label_of_little(shown, whole, known, spelling)
        named.append((_unlike(label[:1].upper() + label[1:], {given for given, _ in named}), ", ".join(shown.values())))
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


def _pieces(text: str) -> Pieces:
    return [words.split(piece) for piece in _SEPARATES.split(text)]


def _terms(pieces: Pieces, known: Usage) -> dict[Term, Term]:
    found: dict[Term, Term] = {}
    for said in pieces:
        found |= naming.terms(said, known)
    return found


def _ranked(said: Sequence[Mapping[Term, Term]], overall: Counter[Term], texts: int, known: Usage) -> list[_Told]:
    """The terms that several of a group's texts use, the most telling first."""
    least = min(max(_SAID_BY, _PART_SAYS * len(said)), len(said))
    counts = {term: count for term, count in Counter(chain.from_iterable(said)).items() if count >= least}
    cut_off = _cut_off(counts)
    others = texts - len(said)
    found = []
    for term, count in counts.items():
        if term in cut_off or (len(term) > 1 and not _is_thing(term, known)):
            continue
        telling = count * log1p((count / len(said)) / ((overall[term] - count + 0.5) / (others + 1)))
        found.append(_Told(term, count, telling * (_readable(term[0], known) if len(term) == 1 else 1)))
    return sorted(found, key=lambda told: (-told.telling, told.term))


def _cut_off(counts: Mapping[Term, int]) -> set[Term]:
    """The phrases that are hardly said but as part of a longer one: "cut to short" of "cut to short breaks"."""
    return {
        piece
        for term, count in counts.items()
        for length in range(2, len(term))
        for start in range(len(term) - length + 1)
        if count >= _CUT_OFF * counts.get(piece := term[start : start + length], count)
    }


def _readable(word: str, known: Usage) -> float:
    if word in known.things:
        return 1
    return _DEED_COUNTS if word in known.deeds else _UNKNOWN_COUNTS


def _is_thing(phrase: Term, known: Usage) -> bool:
    """Whether a phrase is for a thing: "waiting list", but not "health visitor spotted"."""
    first, last = phrase[0], phrase[-1]
    return last not in known.deeds and (first not in known.deeds or first.endswith(("ing", "ed")))


def _distinct(ranked: Sequence[_Told]) -> list[_Told]:
    """The most telling terms, no word in two of them: a phrase in place of its word where most say it so."""
    kept: list[_Told] = []
    phrases = [told for told in ranked if len(told.term) > 1]
    for told in ranked:
        if len(kept) == _IN_WORDS:
            break
        chosen = _phrase_for(told, phrases)
        if not any(_share(chosen.term, other.term) for other in kept):
            kept.append(chosen)
    return kept


def _phrase_for(told: _Told, phrases: Sequence[_Told]) -> _Told:
    if len(told.term) > 1:
        return told
    standing = [
        phrase
        for phrase in phrases
        if phrase.said_by >= _PHRASE_STANDS * told.said_by and _share(told.term, phrase.term)
    ]
    return max(standing, key=lambda phrase: (phrase.said_by * sqrt(len(phrase.term)), phrase.term), default=told)


def _share(one: Term, other: Term) -> bool:
    """Whether a word is in both terms that is not there only to make a phrase of others."""
    beside = words.JOINING if min(len(one), len(other)) == 1 else words.JOINING | words.WITHIN
    return any(_alike(a, b) for a in one for b in other if a not in beside and b not in beside)


def _written(term: Term, said: Iterable[Mapping[Term, Term]], spelling: Mapping[str, str]) -> str:
    """A term as most of a group write it, in the usual spelling."""
    forms = Counter(text[term] for text in said if term in text)
    usual = min(forms, key=lambda form: (-forms[form], form))
    return _spelt(usual, spelling)


def _spelt(said: Iterable[str], spelling: Mapping[str, str]) -> str:
    return " ".join(spelling.get(word, word) for word in said)


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: "wait" and "waiting", "school" and "schools"."""
    one, other = sorted((one.rstrip("s"), other.rstrip("s")), key=len)
    shared = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    return shared >= max(4, len(one) - 2) or one == other


def _label(shown: Mapping[_Told, str], known: Usage, said: Sequence[Mapping[Term, Term]]) -> str:
    """The terms that read best, as many as a label takes, phrases before words; "" if few of the texts say any."""

    def is_deed(told: _Told) -> bool:
        return len(told.term) == 1 and told.term[0] in known.deeds

    def liking(told: _Told) -> float:
        return told.telling * (_PHRASE_READS if len(told.term) > 1 else 1)

    things = [told for told in shown if not is_deed(told)]
    liked = sorted(things if len(things) > 1 else shown, key=liking, reverse=True)[:_IN_LABEL]
    chosen: list[_Told] = []
    for told in sorted(liked, key=lambda told: len(told.term) == 1):
        if sum(len(shown[one].split()) for one in chosen) >= _LONG_ENOUGH:
            break
        chosen.append(told)
    saying = sum(any(told.term in text for told in chosen) for text in said)
    return _line(shown[told] for told in chosen) if saying >= _ALONE * len(said) else ""


def _line(terms: Iterable[str]) -> str:
    """As many of the terms as there is room for."""
    line = ""
    for term in terms:
        if line and len(line) + len(term) + 2 > _LETTERS:
            break
        line = f"{line}, {term}" if line else term
    return line[:_LETTERS]


def _label_of_little(
    shown: Mapping[_Told, str], said: Sequence[Pieces], known: Usage, spelling: Mapping[str, str]
) -> str:
    """A label for texts with one term of their own, or none: that term if it says enough, as people say it."""
    shared = sayings.shared(said)
    for told, term in shown.items():
        if told.said_by >= min(_ALONE * len(said), max(shared.values(), default=0)):
            is_thing = len(told.term) > 1 or told.term[0] in known.things
            said_so = () if is_thing else sayings.around(term.lower(), told.said_by, shared)
            return _line([_spelt(said_so, spelling) or term])
    typical = sayings.typical(shared, len(said), _IN_LABEL) or _most_used(said)
    line = _line(_spelt(saying, spelling) for saying in typical)
    return f"In general: {line}" if typical else "No words"


def _most_used(said: Iterable[Pieces]) -> list[Term]:
    counts = Counter(word for pieces in said for word in set(chain.from_iterable(pieces)) if not word.isdigit())
    by_use = sorted(counts, key=lambda word: (word.replace("'", "") in words.EMPTY, -counts[word], word))
    return [(word,) for word in by_use[:_IN_LABEL]]


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
