"""How numbers are said: the same everywhere, and never a per cent without the number it is of."""

import pandas as pd

from analysis.suppression import Held, Policy


def number(value: float) -> str:
    """412 as "412", 2512 as "2,512", nothing as "–"."""
    return "–" if pd.isna(value) else f"{round(value):,}"


def percent(share: float) -> str:
    """0.376 as "38%", nothing as "–". Whole per cents: more would claim to know more than anybody does."""
    return "–" if pd.isna(share) else f"{share * 100:.0f}%"


def between(low: float, high: float) -> str:
    """The two ends of an interval: "between 33% and 43%"."""
    return f"between {percent(low)} and {percent(high)}"


def shares_said(figures: pd.DataFrame) -> list[str]:
    """Each ``share`` with its ``base``: "38% of 412", or "–" where it is held back."""
    pairs = zip(figures["share"], figures["base"], strict=True)
    return ["–" if pd.isna(share) else f"{percent(share)} of {number(base)}" for share, base in pairs]


def intervals_said(figures: pd.DataFrame) -> list[str]:
    """Each interval from ``low`` to ``high``: "33% to 43%", or "–" where it is held back."""
    pairs = zip(figures["low"], figures["high"], strict=True)
    return ["–" if pd.isna(low) else f"{percent(low)} to {percent(high)}" for low, high in pairs]


def hovers(figures: pd.DataFrame, what: str) -> list[str]:
    """What a chart says of each figure somebody points at: the figure in words, or why there is none."""
    said = zip(shares_said(figures), figures["low"], figures["high"], figures["held"], strict=True)
    return [
        f"Not shown: {held}" if held else f"{share} {what}<br>({between(low, high)})" for share, low, high, held in said
    ]


def held_said(held: pd.Series) -> list[str]:
    """Why figures are held back, each reason with how many it holds back: "12 with too few people"."""
    said = {
        Held.FEW: "with too few people",
        Held.SMALL: "with too small a number",
        Held.UNANIMOUS: "where everyone, or no one, in a small group said so",
        Held.PROTECTS: "that would give away another",
    }
    counts = held[held != Held.NOT].value_counts()
    return [f"{counts[reason]:,} {words}" for reason, words in said.items() if reason in counts.index]


def points(difference: float) -> str:
    """0.05 as "5 points", -0.01 as "1 point": how far, not which way."""
    size = round(abs(difference) * 100)
    return f"{size} point" if size == 1 else f"{size} points"


def from_to(numbers: pd.Series) -> str:
    """How far numbers reach: "5 to 40", or "12" where they are all the same, or "–" where there are none."""
    ends = [number(end) for end in (numbers.min(), numbers.max())] if len(numbers) else ["–"]
    return " to ".join(dict.fromkeys(ends))


def listed(names: list[str]) -> str:
    """Names as they are said in a row: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def counted(count: int, one: str, several: str) -> str:
    """1 with "answer" as "1 answer", 3 as "3 answers"."""
    return f"{count:,} {one if count == 1 else several}"


def unclear(low: float, high: float) -> str:
    """The interval of a difference that is not clear. One that looks clear by itself is owed a word of warning."""
    alone = low > 0 or high < 0
    return swing(low, high) + (", which may be chance among so many comparisons" if alone else "")


def swing(low: float, high: float) -> str:
    """The interval of a difference, -1 to 1: "between 2 and 14 points higher"; which way each end lies is said."""
    nearer, further = sorted((round(abs(low) * 100), round(abs(high) * 100)))
    if low >= 0:
        return f"between {nearer} and {further} points higher"
    if high <= 0:
        return f"between {nearer} and {further} points lower"
    return f"between {points(low)} lower and {points(high)} higher"


def roughly(people: int, policy: Policy) -> str:
    """A number of people as whoever reads may have it: "fewer than 8" where it is too small to be told."""
    told = policy.told(people)
    return f"fewer than {policy.smallest}" if told is None else number(told)
