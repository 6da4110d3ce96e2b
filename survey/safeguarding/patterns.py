"""Whether a comment may tell of harm, by the words and phrases in the files beside this one. Light, and offline.

It is meant to find too much rather than too little: whatever it finds, a person reads. It does not find everything.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from survey.written import safe

FOLDER = Path(__file__).parent
FILES = ("patterns.toml", "other_tongues.toml")
GAP = 6  # words that "..." stands for, at most
LONGEST_READ = 20_000  # characters of one comment: as much as is read of it anywhere

_BREAK = re.compile(r"[.!?۔।…]+|\n\s*\n")
# What holds words apart. Marks of letters are none, in whatever script: \w leaves out many.
_BETWEEN = re.compile(r"[^\w.\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff]+")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_HARAKAT = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "ة": "ہ", "ه": "ہ", "ł": "l", "đ": "d"})
_PIECES = re.compile(r"\s*(\)\??|\(|\||<\w+>\??|\.\.\.|[^\s()|<>]+)")


class _Kind(BaseModel):
    """One entry of a file: a kind of harm, in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    language: str
    why: str
    patterns: tuple[str, ...]
    weak: tuple[str, ...] = ()


class _File(BaseModel):
    """What a file says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, tuple[str, ...]]
    kind: tuple[_Kind, ...]
    figures: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()


class _Look(NamedTuple):
    """Everything that is looked for, ready to be used."""

    figures: re.Pattern[str]
    past: re.Pattern[str]
    resolved: re.Pattern[str]
    recent: re.Pattern[str]
    talk: re.Pattern[str]
    strong: tuple[tuple[str, re.Pattern[str]], ...]
    weak: tuple[tuple[str, re.Pattern[str]], ...]


def kinds_in(words: str) -> tuple[str, ...]:
    """The kinds of harm that a comment may tell of, in alphabetical order; () where nothing in it says so."""
    look = _look()
    sentences = [look.figures.sub(" ", one) for one in _sentences(words)]
    found: set[str] = set()
    for place, sentence in enumerate(sentences):
        if _is_past(look, sentence, sentences[place + 1 : place + 2]):
            continue
        found.update(kind for kind, pattern in look.strong if kind not in found and pattern.search(sentence))
        if not look.talk.search(sentence):
            found.update(kind for kind, pattern in look.weak if pattern.search(sentence))
    return tuple(sorted(found))


def _is_past(look: _Look, sentence: str, after: Sequence[str]) -> bool:
    """Whether a sentence tells of something long ago, and it or the one after says that all is well since."""
    if not look.past.search(sentence) or look.recent.search(sentence):
        return False
    return any(look.resolved.search(one) for one in (sentence, *after))


def _sentences(words: str) -> list[str]:
    """A comment's sentences, each as words with one space before and after every word."""
    text = _plain(words[:LONGEST_READ])
    spaced = (_BETWEEN.sub(" ", one).replace(".", " ") for one in _BREAK.split(text))
    return [f" {' '.join(one.split())} " for one in spaced if one.strip()]


def _plain(text: str) -> str:
    """Small letters without apostrophes, and without the marks on Latin letters that many people leave out."""
    text = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", safe(text)).casefold())
    text = _HARAKAT.sub("", _LATIN_MARKS.sub("", text))
    return unicodedata.normalize("NFC", text).translate(_LETTERS)


def make_ready() -> None:
    """Put the patterns together, which takes a moment: before anybody sends something, and not while they do."""
    _look()


@cache
def _look() -> _Look:
    files = [_File.model_validate(tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))) for name in FILES]
    named = {name: entries for file in files for name, entries in file.words.items()}
    first = files[0]
    return _Look(
        figures=_any_of(first.figures, named),
        past=_any_of(first.past, named),
        resolved=_any_of(first.resolved, named),
        recent=_any_of(first.recent, named),
        talk=_any_of(first.talk, named),
        strong=tuple((one.key, _any_of(one.patterns, named)) for file in files for one in file.kind),
        weak=tuple((one.key, _any_of(one.weak, named)) for file in files for one in file.kind if one.weak),
    )


def _any_of(patterns: Sequence[str], named: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """One expression that finds any of these patterns in a sentence."""
    return re.compile(f"(?<= )(?:{'|'.join(_expression(pattern, named) for pattern in patterns)})")


def _expression(pattern: str, named: Mapping[str, Sequence[str]]) -> str:
    """A pattern as a regular expression over words that each end in a space. Raises ValueError for a bracket left."""
    pieces = iter(_PIECES.findall(pattern))
    built = "".join(_sequence(pieces, named))
    if next(pieces, None) is not None:
        raise ValueError(f"The pattern {pattern!r} has a bracket too many.")
    return built


def _sequence(pieces: Iterator[str], named: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The parts of a pattern up to its end, or up to the bracket that closes it."""
    for piece in pieces:
        if piece.startswith(")"):
            return
        if piece == "(":
            yield _bracket(pieces, named)
        elif piece.startswith("<"):
            name, optional = piece.strip("<>?"), "?" if piece.endswith("?") else ""
            yield f"(?:{'|'.join(_expression(entry, named) for entry in named[name])}){optional}"
        elif piece == "...":
            yield f"(?:[^ ]+ ){{0,{GAP}}}?"
        else:
            yield _word(piece)


def _bracket(pieces: Iterator[str], named: Mapping[str, Sequence[str]]) -> str:
    """Alternatives in brackets, which may hold brackets themselves."""
    inside: list[str] = []
    depth, closing = 1, ")"
    for piece in pieces:
        depth += (piece == "(") - piece.startswith(")")
        if depth == 0:
            closing = piece
            break
        inside.append(piece)
    ways = ["".join(_sequence(iter(way), named)) for way in _ways(inside)]
    return f"(?:{'|'.join(ways)}){closing[1:]}"


def _ways(pieces: Sequence[str]) -> list[list[str]]:
    """What stands between the strokes of one bracket, leaving those of brackets inside it alone."""
    ways: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        depth += (piece == "(") - piece.startswith(")")
        if piece == "|" and depth == 0:
            ways.append([])
        else:
            ways[-1].append(piece)
    return ways


def _word(piece: str) -> str:
    """One word, or the beginning of one."""
    begins = piece.endswith("*")
    plain = re.escape(_plain(piece.rstrip("*")))
    return f"{plain}[^ ]* " if begins else f"{plain} "
