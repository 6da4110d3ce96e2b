"""The themed summary: for each main theme how many raise it, in which tone, where, and whether that changed.

Every sentence is a template over computed numbers that have been through the gate. Nothing here
writes freely, and nothing is called different until all the comparisons made have been allowed for.
"""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis import quotes, tallies
from analysis.children import Told
from analysis.columns import Sentiment
from analysis.compare import Rise, Verdict, against_the_rest, verdicts
from analysis.phrases import between, listed, number, percent, points, swing, unclear
from analysis.quotes import Quote
from analysis.suppression import Held, Policy, Released, release

MOST = 8
"""A summary of more themes than this is a list."""

TONES = {
    Sentiment.NEGATIVE: "negative",
    Sentiment.MIXED: "mixed or unclear",
    Sentiment.NEUTRAL: "neutral",
    Sentiment.POSITIVE: "positive",
}


class Said(NamedTuple):
    """What one wave said: its title, and frames as ``analysis.columns`` names them."""

    title: str
    responses: pd.DataFrame
    comments: pd.DataFrame
    codings: pd.DataFrame
    told: Told | None = None
    """How many children in how many families, where one is asked about after another."""


@dataclass(frozen=True)
class Finding:
    """One theme, as a leader reads it: sentences that each hold on their own."""

    theme: str
    label: str
    how_many: str
    tone: str
    where: str
    change: str
    """Empty where there is no earlier wave, as ``where`` is where nobody was asked for a district."""
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Summary:
    """All that is said, and what it rests on."""

    opening: tuple[str, ...]
    findings: tuple[Finding, ...]
    figures: Released
    """The share of every theme, by ``theme``."""
    split: Released
    """The tones of every theme, by ``theme`` and ``sentiment``."""


def summary(
    now: Said, before: Said | None, labels: pd.Series, districts: pd.Series, policy: Policy, *, most: int = MOST
) -> Summary:
    """The main themes of a wave, those most often raised first.

    labels holds the names of the approved themes by key, districts those of the districts by
    code; before is the wave to compare with. Shares are of people with a comment that has been
    read, everybody counted once. A theme raised by too few for the policy is not in it.
    """
    keys = list(labels.index)
    raised = tallies.raised(now.comments, now.codings, now.responses, keys)
    people = tallies.commented(now.comments, now.responses)
    counts = tallies.themes(raised, people, keys)
    figures = release(counts, policy)
    split = release(tallies.theme_sentiments(raised, keys), policy, totals=[["theme"]])
    places = _places(tallies.themes_by_district(raised, people, keys, [*districts.index, tallies.ELSEWHERE]), policy)
    changes = _changes(counts, before, policy) if before else None
    main = figures.shown[figures.shown["count"] > 0].sort_values(["share", "theme"], ascending=[False, True]).head(most)
    findings: list[Finding] = []
    for key, how_many in zip(main["theme"], _how_many(main, policy), strict=True):
        seen = [quote.response_id for finding in findings for quote in finding.quotes]
        findings.append(
            Finding(
                key,
                labels[key],
                how_many,
                tone=_tone(split.of("theme", key), policy),
                where=_where(places[places["theme"] == key], districts, policy),
                change=_change(changes.loc[key], before.title, policy) if before and changes is not None else "",
                quotes=quotes.representative(now.comments, now.codings, now.responses, key, passed_over=seen),
            )
        )
    return Summary(_opening(now, len(people), policy), tuple(findings), figures, split)


def _opening(now: Said, commented: int, policy: Policy) -> tuple[str, ...]:
    about = _about(policy)
    waiting = policy.rounded(int((now.comments["sentiment"] == "").sum()))
    sentences = [
        f"{about}{number(policy.rounded(len(now.responses)))} people answered {now.title}, and "
        f"{about}{number(policy.rounded(commented))} of them wrote something that has been read."
    ]
    if now.told:
        children, families = (policy.rounded(count) for count in now.told)
        sentences.insert(1, f"They tell of {about}{Told(children, families)}.")
    if waiting:
        sentences.append(f"{about}{number(waiting)} comments are still to be read and are not in these figures.")
    return tuple(sentence[0].upper() + sentence[1:] for sentence in sentences)


