"""Children and families: what is said of each child, counted by child, with the family as the one who answered.

Families choose to answer, not children, and what a family says of two children tends to be alike. So shares are of
children, intervals are for what the children's answers are worth, and families are what must be enough to be shown.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.columns import CHILDREN, check
from analysis.phrases import counted
from analysis.proportions import effective_base

Whole = npt.NDArray[np.int64]


class Told(NamedTuple):
    """How many children are told of, and in how many families."""

    children: int
    families: int

    def __str__(self) -> str:
        """The two numbers as people say them: "212 children in 168 families"."""
        return f"{counted(self.children, 'child', 'children')} in {counted(self.families, 'family', 'families')}"


def children(answers: pd.DataFrame, comments: pd.DataFrame, *, age_band: str = "", plan: str = "") -> pd.DataFrame:
    """The children frame (see ``columns.CHILDREN``): one row for each child that something is said of.

    age_band and plan name the items that ask for them, '' where none does.
    """
    pairs = [frame.loc[frame["child"] > 0, ["response_id", "child"]] for frame in (answers, comments)]
    frame = pd.concat(pairs, ignore_index=True).drop_duplicates(ignore_index=True)
    for column, item in (("age_band", age_band), ("plan", plan)):
        given = answers[(answers["child"] > 0) & (answers["item"] == item)]
        told = given.drop_duplicates(["response_id", "child"]).set_index(["response_id", "child"])["code"]
        wanted = pd.MultiIndex.from_frame(frame[["response_id", "child"]])
        frame[column] = told.astype("str").reindex(wanted).fillna("").to_numpy()
    return check(frame.astype({"age_band": "str", "plan": "str"}), CHILDREN)


def told(frame: pd.DataFrame) -> Told:
    """How many children a children frame has, and of how many families."""
    return Told(len(frame), int(frame["response_id"].nunique()))


def by_answer(frame: pd.DataFrame, column: str, answers: Sequence[str]) -> pd.DataFrame:
    """How the children of a frame divide by one of its columns: each ``answer`` with its ``count`` of ``base``.

    The base is the children of whom one of these answers was given. Families stand beside them as on the board.
    """
    place = _places(frame[column], answers)
    known, kinds = place >= 0, len(answers)
    cell = np.tile(np.arange(kinds, dtype="int64"), int(known.sum()))
    said = pd.DataFrame(
        {
            "response_id": np.repeat(frame["response_id"].to_numpy()[known], kinds),
            "yes": np.repeat(place[known], kinds) == cell,
        }
    )
    return pd.DataFrame({"answer": list(answers)}, dtype="str").join(_by_child(cell, said, kinds))


def by_service_and_district(said: pd.DataFrame, services: Sequence[str], districts: Sequence[str]) -> pd.DataFrame:
    """The board by child: ``count`` (rated well) of ``base`` (children) for each ``service`` in each ``district``.

    said is what ``tallies.rated`` gives. Beside them stand ``effective``, how many independent answers the children
    are worth, and ``people``, ``people_yes`` and ``people_no``: families, which is what the gate goes by.
    """
    row, column = _places(said["service"], services), _places(said["district"], districts)
    cell = np.where((row < 0) | (column < 0), -1, row * len(districts) + column)
    cells = pd.MultiIndex.from_product([list(services), list(districts)], names=["service", "district"])
    names = cells.to_frame(index=False).astype("str")
    return names.join(_by_child(cell, said, len(cells)))


def by_service(said: pd.DataFrame, services: Sequence[str]) -> pd.DataFrame:
    """The county's line for each ``service``, as ``by_service_and_district`` gives: ``base`` is of children."""
    names = pd.DataFrame({"service": list(services)}, dtype="str")
    return names.join(_by_child(_places(said["service"], services), said, len(services)))


def by_district(said: pd.DataFrame, districts: Sequence[str]) -> pd.DataFrame:
    """Each ``district`` over all services. Here ``base`` is of ratings: a child has one for each service."""
    names = pd.DataFrame({"district": list(districts)}, dtype="str")
    return names.join(_by_child(_places(said["district"], districts), said, len(districts)))


def _places(values: pd.Series, wanted: Sequence[str]) -> Whole:
    """The place of each value among those wanted; -1 for any other."""
    return np.asarray(pd.Index(list(wanted), dtype="str").get_indexer(pd.Index(values)), dtype="int64")


def _by_child(cell: Whole, said: pd.DataFrame, cells: int) -> pd.DataFrame:
    """Counts in each cell, what they are worth, and the families behind them.

    A share is a ratio of two sums over families, and its variance that of a ratio: families are the clusters, and
    nothing is assumed of how alike a family's answers are. Too few families make it unsure, which is why the gate
    asks for families. Source: see ``proportions.effective_base``; checked against the worked example of Rao and Scott
    (1992) Biometrics 48, 577-585, the cluster-robust variance of statsmodels, and families of known truth.
    """
    known = cell >= 0
    key = said["response_id"].to_numpy()[known] * max(cells, 1) + cell[known]
    family, of_cell = pd.factorize(key)
    where = of_cell % max(cells, 1)
    base = np.bincount(family, minlength=len(where))
    yes = np.bincount(family, said["yes"].to_numpy(dtype=bool)[known], minlength=len(where)).astype("int64")

    def summed(numbers: Whole) -> Whole:
        return np.bincount(where, numbers, minlength=cells).astype("int64")

    worth = effective_base(pd.Series(yes), pd.Series(base), pd.Series(where))
    return pd.DataFrame(
        {
            "count": summed(yes),
            "base": summed(base),
            "effective": worth.reindex(range(cells), fill_value=0.0).to_numpy(),
            "people": summed(np.ones_like(base)),
            "people_yes": summed((yes > 0).astype("int64")),
            "people_no": summed((yes < base).astype("int64")),
        }
    )
