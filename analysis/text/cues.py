"""Cues: turns of phrase that show what somebody thinks of a service without a word that is good or bad in itself.

"The bus is always late" complains and "could not have asked for more" praises, though a list of emotive words knows
neither. The patterns are in cues.toml. They are read by RE2, through Arrow, which is a hundred times faster here than
Python's own engine (and pandas would quietly fall back to that one for patterns such as these).
"""

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_FILE = Path(__file__).parent / "cues.toml"


class Cue(StrEnum):
    """What a turn of phrase shows."""

    WAIT = "wait"  # a wait, a delay, lateness
    NO_WAIT = "no_wait"  # that there was none
    QUICK = "quick"  # speed and punctuality, when they were there
    QUICKER = "quicker"  # the same, when they were missed
    WISH = "wish"  # something asked for, and so not there
    LESS = "less"  # a short wish: "listened more", "warmer rooms"
    LACK = "lack"  # something missing, refused, wrong, or done to people
    TROUBLE = "trouble"  # plain facts of something going wrong: "three caseworkers in a year"
    PROGRESS = "progress"  # plain facts of something going right: "rang back the same day", "she has friends now"
    LITOTES = "litotes"  # fault found politely: "less than ideal", "not exactly quick"
    IRONY = "irony"  # praise that is none: "oh great, another form"
    UNBEATEN = "unbeaten"  # "could not have been kinder"
    NOT_GOOD = "not_good"  # a good thing denied: "never felt welcome"
    SPARED = "spared"  # a bad thing denied: "we never had to chase"
    FINE = "fine"  # nothing to complain of, said in the many ways there are
    NOTHING = "nothing"  # "nothing" and no more: what it means depends on the question
    NO_BUT = "no_but"  # "nothing, they were great"
    NOTHING_WORKS = "nothing_works"  # "nothing happens": the other nothing
    DO_NOT_KNOW = "do_not_know"  # no opinion given
    ASK = "ask"  # something asked for outright
    COMPARING = "comparing"  # begins with "more", "better", "quicker": asks, where something was to be asked for
    LOOKS_BACK = "looks_back"  # what should have been: past asking for, and so a criticism
    RHETORICAL = "rhetorical"  # a question that wants no answer: "why does nobody ring?"
    SOMEBODY = "somebody"  # somebody is or does something; without it, something is only named
    THE_WAY = "the_way"  # names what somebody does: "the way they spoke to him"
    SOME = "some"  # begins with "a", "some", "someone": names what is not there yet
    CONTRAST = "contrast"  # "but" and its kin


def spot(texts: "pd.Series[str]", wanted: Iterable[Cue] = tuple(Cue)) -> pd.DataFrame:
    """Which cues are in which text: one row per text of small letters, one true-or-false column per cue wanted."""
    said = pa.array(texts.tolist(), type=pa.string())
    found = {cue.value: pc.match_substring_regex(said, _patterns()[cue]).to_numpy(False) for cue in wanted}
    return pd.DataFrame(found, index=texts.index, dtype=bool)


@cache
def _patterns() -> dict[str, str]:
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    lists: dict[str, str] = written["lists"]
    return {cue.value: _one(written["cues"][cue.value], lists) for cue in Cue}


def _one(patterns: str, lists: dict[str, str]) -> str:
    """One pattern that matches where any of those written (one a line) does."""
    joined = "|".join(patterns.split("\n")).strip("|")
    while "<" in joined:
        joined = re.sub("<([a-z_]+)>", lambda found: f"(?:{lists[found[1]]})", joined)
    return joined
