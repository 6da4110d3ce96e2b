"""The sentences about one theme: how many raise it, what they praise, criticise and ask for, where, what changed."""

from typing import Final, NamedTuple

import pandas as pd

from analysis.compare import Verdict
from analysis.phrases import listed
from analysis.report import figures
from analysis.report.content import Figure, Filters, Finding, Sentence
from analysis.report.stances import REQUEST, Side
from analysis.suppression import Held, Policy, Released

SURELY: Final = 0.5
"""Most are on one side only where the whole range of their share lies above this."""

_DOES: Final = {
    Side.CRITICISM: "Only criticised, by {it:word}",
    Side.PRAISE: "Only praised, by {it:word}",
    Side.BOTH: "Both praised and criticised, by {it:word}",
}
_HELD: Final = {
    Side.CRITICISM: "only criticise it",
    Side.PRAISE: "only praise it",
    Side.BOTH: "praise and criticise it",
}
_MEASURED: Final = ": {it} of {it:base} who raised it, between {it:low} and {it:high}."


class Counted(NamedTuple):
    """Everything that was counted about all the themes, through the gate."""

    raised: Released  # by theme
    sides: Released  # by theme and side
    asking: Released  # by theme
    places: pd.DataFrame  # by theme and district: released figures, with ``verdict``
    changes: pd.DataFrame | None  # by theme, indexed by it
    districts: pd.Series
    wave: str
    before: tuple[str, str] | None  # the code and the title of the wave before
    policy: Policy


def finding(theme: str, label: str, description: str, counted: Counted) -> Finding:
    """What can be said of one theme that enough people raised."""
    return Finding(
        theme,
        label,
        description,
        _how_many(theme, counted),
        _stances(theme, counted),
        _disagreement(theme, counted),
        _where(theme, counted),
        _change(theme, counted),
    )


def raised(theme: str, counted: Counted, name: str = "raised") -> Figure:
    """How many raised a theme, as a figure."""
    row = counted.raised.of("theme", theme).shown.iloc[0]
    return figures.share(name, row, figures.RAISED, Filters(counted.wave, theme), counted.policy)


def _how_many(theme: str, counted: Counted) -> Sentence:
    return Sentence(
        f"theme.{theme}.raised",
        "{raised:word} of those who commented raised this: {raised} of {raised:base}, "
        "between {raised:low} and {raised:high}.",
        (raised(theme, counted),),
    )


def _side(theme: str, side: str, counted: Counted, name: str = "it") -> Figure | None:
    """How many of those who raise a theme stand on that side; None where that is held back or is nobody."""
    rows = (counted.asking if side == REQUEST else counted.sides).of("theme", theme).shown
    rows = rows if side == REQUEST else rows[rows["side"] == side]
    if rows.empty or not rows["count"].iloc[0]:
        return None
    formula = figures.STANCE[side] + figures.OF_THOSE_WHO_RAISED
    return figures.share(name, rows.iloc[0], formula, Filters(counted.wave, theme, side), counted.policy)


def _stances(theme: str, counted: Counted) -> tuple[Sentence, ...]:
    """A line each for what is criticised, what is praised, who does both, and what is asked for."""
    told = []
    for side, does in _DOES.items():
        if figure := _side(theme, side, counted):
            told.append(Sentence(f"theme.{theme}.{side}", does + _MEASURED, (figure,)))
    if asked := _side(theme, REQUEST, counted):
        says = "Something is asked for, by {it:word}" + _MEASURED
        told.append(Sentence(f"theme.{theme}.{REQUEST}", says, (asked,)))
    return (*told, *_stances_not_told(theme, counted, has_some=bool(told)))


def _stances_not_told(theme: str, counted: Counted, *, has_some: bool) -> tuple[Sentence, ...]:
    """What cannot be said of where people stand: because it is held back, or because nobody stands anywhere."""
    key = f"theme.{theme}.stances"
    sides = counted.sides.of("theme", theme).figures
    held = [does for side, does in _HELD.items() if (sides.loc[sides["side"] == side, "held"] != Held.NOT).any()]
    if (counted.asking.of("theme", theme).figures["held"] != Held.NOT).any():
        held.append("ask for something")
    if held:
        return (Sentence(key, f"How many {listed(held)} is not shown, so that nobody can be recognised."),)
    return (
        ()
        if has_some
        else (Sentence(key, "Nobody who raised it was read as praising it, criticising it or asking for anything."),)
    )


