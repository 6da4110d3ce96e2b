"""What came of a check, in an officer's words: how far people agree, and how good the computer is at tones."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analysis.agreement import Agreement, Standard, standard
from analysis.checks import FEWEST, Outcome
from analysis.phrases import between, counted, number, percent
from analysis.suppression import Held, Policy

FEW: Final = "too few to say"
GOOD_FOR: Final[Mapping[Standard, str]] = {
    Standard.RELIABLE: "good enough to rely on",
    Standard.TENTATIVE: "good enough for tentative conclusions only",
    Standard.NEITHER: "not good enough to draw conclusions from",
}
NOBODY: Final = (
    "Nobody has checked the program in this consultation yet. Until somebody does, only what was measured elsewhere is "
    "known."
)
LEARNT_SINCE: Final = (
    "The computer has learnt from the comments of this sample since, so it cannot be judged by them any more."
)
_SAID: Final = {
    "claimed": "Where it was sure of the tone, the computer was right in",
    "all": "Of all comments checked, the computer and a person named the same tone in",
    "reversed": "Of the comments that a person called negative, the computer called positive",
}


def in_short(result: Outcome, policy: Policy, *, learnt_since: bool) -> list[str]:
    """What a check found, theme by theme left out: how many were coded, how far people agree, how good the tones are.

    learnt_since says whether the computer has been taught by this sample, which then says nothing of it any more.
    """
    told = [drawn(result, policy), agreed("the themes", result.themes_agreed, policy)]
    told.append(agreed("the tone", result.tones_agreed, policy))
    return [*told, LEARNT_SINCE] if learnt_since else [*told, *tones(result)]


def drawn(result: Outcome, policy: Policy) -> str:
    """How many comments were coded, and of how many they were drawn."""
    there = policy.told(result.of)
    those = f"fewer than {policy.smallest}" if there is None else number(there)
    return f"{comments(result.comments, policy).capitalize()} coded, drawn by chance from {those}."


def agreed(what: str, found: Agreement, policy: Policy) -> str:
    """How far two people agree about the themes, or the tone, and what that is good for."""
    if not found.comments:
        return f"Nobody knows how far people agree about {what}: no comment was coded by two."
    if found.comments < FEWEST:
        two = comments(found.comments, policy)
        return f"Nobody can say yet how far people agree about {what}: only {two} coded by two, and it takes {FEWEST}."
    if pd.isna(found.alpha):
        return (
            f"Two people said the same about {what} of every comment, too much the same to tell chance from agreement."
        )
    sentence = (
        f"On {what} two people agree to {found.alpha:.2f} (likely between {alphas(found.low, found.high, ' and ')}; 1 "
        f"is always, 0 no more than by chance; {comments(found.comments, policy)}). That is "
        f"{GOOD_FOR[found.standard]}."
    )
    if found.standard is not Standard.NEITHER and standard(found.low) is not found.standard:
        sentence += (
            f" With other comments it might have been only {GOOD_FOR[standard(found.low)].removesuffix(' only')}."
        )
    return sentence


def comments(count: int, policy: Policy) -> str:
    """How many comments, as far as this reader may be told."""
    told = policy.told(count)
    return f"fewer than {policy.smallest} comments" if told is None else counted(told, "comment", "comments")


def alphas(low: float, high: float, to: str = " to ") -> str:
    """The range of an alpha."""
    return "–" if pd.isna(low) else f"{low:.2f}{to}{high:.2f}"


def tones(result: Outcome) -> list[str]:
    """How often the computer named the tone that a person did, in sentences."""
    rows = result.tones.figures[["what", "share", "base", "low", "high", "held"]].itertuples(index=False)
    return [
        f"{_SAID[what]} {percent(share)} of {number(base)} ({between(low, high)})."
        if held == Held.NOT
        else f"{_SAID[what]}: {FEW}."
        for what, share, base, low, high, held in rows
    ]
