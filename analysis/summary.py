"""The themed summary: what most say, what some say, who disagrees, where it differs, and what has changed.

Every sentence is a template over figures that have been through the gate (``report.content``). Nothing here
writes freely, and nothing is called different until all the comparisons made have been allowed for.
"""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis import tallies
from analysis.children import Told
from analysis.compare import Rise, against_the_rest, verdicts
from analysis.phrases import listed
from analysis.report import figures, scale, stances
from analysis.report.content import Behind, Filters, Finding, Sentence
from analysis.report.finding import Counted, finding, raised
from analysis.suppression import Policy, Released, release

MOST = 8
"""A summary of more themes than this is a list."""


class Said(NamedTuple):
    """What one wave said: its title, and frames as ``analysis.columns`` names them."""

    title: str
    responses: pd.DataFrame
    comments: pd.DataFrame
    codings: pd.DataFrame
    told: Told | None = None
    """How many children in how many families, where one is asked about after another."""
    code: str = ""


@dataclass(frozen=True)
class Summary:
    """All that is said, and what it rests on."""

    opening: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    """Without quotations: those are drawn apart (``drawing``)."""
    figures: Released
    """The share of every theme, by ``theme``."""
    split: Released
    """The tones of every theme, by ``theme`` and ``sentiment``."""
    sides: Released
    """Where those who raise every theme stand, by ``theme`` and ``side`` (``report.stances``)."""
    asking: Released
    """How many of those who raise every theme ask for something, by ``theme``."""


def summary(
    now: Said,
    before: Said | None,
    themes: pd.DataFrame,
    districts: pd.Series,
    policy: Policy,
    *,
    most: int = MOST,
) -> Summary:
    """The main themes of a wave, those most often raised first.

    themes holds the ``label`` and ``description`` of the approved themes by key, districts the names of districts by
    code; before is the wave to compare with. Shares are of people with a comment that has been
    read, everybody counted once. A theme raised by too few for the policy is not in it.
    """
    keys, labels = list(themes.index), themes["label"]
    who = tallies.raised(now.comments, now.codings, now.responses, keys)
    people = tallies.commented(now.comments, now.responses)
    counts = tallies.themes(who, people, keys)
    split = release(tallies.theme_sentiments(who, keys), policy, totals=[["theme"]])
    sides = stances.sides(now.comments, now.codings, keys)
    counted = Counted(
        raised=release(counts, policy),
        sides=release(stances.by_side(sides, keys), policy, totals=[["theme"]]),
        asking=release(stances.asking(sides, keys), policy),
        places=_places(tallies.themes_by_district(who, people, keys, [*districts.index, tallies.ELSEWHERE]), policy),
        changes=_changes(counts, before, policy) if before else None,
        districts=districts,
        wave=now.code,
        before=(before.code, before.title) if before else None,
        policy=policy,
    )
    shown = counted.raised.shown
    main = shown[shown["count"] > 0].sort_values(["share", "theme"], ascending=[False, True])["theme"].tolist()
    told = tuple(finding(key, str(labels[key]), str(themes["description"][key]), counted) for key in main[:most])
    opening = (
        *_opening(now, len(people), policy),
        *_in_short(main[:most], labels, counted),
        *_not_told(main, most, now),
    )
    return Summary(opening, told, counted.raised, split, counted.sides, counted.asking)


def _opening(now: Said, commented: int, policy: Policy) -> tuple[Sentence, ...]:
    if now.responses.empty:
        return (Sentence("opening.nobody", "Nobody has answered {wave} yet.", (), (("wave", now.title),)),)
    told = [_answered(now, commented, policy)]
    if now.told:
        told.append(_children(now.told, Filters(now.code), policy))
    if waiting := int((now.comments["sentiment"] == "").sum()):
        formula = "Comments that nobody and no program has read yet."
        left = figures.people("waiting", waiting, formula, Filters(now.code, behind=Behind.WAITING), policy)
        many = "{waiting}" if left else "A few"
        says = f"{many} comments are still to be read and are not in these figures."
        told.append(Sentence("opening.waiting", says, (left,) if left else ()))
    return tuple(told)


