"""Finding comments by their words: every word sought, a "phrase" as it stands, each word from its beginning.

Comments and what is sought are folded alike: small letters, no accents, letters that keyboards of one script write in
two ways made one, and nothing but words with one space between. So that finding is no more than looking for one text
in another, which a hundred thousand comments take some hundredths of a second.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

LONGEST: Final = 400  # characters of a search that are looked at
MOST_TERMS: Final = 12

# What taking off accents does not bring together: letters with a stroke, and the Arabic letters that an Urdu keyboard
# has under another number. Apostrophes go, so that "cant" finds "can't".
_ALIKE: Final = {
    "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i",
    "ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ە": "ہ", "ـ": "",
    "'": "", "’": "", "‘": "", "ʼ": "", "`": "",
}  # fmt: skip
_SHAPES_WORDS: Final = {7, 9}  # marks that belong to a letter of Indian scripts, which no accent does
_PHRASE: Final = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')


class _Letters(dict[int, str | None]):
    """What becomes of each character, worked out when it is met first; None where nothing does."""

    def __missing__(self, code: int) -> str | None:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = "".join(map(_letter, plain)) or None  # for which translating has a quicker way than for ""
        return self[code]


def _letter(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    kind = unicodedata.category(character)
    if kind[0] == "M":
        accent = unicodedata.combining(character)
        return character if not accent or accent in _SHAPES_WORDS else ""
    if kind == "Cf":  # joiners and marks of direction, which nobody sees
        return ""
    return character if kind[0] in "LN" else " "


_LETTERS: Final = _Letters()


def fold(text: str) -> str:
    """The words of a text, each with a space before it, and one at the end; "" where it has none."""
    words = text.translate(_LETTERS).split()
    return f" {' '.join(words)} " if words else ""


class Sought(NamedTuple):
    """What somebody looks for: pieces of folded text that must all be there. None means that no word was given."""

    pieces: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.pieces)

    @property
    def words(self) -> tuple[str, ...]:
        """The words in it, folded."""
        return tuple(" ".join(self.pieces).split())


def sought(typed: str) -> Sought:
    """What somebody typed, as what must be there: words from their beginning, and what stands in quotation marks.

    Signs count for nothing. What is longer than LONGEST, or has more parts than MOST_TERMS, is cut off there.
    """
    typed = typed[:LONGEST]
    phrases = [fold(found[1]) for found in _PHRASE.finditer(typed)]
    single = [f" {word}" for word in fold(_PHRASE.sub(" ", typed)).split()]
    return Sought(tuple(dict.fromkeys(piece for piece in [*phrases, *single] if piece))[:MOST_TERMS])


def having(folded: Sequence[str], places: Iterable[int], wanted: Sought) -> list[int]:
    """Of the texts at these places, the places of those in which all of it stands."""
    left = list(places)
    for piece in sorted(wanted.pieces, key=len, reverse=True):
        left = [place for place in left if piece in folded[place]]
    return left


def near(wanted: Sought, folded: Iterable[str], *, most: int = 3) -> dict[str, list[str]]:
    """For each word sought that no text has, the words there are that are spelled most like it."""
    known: set[str] = set()
    for text in folded:
        known.update(text.split())
    return {word: close for word in wanted.words if (close := _close(word, known, most))}


def _close(word: str, known: Collection[str], most: int) -> list[str]:
    if any(one.startswith(word) for one in known):
        return []
    alike = [one for one in known if one[:1] == word[:1] and abs(len(one) - len(word)) < 3]
    return get_close_matches(word, sorted(alike), n=most, cutoff=0.75)
