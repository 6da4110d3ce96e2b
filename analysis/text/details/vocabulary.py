"""Words as the search for names and schools knows them: given names, services and places, and what is plain English.

The lists are in ``names.toml`` and ``common_words.txt`` beside this file.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent
_LISTS: dict[str, str] = tomllib.loads((_FOLDER / "names.toml").read_text(encoding="utf-8"))

REMEMBERED = 50_000
"""Words of which it is remembered what was said of each: people use the same ones."""

UPPER = "A-ZÀ-ÖØ-ÞĆČĐĘŁŃŚŞŠŢȘȚŹŻŽ"
WORD = r"[^\W\d_]++(?:['’-][^\W\d_]++){0,3}"
"""One word, with its apostrophes and hyphens."""
CAPITAL = rf"[{UPPER}](?:[^\W\d_]*+)(?:['’-][^\W\d_]++){{0,3}}"
"""One word with a capital."""
BEGINS = r"(?<![^\W_])(?<![^\W_]['’-])"
"""Where a word begins."""

CAPITAL_WORD = rf"[{UPPER}](?<![^\W_].)(?<![^\W_]['’-].)[^\W\d_]*+(?:['’-][^\W\d_]++){{0,3}}"
"""``CAPITAL`` where a word begins, which is asked after the capital: what begins with a letter is found quickly."""

_BUILDING = re.compile(rf"(?:['’]s)?[^\S\n](?P<word>{WORD})")
_SAINT = re.compile(r"\b(?:St|Saint)\.?[^\S\n]$", re.IGNORECASE)
_REACH = 40  # characters in which the words before a place are looked for
_LAST_WORD = re.compile(rf"(?P<word>\b(?i:st)\.|&|{BEGINS}{WORD})[^\S\n]?$")
_SIMPLE_CAPITAL = re.compile(rf"[{UPPER}][^\W\d_]*+")
_POSSESSIVES = ("'s", "’s", "'S", "’S")


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


def either(name: str) -> str:
    """A pattern for any entry of a list whose entries are apart by |, or by spaces where none has a space in it."""
    listed = _LISTS[name].replace("\n", "").strip()
    entries = [entry.strip() for entry in (listed.split("|") if "|" in listed else _LISTS[name].split())]
    return "(?:" + "|".join(sorted(entries, key=len, reverse=True)).replace(" ", r"[^\S\n]") + ")"


FORENAMES = _words("forenames")
WITH_CAPITAL = _words("with_capital")
IN_CONTEXT = _words("in_context")
AS_OFTEN_A_WORD = _words("as_often_a_word")
GIVEN_NAMES = FORENAMES | WITH_CAPITAL | IN_CONTEXT
PLACES = _words("places")
BUILDINGS = _words("buildings")
ANY_SCHOOL = _words("any_school")
COMMON = frozenset((_FOLDER / "common_words.txt").read_text(encoding="utf-8").split())
_ROLE_WORDS = frozenset(re.findall(r"[a-z]+", f"{_LISTS['roles']} {_LISTS['kin']}"))
_SERVICES = _words("services")
_ELSEWHERE = _words("elsewhere")
NOT_A_NAME = _ELSEWHERE | _words("conditions_and_cures") | _words("brands_and_bodies")
NAMES_OF_THINGS = PLACES | BUILDINGS | _ROLE_WORDS | _SERVICES | NOT_A_NAME
"""Words of places, buildings, roles, services, conditions, medicines and brands, in small letters."""
_NOT_NAMES = (COMMON | NAMES_OF_THINGS) - IN_CONTEXT


def spaces_but_for(marks: str) -> bytes:
    """A table for ``bytes.translate``: a space for everything but these marks. Quick, where all is plain letters."""
    return bytes(mark if chr(mark) in marks else ord(" ") for mark in range(256))


def without_possessive(word: str) -> str:
    """The word as written, without its possessive: "Freya" for "Freya's"."""
    return word[:-2] if word.endswith(_POSSESSIVES) else word


def bare(word: str) -> str:
    """The word in small letters without its possessive: "freya" for "Freya's"."""
    return without_possessive(word).casefold()


def has_capital(word: str) -> bool:
    """Whether it begins with a capital."""
    return word[:1].isupper()


def shouted(word: str) -> bool:
    """Whether it is written in capitals from end to end, as an abbreviation or in anger."""
    return len(word) > 1 and without_possessive(word).isupper() and len(bare(word)) > 1


@lru_cache(maxsize=REMEMBERED)
def unknown(word: str) -> bool:
    """Whether this is no plain English word, service, place or role, so that it may be somebody's name."""
    known = bare(word)
    if known.replace("'", "").replace("’", "") in _NOT_NAMES or word.casefold().replace("’", "'") in NOT_A_NAME:
        return False
    return any(part not in _NOT_NAMES for part in re.split("['’-]", known))


def of_service(known: str) -> bool:
    """Whether this word, in small letters, is of a service, an office, a condition, a place elsewhere or a brand."""
    return known in _SERVICES or known in NOT_A_NAME


def may_be_a_surname(known: str) -> bool:
    """Whether somebody may be called this, in small letters, after a given name: as many are called by a place."""
    return known in PLACES or known in _ELSEWHERE or not of_service(known)


def plainly_a_name(word: str) -> bool:
    """Whether this is a given name wherever it stands, as it is written."""
    known = bare(word)
    if known in FORENAMES:
        return len(known) > 3 or has_capital(word)
    return known in WITH_CAPITAL and has_capital(word) and (len(known) > 3 or not shouted(word))


def has_strange_capital(text: str) -> bool:
    """Whether any word in it with a capital is no plain English, or a given name. Quick: most comments have none."""
    return any(
        len(word) > 1 and word not in _NOT_NAMES for word in map(str.casefold, set(_SIMPLE_CAPITAL.findall(text)))
    )


def lowered(text: str) -> str:
    """The text in small letters, every one in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := mark.lower()) == 1 else mark for mark in text)


class Word(NamedTuple):
    """A word as written, and where it stands."""

    written: str
    start: int
    end: int


def words_before(text: str, end: int, most: int) -> Iterator[Word]:
    """The words before a place, the nearest first, as far as nothing but a space, if that, is between them."""
    for _ in range(most):
        found = _LAST_WORD.search(text, max(0, end - _REACH), end)
        if found is None:
            return
        yield Word(found["word"], *found.span("word"))
        end = found.start()


def of_a_building(text: str, start: int, end: int, *, small: bool = False) -> bool:
    """Whether what stands here is part of another name: Victoria Hospital (hospital, if it may be small), St George."""
    after = _BUILDING.match(text, end)
    if after and bare(after["word"]) in BUILDINGS and not shouted(text[start:end]):
        return small or has_capital(after["word"])
    return bool(_SAINT.search(text[max(0, start - 8) : start]))
