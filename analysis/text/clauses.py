"""Clauses: the pieces of a comment that each say one thing.

"Lovely staff, but we waited two years" says two, and neither a theme nor a tone fits the whole.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

# The first mark is looked for by itself: trying every way a sentence ends at every letter takes four times as long.
_SENTENCE_ENDS = re.compile(
    r"(?=[.!?…\n;/–—•-])(?:[.!?…]+(?=\s|$|[A-Z])|[\n;]+|(?<=\s)[-–—]+\s|(?<=\w)[–—](?=\w)|•|(?<=\s)/\s)"
)
_TURNING = (
    "but", "however", "although", "though", "yet", "whereas", "except", "apart from", "unfortunately", "despite",
    "shame", "on the other hand", "other than", "only thing", "only problem", "only issue", "only complaint",
    "only downside", "only down side",
)  # fmt: skip
# What asks for something after a comma, however little stands before it.
_ASKING = (
    r"please|pls|(?:could|can|would|will) (?:you|they|we|someone|somebody|the \w+)|(?:we|i) (?:just )?need|just need"
)
# Between words is one space and no more, as ``clean.plain`` leaves them. Both begin with what is found quickly.
_TURNS = re.compile(rf"[, ](?:(?<=,) )?(?=(?:{'|'.join(_TURNING)})\b)|,(?= (?:{_ASKING})\b)", re.IGNORECASE)
_GOES_ON = re.compile(
    "([, ](?:(?<=,) ?(?:and |so |then |plus |also )?|(?<= )(?:and|plus|also|then|so) ))", re.IGNORECASE
)
_WORD = re.compile(r"\w")
# Shorter pieces stay with what they are joined to: "kind, patient and calm".
_LONG = re.compile(r"\W*+(?:\w++\W++){3}\w")


@lru_cache(maxsize=8_192)
def split(text: str) -> tuple[str, ...]:
    """The clauses of a comment, in order: at least one, unless it holds no word at all."""
    lowered = text.lower()
    turns = any(word in lowered for word in _TURNING) or ", " in lowered
    found = [
        clause
        for sentence in _SENTENCE_ENDS.split(text)
        for turn in (_TURNS.split(sentence) if turns else (sentence,))
        for clause in _at_joins(turn)
        if _WORD.search(clause)
    ]
    return tuple(clause.strip() for clause in found)


def different(said: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The different ones of these clauses, and for each of all its place among them: many people say the same."""
    places = {clause: place for place, clause in enumerate(dict.fromkeys(said))}
    return list(places), np.fromiter(map(places.__getitem__, said), dtype=np.int64, count=len(said))


def _at_joins(text: str) -> list[str]:
    first, *rest = _GOES_ON.split(text)
    done: list[str] = []
    for join, piece in zip(rest[::2], rest[1::2], strict=True):
        if _LONG.match(first) and _LONG.match(piece):
            done.append(first)
            first = piece
        else:
            first += join + piece
    return [*done, first]
