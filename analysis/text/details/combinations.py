"""What together may tell who somebody is, though nobody is named: an age, a rare condition and a small place.

The rules are written down, in ``combinations.toml``: a person can read them, dispute them and add to them.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from operator import itemgetter
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Final, NamedTuple

from analysis.text.details import vocabulary
from analysis.text.details.detail import Detail, Span

PLACE: Final = "place"
"""The kind of thing that a school, a village or a district is."""

_FILE = Path(__file__).with_suffix(".toml")
_AGE = re.compile(
    r"(?:aged?|is|was|only|just)\s(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen)(?![\d:/.%]|\s(?:of|out|weeks?|months?|hours?|days?|times?|years?\s(?!old)|\w+s\b))\b"
    r"|\b(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
    r"[\s-]?(?:years?|yrs?)?[\s-]?old\b|\b\d{1,2}\s?(?:yo|y/o)\b"
)
_NOT_A_WORD = re.compile(r"[^\w'-]")
_WORDS_ONLY = vocabulary.spaces_but_for(ascii_lowercase + digits + "_'-")  # quicker, where it will do
_RAREST = ("alone", "event", "job", "condition", "family", "origin", "age", "place")  # looked for in this order


class _Rule(NamedTuple):
    """All these kinds of thing, and so many kinds altogether."""

    all: frozenset[str]
    least: int


class _Phrase(NamedTuple):
    """A phrase between spaces, its words, and the kind of thing that it tells."""

    kind: str
    phrase: str
    words: frozenset[str]


class _Rules(NamedTuple):
    """The file: kinds with their reasons, phrases by their longest word, and the words no rule is met without."""

    within: int
    reasons: dict[str, str]
    phrases: dict[str, list[_Phrase]]
    leading: frozenset[str]
    rules: tuple[_Rule, ...]


def combinations(text: str, found: Iterable[Span] = (), *, beside: Collection[str] = ()) -> tuple[str, ...]:
    """What in this comment might together tell who it is about, in words: "an age", "a school or a place" …

    Nothing where no rule is met. A school among the details ``found`` in the comment counts as a place. ``beside``
    are kinds of thing that whoever reads it knows besides, and which so stand near everything in it: ``PLACE`` where it
    is shown with its district. This finds what is commonly so: that it finds nothing does not mean that nobody could be
    recognised.
    """
    low = text.lower().replace("’", "'")
    plain = low.encode().translate(_WORDS_ONLY).decode() if low.isascii() else _NOT_A_WORD.sub(" ", low)
    said = set(plain.split())
    rules = _written()
    if said.isdisjoint(rules.leading):
        return ()
    schools = {(PLACE, span.start) for span in found if span.kind is Detail.SCHOOL}
    perhaps = [one for word in said.intersection(rules.phrases) for one in rules.phrases[word] if one.words <= said]
    if not _met(rules, {one.kind for one in perhaps} | {kind for kind, _ in schools} | {"age", *beside}):
        return ()
    places = _places(perhaps, f" {plain} ") | schools
    if len({name for name, _ in places} | set(beside)) > 1:
        places |= {("age", age.start()) for age in _AGE.finditer(low)}
    for _, start in sorted(places, key=itemgetter(1)):
        near = {name for name, place in places if 0 <= place - start <= rules.within} | set(beside)
        if _met(rules, near):
            return tuple(reason for name, reason in rules.reasons.items() if name in near)
    return ()


def _met(rules: _Rules, kinds: set[str]) -> bool:
    return any(rule.all <= kinds and len(kinds) >= rule.least for rule in rules.rules)


def _places(phrases: Iterable[_Phrase], plain: str) -> set[tuple[str, int]]:
    """Where each phrase stands first between spaces, with the kind of thing that it tells."""
    return {(one.kind, place) for one in phrases if (place := plain.find(one.phrase)) >= 0}


@cache
def _written() -> _Rules:
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    phrases = defaultdict[str, list[_Phrase]](list)
    telling_words = defaultdict[str, set[str]](set)
    for name, mark in raw["marks"].items():
        for phrase in (one.strip() for one in mark["phrases"].split("|")):
            longest = max(phrase.split(), key=len)  # the rarest, most often
            phrases[longest].append(_Phrase(name, f" {phrase} ", frozenset(phrase.split())))
            telling_words[name].add(longest)
    rules = tuple(_Rule(frozenset(rule["all"]), rule["least"]) for rule in raw["rules"])
    leading = frozenset().union(*(telling_words[min(rule.all, key=_RAREST.index)] for rule in rules))
    reasons = {name: mark["reason"] for name, mark in raw["marks"].items()}
    return _Rules(raw["within"], reasons, dict(phrases), leading, rules)
