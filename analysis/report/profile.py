"""Who answered: from where, how, in which language and about children of which ages, through the gate."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from analysis import children
from analysis.phrases import counted
from analysis.report.content import Table
from analysis.suppression import Policy, Released, release, release_counts

CHANNELS: Final = {"web": "Online", "phone": "By phone", "in_person": "In person", "paper": "On paper"}
TITLES: Final = {
    "district": ("District", "Responses by district"),
    "channel": ("How they were given", "Responses by how they were given"),
    "language": ("Language", "Responses by language"),
    "age_band": ("Age", "Responses by the age of the child"),
    "plan": ("Plan", "Responses by the plan or support that the child has"),
}
OF_CHILDREN: Final = {
    "age_band": ("Age", "Children by their age"),
    "plan": ("Plan", "Children by the plan or support that they have"),
}


def profile(responses: pd.DataFrame, names: Mapping[str, pd.Series], policy: Policy) -> tuple[Table, ...]:
    """Responses by each of their columns that has names: by code, in the order in which they are to be told."""
    known = {"channel": pd.Series(CHANNELS), **names}
    return tuple(
        _answered(column, responses, known[column], policy) for column in TITLES if len(known.get(column, ())) > 0
    )


def of_children(frame: pd.DataFrame, names: Mapping[str, pd.Series], policy: Policy) -> tuple[Table, ...]:
    """The children of a children frame (see ``columns.CHILDREN``) by what their families were asked of each of them.

    That few families answered of some children is what the gate goes by.
    """
    return tuple(
        _divided(column, children.by_answer(frame, column, list(names[column].index)), names[column], policy)
        for column in OF_CHILDREN
        if len(names.get(column, ())) > 0
    )


def note(released: Released) -> str:
    """How many figures of a table are held back, "" for none."""
    held = released.held_back
    return f"{counted(held, 'figure is', 'figures are')} not shown, so that nobody can be recognised." if held else ""


def cell(value: float) -> float | None:
    """A figure in a table: None where it is held back."""
    return None if pd.isna(value) else round(float(value), 4)


def _answered(column: str, responses: pd.DataFrame, names: pd.Series, policy: Policy) -> Table:
    values = responses[column].astype("str")
    order = {str(code): place for place, code in enumerate(names.index)}
    codes = sorted(set(values), key=lambda code: (not code, order.get(code, len(order)), code))
    counts = values.value_counts().reindex(codes, fill_value=0)
    released = release_counts(pd.DataFrame({column: codes, "count": counts.to_numpy("int64")}), policy, totals=[[]])
    told = [str(names.get(code, code)) if code else "Not given" for code in codes]
    return _table(f"answered.{column}", *TITLES[column], "Responses", told, released)


def _divided(column: str, counts: pd.DataFrame, names: pd.Series, policy: Policy) -> Table:
    released = release(counts, policy, totals=[[]])
    told = counts["answer"].map(names).tolist()
    return _table(f"children.{column}", *OF_CHILDREN[column], "Children", told, released)


def _table(key: str, head: str, title: str, of: str, told: Sequence[str], released: Released) -> Table:
    rows = tuple(zip(told, [cell(value) for value in released.figures["count"]], strict=True))
    return Table(key, title, (head, of), rows, note(released))
