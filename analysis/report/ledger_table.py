"""The ledger as one table: an action to a row, with its evidence and what later waves say as numbers."""

import re
from typing import Final

from analysis.ledger import Felt
from analysis.phrases import listed
from analysis.report.content import Content, Decided, Figure, Table
from analysis.report.decided import CHANGED, STATES

COLUMNS: Final = {
    "About": "The theme or service that the action is about",
    "What was decided": "What is done, was done, or is not done",
    "State": f"How far it has come: {', '.join(STATES.values())}",
    "Why not": "The reason, where it was decided against",
    "Where": "The districts it is for; empty for all",
    "Owner": "Whose job it is; empty where there is nobody yet or nothing is to be done",
    "Due": "The day by which it is to be done: year, month, day",
    "Expected": "By how far the share was expected to move, in words; empty where nobody has said",
    "For": "Outcomes and concerns that the action is tagged with",
    "Felt": f"What later waves say: {', '.join(Felt)}; empty where nothing is to be done",
    "Expected change": "By how far the share was expected to move, as a fraction of 1: below 0 where it is to fall",
    "Evidence, share": "The share that led to the action, as it was released then, as a fraction of 1",
    "Evidence, low": "The low end of its range (Wilson, 95 in a hundred, for chance alone)",
    "Evidence, high": "The high end of that range",
    "Evidence, of": "People whom it is of, rounded to the nearest 5",
    "Since, share": "The same share in later waves together",
    "Since, low": "The low end of its range",
    "Since, high": "The high end of its range",
    "Since, of": "People whom it is of, rounded to the nearest 5",
    "Change, low": "How far the share moved, as a fraction of 1: the low end (Newcombe, 95 in a hundred)",
    "Change, high": "The high end of that range",
}
"""What each column is called and what it holds."""
_POINTS: Final = re.compile(r"(?P<size>\d+) points? (?P<way>up|down)\.")


def decided(content: Content) -> Table:
    """Every action that the report keeps; no rows where it keeps none."""
    return Table(
        "decided",
        "What was decided and done",
        tuple(COLUMNS),
        tuple(_row(one) for one in content.decided or ()),
        "Shares and changes are fractions of 1. An empty cell is a figure that does not apply or is held back.",
    )


def _row(one: Decided) -> tuple[str | float | None, ...]:
    known = {figure.name: figure for sentence in one.sentences for figure in sentence.figures}
    change = known.get(CHANGED)
    meant = one.since is not None
    return (
        one.about,
        one.told,
        one.state,
        one.because,
        listed(list(one.places)),
        one.owner if meant else "",
        f"{one.due:%Y-%m-%d}" if one.due and meant else "",
        one.expected if meant else "",
        "; ".join(one.tags),
        one.felt,
        _expected(one.expected) if meant else None,
        *_share(known.get("evidence")),
        *_share(known.get("now")),
        *((change.low, change.high) if change else (None, None)),
    )


def _expected(words: str) -> float | None:
    """The number in "5 points down.", which is how a report keeps it: -0.05."""
    found = _POINTS.match(words)
    return None if found is None else int(found["size"]) / (100 if found["way"] == "up" else -100)


def _share(figure: Figure | None) -> tuple[float | None, ...]:
    return (figure.number, figure.low, figure.high, figure.base) if figure else (None, None, None, None)
