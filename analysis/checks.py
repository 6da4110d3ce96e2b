"""Checks: how good the computer is here, and how far people agree, from comments drawn by chance and coded blind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analysis import accuracy
from analysis.accuracy import TABLE
from analysis.agreement import Agreement, agreement
from analysis.columns import Sentiment
from analysis.correction import corrected
from analysis.proportions import effective_base
from analysis.suppression import Held, Policy, Released, release

FEWEST: Final = 10
"""Nothing is said of how good the computer is at a theme from the comments of fewer people than this."""

_TONES = [Sentiment.POSITIVE, Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.MIXED]
_CORRECTED = ["corrected", "corrected_low", "corrected_high"]


class Material(NamedTuple):
    """What people and the computer said of a sample, and the computer of all that it was drawn from.

    ``codings``: ``coding``, ``comment``, ``by``, ``sentiment``, a row for each time somebody coded a comment, in that
    order. ``judgements``: ``coding``, ``comment``, ``theme``, ``carries``. ``comments``: ``comment``, ``response``,
    ``sentiment``, ``unsure``, as the computer read all of them. ``given``: ``comment``, ``theme``, as it gave them.
    """

    codings: pd.DataFrame
    judgements: pd.DataFrame
    comments: pd.DataFrame
    given: pd.DataFrame


class Outcome(NamedTuple):
    """What came of a check. Frames have ``theme`` (or the tone) in the first column, in the order asked for."""

    comments: int  # that somebody coded
    of: int  # that they were drawn from
    themes_agreed: Agreement  # over all themes together
    tones_agreed: Agreement
    agreed: pd.DataFrame
    """``alpha``, ``low``, ``high``, ``comments`` for each theme; missing where fewer than FEWEST comments have it."""
    right: Released
    """Of what the computer gave each theme, how much a person gave it too."""
    found: Released
    """Of what a person gave each theme, how much the computer gave it too."""
    together: pd.DataFrame
    """``f1``, ``low``, ``high`` of each theme; missing where either of the two before is held back."""
    shares: pd.DataFrame
    """What share of all comments carries each theme: as the computer counted, and as people would (``corrected`` …)."""
    tones: Released
    """``what``: "claimed" (right, of those it was sure of), "all" (right, of all), "reversed" (negative, called
    positive)."""
    tone_shares: pd.DataFrame
    """What share of all comments is of each tone, likewise."""


def outcome(material: Material, themes: Sequence[int], policy: Policy) -> Outcome:
    """How good the computer is at these themes and at tones, judged by whoever coded each comment first.

    The sample must be a simple random one of ``comments``; of one that is not coded to its end, the part that is coded
    is one too, because it is coded in an order drawn by chance. A person's word is taken for what is so: where two do
    not agree, no figure here is better than their agreement.
    """
    codings = material.codings[material.codings["comment"].isin(material.comments["comment"])]
    first = codings.drop_duplicates("comment").merge(material.comments, on="comment", suffixes=("", "_computer"))
    judged = _judged(material, first)
    crossed = _for_each(themes, accuracy.crossed(judged))
    bases = replace(policy, fewest=max(policy.fewest, FEWEST))
    right = release(_with_people(accuracy.precision(crossed), judged, "computer"), bases)
    found = release(_with_people(accuracy.recall(crossed), judged, "person"), bases)
    twice = codings[codings["coding"].isin(material.judgements["coding"])]
    values = material.judgements[material.judgements["coding"].isin(twice["coding"])].rename(
        columns={"theme": "unit", "carries": "value"}
    )
    tones = _tones(first)
    return Outcome(
        comments=len(first),
        of=len(material.comments),
        themes_agreed=agreement(values),
        tones_agreed=agreement(codings.assign(unit="tone").rename(columns={"sentiment": "value"})),
        agreed=_agreed(values, themes),
        right=right,
        found=found,
        together=_together(crossed, right, found),
        shares=_shares(material.comments, material.given, crossed, policy),
        tones=release(tones, bases),
        tone_shares=_tone_shares(material.comments, first, policy),
    )


def _judged(material: Material, first: pd.DataFrame) -> pd.DataFrame:
    """What the first person and the computer say of each comment and theme."""
    mine = material.judgements[material.judgements["coding"].isin(first["coding"])]
    given = material.given.assign(computer=True)
    both = mine.merge(given, on=["comment", "theme"], how="left").merge(first[["comment", "response"]], on="comment")
    return both.assign(computer=both["computer"].notna(), person=both["carries"])


def _for_each(themes: Sequence[int] | Sequence[str], crossed: pd.DataFrame) -> pd.DataFrame:
    """A row for each of the themes, in this order, also for one that nobody has judged."""
    every = crossed.set_index("theme").reindex(list(themes), fill_value=0)
    return every.rename_axis("theme").reset_index()


def _with_people(counts: pd.DataFrame, judged: pd.DataFrame, who: str) -> pd.DataFrame:
    """How many different responses each base is from."""
    people = judged[judged[who]].groupby("theme", observed=True)["response"].nunique()
    return counts.assign(people=counts["theme"].map(people).fillna(0).astype("int64"))


def _together(crossed: pd.DataFrame, right: Released, found: Released) -> pd.DataFrame:
    figures = accuracy.f1(crossed)[["theme", "f1", "low", "high"]]
    held = (right.figures["held"] != Held.NOT) | (found.figures["held"] != Held.NOT)
    figures.loc[held.to_numpy(), ["f1", "low", "high"]] = np.nan
    return figures


def _agreed(values: pd.DataFrame, themes: Sequence[int]) -> pd.DataFrame:
    times = values.groupby(["comment", "unit"])["value"].transform("size")
    twice = values[times > 1]
    said = twice[twice["value"]].groupby("unit")["comment"].nunique()
    rows = []
    for theme in themes:
        enough = int(said.get(theme, 0)) >= FEWEST
        found = agreement(twice[twice["unit"] == theme] if enough else twice.iloc[:0])
        rows.append((theme, *found[:3], found.comments))
    return pd.DataFrame(rows, columns=["theme", "alpha", "low", "high", "comments"])


def _shares(comments: pd.DataFrame, given: pd.DataFrame, crossed: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Each theme's share of all comments, as counted and as corrected; both missing where the gate holds it back."""
    place = pd.Series(np.arange(len(comments)), index=comments["comment"])
    whose, names = pd.factorize(comments["response"])
    said = np.bincount(whose, minlength=len(names))
    rows = []
    for theme in crossed["theme"]:
        yes = np.zeros(len(comments), dtype=bool)
        yes[place.reindex(given.loc[given["theme"] == theme, "comment"]).dropna().astype("int64")] = True
        with_it = np.bincount(whose, yes, minlength=len(names))
        some = pd.Series(np.zeros(len(names), dtype="int64"))
        worth = effective_base(pd.Series(with_it), pd.Series(said), some)
        rows.append((theme, int(yes.sum()), len(yes), len(names), int((with_it > 0).sum()), float(worth.sum())))
    columns = ["theme", "count", "base", "people", "people_yes", "effective"]
    counts = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:5], "int64"))
    counts = counts.assign(people_no=counts["people"] - counts["people_yes"]).merge(crossed, on="theme")
    figures = release(corrected(counts), policy).figures
    few = (figures["held"] != Held.NOT) | (figures[TABLE].sum(axis=1) < FEWEST)
    figures.loc[few, _CORRECTED] = np.nan
    return figures.drop(columns=TABLE)


