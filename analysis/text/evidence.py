"""Evidence: what speaks for and against a service in each comment, clause by clause, as numbers a model can weigh."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.text import clauses, clean, tone
from analysis.text.cues import Cue, spot

# How much a cue counts beside the tones of words, which run to about 3.
_FINE, _QUICK, _WAIT, _OTHER, _NO_BUT = 2.0, 1.2, 1.5, 1.2, 1.5
_FACT, _LITOTES, _IRONY = 0.8, 1.8, 3.0
_MUFFLED = 0.4  # a bad word in "can't fault", or a good one in a wish ("better"), counts for less
_CLEAR = 0.5  # a clause leans one way when good and bad differ by more than this

_CONTRACTED = re.compile(
    r"\b(is|are|was|were|do|does|did|ca|could|would|should|wo|have|has|had|must|need|can)(?:n't|nt|not)\b"
)

_OF_THE_WHOLE = (Cue.NO_BUT, Cue.NOTHING_WORKS, Cue.NOTHING, Cue.DO_NOT_KNOW, Cue.CONTRAST)
ASKING = (Cue.ASK, Cue.COMPARING, Cue.LOOKS_BACK, Cue.RHETORICAL, Cue.SOMEBODY, Cue.THE_WAY, Cue.SOME)
"""The cues that tell whether a clause asks for something."""

_OF_A_CLAUSE = tuple(cue for cue in Cue if cue not in (*_OF_THE_WHOLE, *ASKING))
_FEW_WORDS = 7

_WRITTEN_OUT = {"ca": "can", "wo": "will"}

AMOUNTS = [
    "good", "bad", "lean", "balance", "both", "strength", "any_good", "any_bad", "good_and_bad", "clauses_lean",
]  # fmt: skip
"""The columns that say how much there is, one way and the other."""

COLUMNS = [
    *AMOUNTS,
    "no_but", "nothing", "do_not_know", "contrast", "wait", "no_wait", "wish", "wish_share", "lack", "lack_share",
    "fine", "quick", "quicker", "trouble", "trouble_share", "progress", "irony", "litotes", "not_good", "spared",
    "clash", "asks", "exclaims", "length", "silent",
]  # fmt: skip


def weigh(texts: Sequence[str]) -> pd.DataFrame:
    """The evidence in each text: one row per text, in order, with COLUMNS (float).

    ``good`` and ``bad`` are logs of summed tones and cues, ``lean`` runs from -1 (all bad) to 1 (all good), ``both``
    is 1 where good and bad are of one size, ``silent`` is 1 where there is no evidence at all.
    """
    whole = pd.Series([_for_cues(text) for text in texts], dtype="str")
    pieces = [clauses.split(text) or ("",) for text in texts]
    different, which = clauses.different([clause for parts in pieces for clause in parts])
    found = of_clauses(different)
    ends = np.cumsum([len(parts) for parts in pieces])
    sums = pd.DataFrame(
        np.add.reduceat(found.to_numpy()[which], ends - [len(p) for p in pieces], axis=0), columns=found.columns
    )
    return _per_text(sums, spot(whole, _OF_THE_WHOLE), whole)


def says_nothing(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which texts give no view at all, such as "Nothing", "N/A" or "Don't know": true or false for each."""
    whole = pd.Series([_for_cues(clean.plain(text)) for text in texts], dtype="str")
    return spot(whole, [Cue.NOTHING, Cue.DO_NOT_KNOW]).any(axis=1).to_numpy(dtype=bool)


def _for_cues(text: str) -> str:
    """Small letters, "n't" written out, so that one pattern knows "didn't", "didnt" and "did not"."""
    low = text.lower()
    if "n't" in low or "nt" in low or "not" in low:  # looking takes longer than all the rest
        return _CONTRACTED.sub(lambda found: f"{_WRITTEN_OUT.get(found[1], found[1])} not", low)
    return low


def of_clauses(said: Sequence[str]) -> pd.DataFrame:
    """The evidence in each clause: one row per clause: its good and its bad, which way it leans, its cues as 0 and 1.

    The last clauses asked for are remembered, since sentiment and stance ask for the same ones in turn.
    """
    return _of_clauses(tuple(said))


@lru_cache(maxsize=1)
def _all_for_cues(said: tuple[str, ...]) -> "pd.Series[str]":
    return pd.Series([_for_cues(text) for text in said], dtype="str")