def _how_many(main: pd.DataFrame, policy: Policy) -> list[str]:
    rows = zip(main["share"], main["base"], main["low"], main["high"], strict=True)
    return [
        f"{percent(share)} of {_the(base, policy)} people who commented raised this, {between(low, high)}."
        for share, base, low, high in rows
    ]


def _tone(split: Released, policy: Policy) -> str:
    shown = dict(zip(split.shown["sentiment"], split.shown["share"], strict=True))
    told = [f"{percent(shown[tone])} were {word}" for tone, word in TONES.items() if tone in shown]
    if not told:
        return "Too few people raised it to say in which tone."
    rest = "" if len(told) == len(TONES) else " The other tones are too few to show."
    return f"Of {_the(split.shown['base'].iloc[0], policy)} who did, {listed(told)}.{rest}"


def _places(counts: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Each theme in each district with its verdict against the rest, and whether it may be shown.

    Those from elsewhere are counted in the county's figure, so that they are looked at here as well, and not told of.
    """
    here = counts[counts["district"] != tallies.ELSEWHERE]
    judged = verdicts(against_the_rest(here, within="theme"), rise=Rise.NEITHER)
    shown = release(counts, policy, totals=[["theme"]]).figures
    return shown.loc[here.index].assign(verdict=judged["verdict"])


def _where(places: pd.DataFrame, districts: pd.Series, policy: Policy) -> str:
    if districts.empty:
        return ""
    shown = places[places["held"] == Held.NOT]
    most = shown[shown["verdict"] == Verdict.MORE]
    if shown.empty:
        return "Too few people in any one district raised it to say where it is said most."
    if most.empty:
        return "No district stands out."
    rows = zip(most["district"].map(districts), most["share"], most["base"], strict=True)
    told = [f"{name} ({percent(share)} of {_about(policy)}{number(base)})" for name, share, base in sorted(rows)]
    return f"Said clearly more often in {listed(told)} than in the rest of the county."


def _changes(counts: pd.DataFrame, before: Said, policy: Policy) -> pd.DataFrame:
    """Each theme now and then, indexed by ``theme``: shares that may be shown, and the verdict."""
    keys = list(counts["theme"])
    raised = tallies.raised(before.comments, before.codings, before.responses, keys)
    then = tallies.themes(raised, tallies.commented(before.comments, before.responses), keys)
    pairs = counts.assign(count_before=then["count"], base_before=then["base"])
    now, earlier = release(counts, policy).figures, release(then, policy).figures
    judged = verdicts(pairs, rise=Rise.NEITHER).set_index("theme")
    return judged.assign(
        share=now["share"].to_numpy(), share_then=earlier["share"].to_numpy(), base_then=earlier["base"].to_numpy()
    )


def _change(row: pd.Series, since: str, policy: Policy) -> str:
    verdict = Verdict.TOO_FEW if pd.isna(row["share_then"]) else Verdict(row["verdict"])
    if verdict is Verdict.TOO_FEW:
        return f"Too few people to tell whether it has changed since {since}."
    then = f"{percent(row['share_then'])} of {_about(policy)}{number(row['base_then'])}"
    if verdict is Verdict.NO_CLEAR_CHANGE:
        return f"No clear change since {since}, when it was {then}: {unclear(row['low'], row['high'])}."
    way = "up" if row["difference"] > 0 else "down"
    moved = points(row["share"] - row["share_then"])
    return (
        f"{verdict.value.capitalize()} than in {since}, when it was {then}: {way} {moved} "
        f"({swing(row['low'], row['high'])})."
    )


def _the(base: float, policy: Policy) -> str:
    return f"about {number(base)}" if policy.step > 1 else f"the {number(base)}"


def _about(policy: Policy) -> str:
    return "about " if policy.step > 1 else ""
