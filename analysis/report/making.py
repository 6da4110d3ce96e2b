"""Putting a report together: what the summary says, with the tables, methods and limits it needs to stand alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis import methods
from analysis.columns import Sentiment
from analysis.ratings import Rated
from analysis.report import scale
from analysis.report.breaks import RATED, Breaks, services_since
from analysis.report.content import TONES, Content, Details, Finding, Table, Versions
from analysis.report.profile import cell, note
from analysis.report.stances import Side
from analysis.report.voices import Voices
from analysis.summary import Summary
from analysis.suppression import Policy, Released

FIGURES: Final = ("count", "base", "share", "low", "high")
HEADS: Final = ("Number", "Of", "Share", "Range, low", "Range, high")
SIDES: Final = {
    Side.CRITICISM: "Criticise only",
    Side.PRAISE: "Praise only",
    Side.BOTH: "Praise and criticise",
    Side.NEITHER: "Neither",
}
RAISED: Final = "People who raised the theme"
COMMENTED: Final = "People with a comment that has been read"


def content(
    summary: Summary,
    voices: Voices,
    *,
    details: Details,
    names: pd.Series,
    profile: tuple[Table, ...],
    services: Released,
    service_names: pd.Series,
    good: str,
    of_children: bool = False,
    versions: Versions,
    here: Sequence[str],
    policy: Policy,
    rated: Sequence[Rated] = (),
    broken: Breaks | None = None,
) -> Content:
    """All that a report says. names are those of the themes by key; services how each is rated, by ``service``.

    good is what the ratings that count as yes are called, of_children says whether each is of a child.
    here is what reading came to in this wave, in sentences, and how good those who checked it found it.
    rated says of each service how it has changed since the wave before, broken what may not be compared with that
    wave; neither is given where there is none.
    """
    order = _order(voices.findings, summary.figures)
    names = names.reindex([*order, *names.index.difference(order, sort=False)])
    return Content(
        details=details,
        profile=profile,
        opening=(*summary.opening, *(broken.sentences if broken else ())),
        findings=voices.findings,
        tables=(
            _by_theme("themes", "How many people raised each theme", summary.figures, names, RAISED, COMMENTED),
            _split("stances", "What people do about each theme", summary.sides, names, "side", SIDES),
            _by_theme(
                "requests",
                "How many of those who raised it ask for something",
                summary.asking,
                names,
                f"{RAISED} and ask for something about it",
                RAISED,
            ),
            _split("tones", "In what tone each theme is raised", summary.split, names, "sentiment", TONES),
            _rated(services, service_names, good, of_children=of_children),
            *([services_since(rated, broken.since, policy)] if broken and rated else []),
        ),
        drawing=voices.drawing,
        beside=voices.beside,
        coverage=voices.coverage,
        methods=(*methods.STEPS, scale.told(), voices.drawing.rule),
        limits=limits(policy),
        versions=versions,
        here=tuple(here),
        wrong=methods.WRONG,
    )


def limits(policy: Policy) -> tuple[str, ...]:
    """What every reader has to know of what these figures cannot tell."""
    told = [
        "People chose to answer. Those who did may differ from those who did not, and no range here measures that.",
        "The range beside each share is for chance alone: where it is wide, few people answered.",
        f"Groups of fewer than {policy.fewest} people are not shown, nor what would give them away.",
        "Nothing is called clearly different until every comparison made has been allowed for.",
        "Themes, tones, praise, criticism and requests are read by a computer, which is sometimes wrong.",
        "Whether a change came from anything that was done cannot be told from this.",
    ]
    if policy.smallest > 1:
        told.insert(3, f"Numbers from 1 to {policy.smallest - 1} are not shown, others are rounded to {policy.step}.")
    return tuple(told)


def table(key: str, title: str, released: Released, by: dict[str, tuple[str, pd.Series]]) -> Table:
    """Released figures as a table: by names its first columns, each with the column it is from and names for codes.

    Rows are in the order of the first names, then of the next.
    """
    figures = released.figures
    codes = {column: pd.Index(figures[column].astype("str")) for column, _ in by.values()}
    places = pd.DataFrame({column: names.index.get_indexer(codes[column]) for column, names in by.values()})
    figures = figures.iloc[places.sort_values([column for column, _ in by.values()], kind="stable").index]
    named = [
        figures[column].astype("str").map(names).fillna(figures[column].astype("str")) for column, names in by.values()
    ]
    numbers = [[cell(value) for value in figures[name]] for name in FIGURES]
    rows = tuple(zip(*(column.tolist() for column in named), *numbers, strict=True))
    return Table(key, title, (*by, *HEADS), rows, note(released))


def _order(findings: Sequence[Finding], figures: Released) -> list[str]:
    """The themes by how many raise them: the findings as they are told, then the others, last what is held back."""
    told = [found.theme for found in findings]
    by_size = figures.figures.sort_values("share", ascending=False, kind="stable", na_position="last")
    return [*told, *(theme for theme in by_size["theme"].astype("str").tolist() if theme not in told)]


def _by_theme(key: str, title: str, released: Released, names: pd.Series, number: str, of: str) -> Table:
    return replace(table(key, title, released, {"Theme": ("theme", names)}), number=number, of=of)


def _rated(released: Released, names: pd.Series, good: str, *, of_children: bool) -> Table:
    who = "Children whose families" if of_children else "People who"
    title = f"How many rate each service {good}" if good else "How services are rated"
    made = table(RATED, title, released, {"Service": ("service", names)})
    return replace(made, number=f"{who} rate it {good}", of=f"{who} rate it, whichever way")


def _split(
    key: str,
    title: str,
    released: Released,
    names: pd.Series,
    column: str,
    said: dict[Side, str] | dict[Sentiment, str],
) -> Table:
    ways = pd.Series({str(code): name for code, name in said.items()})
    made = table(key, title, released, {"Theme": ("theme", names), "What": (column, ways)})
    return replace(made, number=f"{RAISED} in this way", of=RAISED)