@lru_cache(maxsize=1)
def _of_clauses(said: tuple[str, ...]) -> pd.DataFrame:
    plain = _all_for_cues(said)
    cues = spot(plain, _OF_A_CLAUSE)
    tones = pd.DataFrame([tone.of(text) for text in plain.tolist()], columns=["good", "bad"])
    asked = cues[Cue.WISH] | cues[Cue.LESS]
    spared = cues[Cue.SPARED] & ~asked
    fine = cues[Cue.UNBEATEN] | spared | (cues[Cue.FINE] & ~cues[Cue.NOT_GOOD])
    denied = cues[Cue.NOT_GOOD] & ~fine
    wait = cues[Cue.WAIT] & ~cues[Cue.NO_WAIT] & ~spared
    wish = asked & ~fine
    lack = (cues[Cue.LACK] | denied) & ~fine & ~cues[Cue.NO_WAIT]
    quick = (cues[Cue.QUICK] | cues[Cue.NO_WAIT]) & ~cues[Cue.QUICKER] & ~wait
    trouble = cues[Cue.TROUBLE] & ~fine & ~cues[Cue.NO_WAIT]
    irony, litotes = cues[Cue.IRONY], cues[Cue.LITOTES] & ~fine
    clash = (tones["good"] > _CLEAR) & (wait | lack | trouble) & ~fine
    good = tones["good"] + _FINE * fine + _QUICK * quick + _FACT * cues[Cue.PROGRESS]
    bad = tones["bad"] + _WAIT * wait + _OTHER * (wish.astype(float) + lack + cues[Cue.QUICKER])
    bad = bad + _FACT * trouble + _LITOTES * litotes + _IRONY * irony
    good = good.where(~(wish | cues[Cue.QUICKER] | irony | litotes), good * _MUFFLED)
    bad = bad.where(~fine, bad * _MUFFLED)
    return pd.DataFrame(
        {
            "good": good, "bad": bad, "leans_good": good - bad > _CLEAR, "leans_bad": bad - good > _CLEAR,
            "clauses": 1, "wait": wait, "no_wait": cues[Cue.NO_WAIT], "wish": wish, "lack": lack, "fine": fine,
            "quick": quick, "quicker": cues[Cue.QUICKER], "trouble": trouble, "progress": cues[Cue.PROGRESS],
            "irony": irony, "litotes": litotes, "not_good": denied, "spared": spared, "clash": clash,
        }
    ).astype(float)  # fmt: skip


def asked_in(said: Sequence[str]) -> pd.DataFrame:
    """Whether each clause asks for something, names something or says "nothing": one row per clause, true or false.

    The columns are ASKING, Cue.NOTHING, Cue.DO_NOT_KNOW, and ``few_words``. What only looks back, or is a question that
    wants no answer, asks for nothing.
    """
    plain = _all_for_cues(tuple(said))
    cues = spot(plain, [*ASKING, Cue.NOTHING, Cue.DO_NOT_KNOW])
    cues[Cue.ASK] &= ~cues[Cue.LOOKS_BACK] & ~cues[Cue.RHETORICAL]
    return cues.assign(few_words=_lengths(plain) <= _FEW_WORDS)


def _lengths(texts: "pd.Series[str]") -> npt.NDArray[np.int64]:
    """How many words each text has, by the spaces between them."""
    return np.array([len(text.split()) for text in texts.tolist()], dtype=np.int64)


def _per_text(sums: pd.DataFrame, cues: pd.DataFrame, whole: "pd.Series[str]") -> pd.DataFrame:
    no_but = cues[Cue.NO_BUT] & ~cues[Cue.NOTHING_WORKS]
    good = sums["good"] + _NO_BUT * no_but
    bad = sums["bad"].where(~no_but, sums["bad"] / 2)
    least, most = np.minimum(good, bad), np.maximum(good, bad)
    lean, balance = (good - bad) / (good + bad + 1), least / (most + 1)
    leaning_good, leaning_bad = sums["leans_good"].clip(upper=1), sums["leans_bad"].clip(upper=1)
    evidence = {
        "good": np.log1p(good), "bad": np.log1p(bad), "lean": lean, "balance": balance, "both": balance > 0.5,
        "strength": lean * np.log1p(good + bad), "any_good": leaning_good, "any_bad": leaning_bad,
        "good_and_bad": leaning_good * leaning_bad,
        "clauses_lean": (sums["leans_good"] - sums["leans_bad"]) / sums["clauses"],
        "no_but": no_but, "nothing": cues[Cue.NOTHING], "do_not_know": cues[Cue.DO_NOT_KNOW],
        "contrast": cues[Cue.CONTRAST], "wait": sums["wait"] > 0, "no_wait": sums["no_wait"] > 0,
        "wish": sums["wish"] > 0, "wish_share": sums["wish"] / sums["clauses"],
        "lack": sums["lack"] > 0, "lack_share": sums["lack"] / sums["clauses"],
        "fine": sums["fine"] > 0, "quick": sums["quick"] > 0, "quicker": sums["quicker"] > 0,
        "trouble": sums["trouble"] > 0, "trouble_share": sums["trouble"] / sums["clauses"],
        "progress": sums["progress"] > 0, "irony": sums["irony"] > 0, "litotes": sums["litotes"] > 0,
        "not_good": sums["not_good"] > 0, "spared": sums["spared"] > 0, "clash": sums["clash"] > 0,
        "asks": whole.str.contains("?", regex=False), "exclaims": whole.str.contains("!", regex=False),
        "length": np.log1p(_lengths(whole)) / 3, "silent": good + bad < 0.3,
    }  # fmt: skip
    return pd.DataFrame(evidence).astype(float)[COLUMNS]
