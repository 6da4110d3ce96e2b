"""Shares with intervals: how many of those who answered, and what chance alone could make of it."""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

_NOTHING = 1e-9


def shares(counts: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The share of each group who said yes, with a Wilson score interval.

    counts has one row per group: ``count`` (said yes) and ``base`` (answered), 0 <= count <= base.
    An ``effective`` column, where there is one, is the number of independent answers the base is
    worth (see ``effective_base``) and widens the interval; the share itself does not change.
    Gives the same rows with ``share``, ``low`` and ``high`` added: proportions from 0 to 1,
    missing where base is 0 or missing.

    Raises ValueError, naming the groups, if a count is negative or exceeds its base.

    The interval is for chance alone. People choose whether to answer an open consultation, and
    no interval measures what that choice does.

    With z the normal quantile, p the share and n the base, the limits are
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    Source: Wilson (1927) JASA 22, 209-212; method 3 of Newcombe (1998) Stat. Med. 17, 857-872.
    """
    count, base = counts["count"], counts["base"]
    if wrong := counts.index[(count < 0) | (count > base)].tolist():
        raise ValueError(f"A count lies between 0 and its base; it does not for {wrong}.")
    answered = base.astype("float64").where(base > 0)
    share = count / answered
    worth = counts["effective"].where(answered.notna()) if "effective" in counts else answered
    low, high = wilson(np.asarray(share, dtype="f8"), np.asarray(worth, dtype="f8"), confidence)
    return counts.assign(share=share, low=low, high=high)


def wilson(share: Floats, base: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper Wilson limits of shares, for as many shares as are given at once."""
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    centre = (share + z2 / (2 * base)) / (1 + z2 / base)
    reach = np.sqrt(z2) / (1 + z2 / base) * np.sqrt(share * (1 - share) / base + z2 / (4 * base**2))
    # At 0 % and 100 % a limit is exactly 0 or 1; rounding must not leave it a hair outside.
    return np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1)


def effective_base(count: pd.Series, base: pd.Series, groups: pd.Series) -> pd.Series:
    """How many independent answers each group's answers are worth, one value per group.

    count and base have one row per person and group: how many of that person's ``base`` answers
    said yes. Somebody who rates six services tends to rate them alike, so six answers from one
    person say less than one answer each from six. Never more than the answers there are; the
    number of people where everybody agrees, because then nothing can be said of how alike
    one person's answers are.

    The variance of the share is that of a ratio, people being the sampling unit:
    v = m/(m-1) Σ(yᵢ - p nᵢ)² / (Σnᵢ)²; the effective base is p(1-p)/v.
    Source: Cochran (1977) Sampling Techniques, 3rd ed., 6.4; used with the Wilson interval as in
    Franco, Little, Louis and Slud (2019) J. Surv. Stat. Methodol. 7, 334-364.
    """
    group, names = pd.factorize(groups)
    yes, answers = np.asarray(count, dtype="f8"), np.asarray(base, dtype="f8")
    sums = (
        np.bincount(group, each).astype("f8")
        for each in (answers, yes, np.ones_like(yes), yes**2, yes * answers, answers**2)
    )
    return pd.Series(effective_of(*sums), index=names, name="effective")


def effective_of(
    answers: Floats, yes: Floats, people: Floats, yes_yes: Floats, yes_all: Floats, all_all: Floats
) -> Floats:
    """The same from sums over people: of their answers, their yeses, of 1, and of yes², yes times answers, answers².

    Such sums can be added up and taken apart again, so that nobody is counted twice. Missing where nobody answered.
    """
    total = np.where(answers > 0, answers, np.nan)
    share = yes / total
    squares = yes_yes - 2 * share * yes_all + share**2 * all_all
    alike = (people < 2) | ~(squares > _NOTHING * (1 + yes_yes))
    variance = people / np.where(alike, np.nan, people - 1) * squares / total**2
    worth = np.where(alike, people, share * (1 - share) / variance)
    return np.asarray(np.minimum(worth, total), dtype="f8")


def independent(counts: pd.DataFrame) -> pd.DataFrame:
    """The same shares of as many independent answers as each base is worth: ``count`` and ``base`` made smaller.

    counts has ``count`` and ``base``; where it has no ``effective`` (see ``effective_base``) it is given back as it
    is. What is worked out for independent answers (a test, an interval of a difference) then holds for answers of
    families. Bases are rounded down, so that no test finds more than it should.

    Source: Rao and Scott (1992) Biometrics 48, 577-585, who divide both numbers by the design effect.
    """
    if "effective" not in counts:
        return counts
    base = np.floor(counts["effective"].fillna(0.0) + 1e-9)
    share = (counts["count"] / counts["base"].where(counts["base"] > 0)).fillna(0.0)
    return counts.assign(count=(share * base).round().astype("int64"), base=base.astype("int64"))