def _tones(first: pd.DataFrame) -> pd.DataFrame:
    right = first["sentiment"] == first["sentiment_computer"]
    claims = ~first["unsure"] & (first["sentiment_computer"] != Sentiment.MIXED)
    negative = first["sentiment"] == Sentiment.NEGATIVE
    turned = claims & (first["sentiment_computer"] == Sentiment.POSITIVE)
    rows = [("claimed", right, claims), ("all", right, claims | ~claims), ("reversed", turned, negative)]
    return pd.DataFrame(
        [
            (what, int((yes & base).sum()), int(base.sum()), first.loc[base, "response"].nunique())
            for what, yes, base in rows
        ],
        columns=["what", "count", "base", "people"],
    ).astype({"count": "int64", "base": "int64", "people": "int64"})


def _tone_shares(comments: pd.DataFrame, first: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """A tone is to the computer what a theme is: something that it says of a comment or does not."""
    said = [
        pd.DataFrame(
            {
                "theme": str(tone),
                "person": first["sentiment"] == tone,
                "computer": first["sentiment_computer"] == tone,
            }
        )
        for tone in _TONES
    ]
    crossed = _for_each([str(tone) for tone in _TONES], accuracy.crossed(pd.concat(said)))
    given = comments.rename(columns={"sentiment": "theme"})[["comment", "theme"]]
    return _shares(comments, given, crossed, policy)
