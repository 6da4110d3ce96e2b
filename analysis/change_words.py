"""Changes between two waves in words: what is better or worse, how sure that is, and how much is other families."""

from typing import Final

import pandas as pd

from analysis.changes import Changes
from analysis.compare import FEWEST, Verdict
from analysis.following import Kind
from analysis.phrases import counted, listed, percent, points, shares_said, swing, unclear
from analysis.standing import Control
from analysis.suppression import Policy

CLEAR: Final = (Verdict.BETTER, Verdict.WORSE, Verdict.MORE, Verdict.LESS)
WORTH_SAYING: Final = 0.05
"""A part of a change smaller than five points is in the table, and not in a sentence."""


def summed_up(told: Changes) -> list[str]:
    """The whole page's comparisons in sentences: how many, what is clear, and how sure the words are."""
    if not told.compared:
        return [f"Too few people answered in both waves to tell whether anything has changed since {told.then}."]
    rows = _all(told)
    counts = rows["verdict"].value_counts()
    said = [f"{counts[verdict]:,} {verdict}" for verdict in CLEAR if verdict in counts]
    sentences = [_compared(told, len(rows))]
    if said:
        sentences.append(f"{listed(said).capitalize()}.")
        sentences.append(
            "About one in twenty of those may be chance."
            if told.control is Control.EXPLORING
            else "In nineteen of twenty pages like this one, every one of those is right."
        )
    else:
        sentences.append("Nothing is clearly better or worse, after allowing for all of these comparisons.")
    same, few = (int(counts.get(verdict, 0)) for verdict in (Verdict.NO_CLEAR_CHANGE, Verdict.TOO_FEW))
    sentences.append(f"No clear change: {same:,}. Too few people to tell: {few:,}.")
    return sentences


def _compared(told: Changes, followed: int) -> str:
    """How many things are followed, how many of them were tested, and what else was tested with them."""
    answered = told.compared - told.among_alike
    tested = "all" if answered == followed else f"{answered:,}"
    also = f", and {counted(told.among_alike, 'service', 'services')} once more among like families"
    return (
        f"{counted(followed, 'thing', 'things')} followed since {told.then}: {tested} compared as answered"
        f"{also if told.among_alike else ''}. These {counted(told.compared, 'comparison', 'comparisons')} are judged "
        "together."
    )


def clear(told: Changes) -> pd.DataFrame:
    """The clear changes as a table, in the order of the page."""
    rows = _all(told)
    return _rows(rows[rows["verdict"].isin(list(CLEAR))], told)


def table(told: Changes, kind: Kind) -> pd.DataFrame:
    """All changes of one kind as a table."""
    return _rows(told.of(kind), told)


def too_small(told: Changes, policy: Policy) -> list[str]:
    """A sentence for each of the two waves in which fewer than ten answered."""
    each = zip((told.now, told.then), told.responses, strict=True)
    few = [title for title, answered in each if answered < max(FEWEST, policy.fewest)]
    return [f"Fewer than ten people answered {title}, so no change is put into words." for title in few]


def by_mix(told: Changes) -> pd.DataFrame:
    """How each service's change divides, as a table."""
    rows = told.of_mix()
    return pd.DataFrame(
        {
            "Service": rows["label"],
            "From other families": [_signed(part) for part in rows["mix"]],
            "Among like families": [_signed(part) for part in rows["alike"]],
            "Among like families it is": _capital(rows["alike_verdict"].replace("", str(Verdict.TOO_FEW))),
            "Likely range": _swings(rows["alike_low"], rows["alike_high"]),
            "As answered": _from_to(rows["share_then"], rows["share"]),
            "Same mix of families": _from_to(rows["same_mix_then"], rows["same_mix"]),
        }
    )


def mix_sentences(told: Changes) -> list[str]:
    """For each service where other families make a difference worth saying: how much of its change they are."""
    rows = told.of_mix()
    matters = rows[(rows["mix"].abs() >= WORTH_SAYING) | _looks_changed(rows)]
    said = [
        f"“{label}” {_parts(change, mix)} Among like families: {verdict}{_range(verdict, low, high)}."
        for label, change, mix, verdict, low, high in zip(
            matters["label"], matters["difference"], matters["mix"],
            matters["alike_verdict"].replace("", str(Verdict.TOO_FEW)), matters["alike_low"], matters["alike_high"],
            strict=True,
        )
    ]  # fmt: skip
    return said or ["For no service does it make more than five points that other families answered."]


def _looks_changed(rows: pd.DataFrame) -> pd.Series:
    """Services that are clearly better or worse as answered, and not among families that are alike."""
    return rows["verdict"].isin(list(CLEAR)) & ~rows["alike_verdict"].isin(list(CLEAR))


def _parts(change: float, mix: float) -> str:
    """A change and its two parts, in whole points that add up: "of the 9 points, 7 come from …"."""
    whole, other = round(abs(change) * 100), round(abs(mix) * 100)
    way = "went up" if change > 0 else "went down"
    if whole == 0:
        return f"did not move as answered. Other families answering alone would have moved it by {points(mix)}."
    if mix * change < 0 or other > whole:
        against = "up" if mix > 0 else "down"
        alike = round(change * 100) - round(mix * 100)
        left = f"among like families it went {'up' if alike > 0 else 'down'} by {points(alike / 100)}"
        answered = f"{way} by {points(change)} as answered"
        return f"{answered}. Other families answering moved it {against} by {points(mix)}; {left}."
    come = "comes" if other == 1 else "come"
    return f"{way} by {points(change)}. Of the {points(change)}, {other} {come} from different families answering."


def _range(verdict: str, low: float, high: float) -> str:
    return "" if pd.isna(low) else f" ({_how_far(verdict, low, high)})"


def _all(told: Changes) -> pd.DataFrame:
    return pd.concat([told.of(kind) for kind in Kind], ignore_index=True)


def _rows(rows: pd.DataFrame, told: Changes) -> pd.DataFrame:
    then = rows[["share_then", "base_then"]].set_axis(["share", "base"], axis=1)
    return pd.DataFrame(
        {
            "What": rows["label"],
            "Change": _capital(rows["verdict"]),  # second, where a phone shows it
            told.then: shares_said(then),
            told.now: shares_said(rows),
            "How far": [
                _how_far(verdict, low, high)
                for verdict, low, high in zip(
                    rows["verdict"],
                    rows["difference_low"].where(rows["q"].notna()),
                    rows["difference_high"],
                    strict=True,
                )
            ],
        }
    )


def _how_far(verdict: str, low: float, high: float) -> str:
    """The likely range of a change that was tested, whatever its word: a wide one says how little is known."""
    if pd.isna(low):
        return "–"
    return swing(low, high) if verdict in CLEAR else unclear(low, high)


def _swings(low: pd.Series, high: pd.Series) -> list[str]:
    return ["–" if pd.isna(one) else swing(one, other) for one, other in zip(low, high, strict=True)]


def _from_to(then: pd.Series, now: pd.Series) -> list[str]:
    return [
        "–" if pd.isna(one) or pd.isna(other) else f"{percent(one)} to {percent(other)}"
        for one, other in zip(then, now, strict=True)
    ]


def _signed(part: float) -> str:
    """A part of a change: "+7 points", "-1 point"."""
    if pd.isna(part):
        return "–"
    return f"{'+' if round(part * 100) > 0 else '−' if round(part * 100) < 0 else ''}{points(part)}"


def _capital(verdicts: pd.Series) -> list[str]:
    return [verdict.capitalize() for verdict in verdicts]
