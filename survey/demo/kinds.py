"""Sorts of comment: thanks, complaint, story and so on; how often each is left in each box; and which way it leans."""

import tomllib
from bisect import bisect
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

SHARES = Path(__file__).with_name("kinds.toml")


class Kind(StrEnum):
    """What sort of comment somebody leaves."""

    COMPLAINT = "complaint"
    MIXED = "mixed"
    THANKS = "thanks"
    STORY = "story"
    SUGGESTION = "suggestion"
    NOTHING = "nothing"
    OFF_TOPIC = "off_topic"
    NAMED = "named"
    SARCASM = "sarcasm"
    UNDERSTATED = "understated"
    ANGRY = "angry"
    CAMPAIGN = "campaign"
    POLISHED = "polished"
    WRONG_QUESTION = "wrong_question"
    TERSE = "terse"
    SAFEGUARDING = "safeguarding"


class Lean(StrEnum):
    """Which way a comment leans, as a reader would say."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    MIXED = "mixed / unclear"


class Box(StrEnum):
    """A comment item of the questionnaire; the one about a service also by how the service was rated."""

    ABOUT_GOOD = "tell_us_more_good"
    ABOUT_NEITHER = "tell_us_more_neither"
    ABOUT_BAD = "tell_us_more_bad"
    MISSING = "right_help_missing"
    CHANGE = "one_change"
    WORKS = "what_works"
    ELSE = "anything_else"


class Weighted(NamedTuple):
    """The kinds that are left in a box, and their cumulative shares."""

    kinds: tuple[Kind, ...]
    cumulative: tuple[float, ...]


@cache
def shares() -> Mapping[Box, Weighted]:
    """For each box the kinds of comment left in it."""
    raw = tomllib.loads(SHARES.read_text(encoding="utf-8"))
    return {box: _weighted(raw[box.value]) for box in Box}


def kind_for(box: Box, random: Random) -> Kind:
    """A kind of comment such as people leave in that box."""
    kinds, cumulative = shares()[box]
    return kinds[bisect(cumulative, random.random() * cumulative[-1])]


def _weighted(entry: Mapping[str, float]) -> Weighted:
    total, cumulative = 0.0, []
    for share in entry.values():
        total += share
        cumulative.append(total)
    return Weighted(tuple(Kind(name) for name in entry), tuple(cumulative))