def _answered(now: Said, commented: int, policy: Policy) -> Sentence:
    """How many answered, and how many of them wrote: numbers too small to be told are none, and said to be so."""
    key, everybody, names = "opening.answered", Filters(now.code), (("wave", now.title),)
    formulas = (
        "Answers that were sent and still stand.",
        "People with at least one comment that has been read, once each.",
    )
    answered = figures.people("answered", len(now.responses), formulas[0], everybody, policy)
    wrote = figures.people("wrote", commented, formulas[1], Filters(now.code, behind=Behind.READ), policy)
    if answered is None:
        return Sentence(key, "So few people answered {wave} that their number is not shown.", (), names)
    if not commented:
        says = "{answered} people answered {wave}. Nothing that they wrote has been read yet."
        return Sentence(key, says, (answered,), names)
    if wrote is None:
        says = "{answered} people answered {wave}, and a few of them wrote something that has been read."
        return Sentence(key, says, (answered,), names)
    says = "{answered} people answered {wave}, and {wrote} of them wrote something that has been read."
    return Sentence(key, says, (answered, wrote), names)


def _children(told: Told, everybody: Filters, policy: Policy) -> Sentence:
    key, formula = "opening.children", "{} that anything was said of, each counted once."
    children = figures.people("children", told.children, formula.format("Children"), everybody, policy)
    families = figures.people("families", told.families, formula.format("Families with a child"), everybody, policy)
    if children is None or families is None:
        return Sentence(key, "They tell of so few children that their number is not shown.")
    child = "child" if children.number == 1 else "children"
    family = "family" if families.number == 1 else "families"
    return Sentence(key, f"They tell of {{children}} {child} in {{families}} {family}.", (children, families))


def _in_short(main: list[str], labels: pd.Series, counted: Counted) -> tuple[Sentence, ...]:
    """What most said, what some said: the themes under each word of the scale, in one sentence each."""
    by_word: dict[str, list[str]] = {one.said: [] for one in scale.scale()}
    for key in main:
        by_word[format(raised(key, counted), "word")].append(key)
    told = []
    for word, keys in by_word.items():
        if keys:
            each = [f"{{t{place}}} ({{r{place}}} of {{r{place}:base}})" for place in range(len(keys))]
            made = tuple(raised(key, counted, f"r{place}") for place, key in enumerate(keys))
            names = tuple((f"t{place}", f"“{labels[key]}”") for place, key in enumerate(keys))
            says = f"{word} of those who commented raised {listed(each)}."
            told.append(Sentence(f"opening.said.{word.replace(' ', '_')}", says, made, names))
    return tuple(told)


def _not_told(main: list[str], most: int, now: Said) -> tuple[Sentence, ...]:
    """How many themes there are that enough people raised, and that are not told one by one."""
    if len(main) <= most:
        return ()
    formula = f"Approved themes that enough people raised, but for the {most} most often raised."
    more = figures.exact("more", len(main) - most, formula, Filters(now.code))
    says = "{more} further themes were raised less often. They are in the table of themes."
    return (Sentence("opening.further", says, (more,)),)


def _places(counts: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Each theme in each district with its verdict against the rest, and whether it may be shown.

    Those from elsewhere are counted in the county's figure, so that they are looked at here as well, and not told of.
    """
    here = counts[counts["district"] != tallies.ELSEWHERE]
    judged = verdicts(against_the_rest(here, within="theme"), rise=Rise.NEITHER)
    shown = release(counts, policy, totals=[["theme"]]).figures
    return shown.loc[here.index].assign(verdict=judged["verdict"])


def _changes(counts: pd.DataFrame, before: Said, policy: Policy) -> pd.DataFrame:
    """Each theme now and then, indexed by ``theme``: shares that may be shown, and the verdict."""
    keys = list(counts["theme"])
    raised = tallies.raised(before.comments, before.codings, before.responses, keys)
    then = tallies.themes(raised, tallies.commented(before.comments, before.responses), keys)
    pairs = counts.assign(count_before=then["count"], base_before=then["base"])
    now, earlier = release(counts, policy).figures, release(then, policy).figures
    judged = verdicts(pairs, rise=Rise.NEITHER).set_index("theme")
    figures_then = {f"{name}_then": earlier[name].to_numpy() for name in ("share", "count", "base", "low", "high")}
    return judged.assign(share=now["share"].to_numpy(), **figures_then)