def _disagreement(theme: str, counted: Counted) -> tuple[Sentence, ...]:
    """Those who say the opposite of what most say, where most are on one side."""
    pairs = [(Side.CRITICISM, "criticise", Side.PRAISE, "praise"), (Side.PRAISE, "praise", Side.CRITICISM, "criticise")]
    for most, does, few, otherwise in pairs:
        ahead, behind = _side(theme, most, counted, "most"), _side(theme, few, counted, "few")
        if ahead is None or behind is None or ahead.low is None or ahead.low <= SURELY:
            continue
        says = f"{{most}} of {{most:base}} only {does} it, {{few}} of {{few:base}} only {otherwise} it."
        says = f"Not everybody agrees: {says}"
        return (Sentence(f"theme.{theme}.disagreement", says, (ahead, behind)),)
    return ()


def _where(theme: str, counted: Counted) -> tuple[Sentence, ...]:
    """Where it is clearly said more or less often, and in which places it is too early to say."""
    if counted.districts.empty:
        return ()
    places = counted.places[counted.places["theme"] == theme]
    early = (places["held"] != Held.NOT) | (places["verdict"] == Verdict.TOO_FEW)
    key = f"theme.{theme}.where"
    if early.all():
        return (Sentence(key, "It is too early to say in which districts it is said more or less often."),)
    told = [
        _named(
            f"{key}.{word}",
            places[~early & (places["verdict"] == verdict)],
            f"Said clearly {word} often in",
            counted,
            theme,
        )
        for verdict, word in ((Verdict.MORE, "more"), (Verdict.LESS, "less"))
        if (~early & (places["verdict"] == verdict)).any()
    ]
    if not told:
        told = [Sentence(key, "No district stands out.")]
    return (*told, *_too_early(f"{key}.early", places, early, counted, theme))


def _named(key: str, places: pd.DataFrame, says: str, counted: Counted, theme: str) -> Sentence:
    rows = places.assign(name=places["district"].astype("str").map(counted.districts)).sort_values("name")
    told, made, names = [], [], []
    for place, (_, row) in enumerate(rows.iterrows()):
        filters = Filters(counted.wave, theme, district=str(row["district"]))
        made.append(figures.share(f"d{place}", row, figures.IN_A_PLACE, filters, counted.policy))
        names.append((f"p{place}", str(row["name"])))
        told.append(f"{{p{place}}} ({{d{place}}} of {{d{place}:base}})")
    return Sentence(key, f"{says} {listed(told)} than in the rest of the county.", tuple(made), tuple(names))


def _too_early(key: str, places: pd.DataFrame, early: pd.Series, counted: Counted, theme: str) -> tuple[Sentence, ...]:
    if not early.any():
        return ()
    filters = Filters(counted.wave, theme)
    formula = "Districts whose share is not shown, or has too wide a range to be called more or less."
    made = (
        figures.exact("early", int(early.sum()), formula, filters),
        figures.exact("all", len(places), "Districts that the questionnaire names.", filters),
    )
    called = sorted(places.loc[early, "district"].astype("str").map(counted.districts))
    names = tuple((f"p{place}", name) for place, name in enumerate(called))
    those = listed([f"{{{name}}}" for name, _ in names])
    return (Sentence(key, f"In {{early}} of {{all}} districts it is too early to say: {those}.", made, names),)


def _change(theme: str, counted: Counted) -> tuple[Sentence, ...]:
    if counted.changes is None or counted.before is None:
        return ()
    row = counted.changes.loc[[theme]].iloc[0]
    names = (("wave", counted.before[1]),)
    key = f"theme.{theme}.change"
    verdict: Verdict = Verdict.TOO_FEW if pd.isna(row["share_then"]) else Verdict(row["verdict"])
    if verdict is Verdict.TOO_FEW:
        return (Sentence(key, "Too few people to tell whether it has changed since {wave}.", names=names),)
    then = pd.Series({name: row[f"{name}_then"] for name in ("share", "count", "base", "low", "high")})
    filters, filters_now = Filters(counted.before[0], theme), Filters(counted.wave, theme)
    made = (
        figures.share("then", then, figures.RAISED, filters, counted.policy),
        figures.difference(
            "change", row["share"] - then["share"], row["low"], row["high"], filters_now, counted.policy
        ),
    )
    if verdict is Verdict.NO_CLEAR_CHANGE:
        says = "No clear change since {wave}, when it was {then} of {then:base}: {change:unclear}."
    else:
        way = "up" if float(row["difference"]) > 0 else "down"
        size = "{change}" if made[1].number else "by less than one point"
        more = f"{verdict.value.capitalize()} than in {{wave}}, when it was {{then}} of {{then:base}}"
        says = f"{more}: {way} {size} ({{change:swing}})."
    return (Sentence(key, says, made, names),)
