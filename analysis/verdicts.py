"""The board in words: which services stand out in which districts, what cannot be said and why, and every cell."""

from typing import Final, NamedTuple

import pandas as pd

from analysis.phrases import counted, held_said, intervals_said, listed, number, percent, shares_said, swing
from analysis.standing import FEWEST, Control, Standing, control_for
from analysis.suppression import Held, Released

MARKS: Final = {Standing.BETTER: "▲", Standing.WORSE: "▼", Standing.SAME: "=", Standing.TOO_FEW: "?"}
"""What stands for each verdict where there is no room for its words: to be told apart without colour."""

_CLEAR = (Standing.WORSE, Standing.BETTER)
_SURE = {
    Control.EXPLORING: "of ten named here, about one may be chance.",
    Control.PUBLISHING: "in nineteen of twenty boards like this one, every cell named is right.",
}


class Tally(NamedTuple):
    """How many cells of a board have each verdict, and why the others have none: together they are all its cells."""

    worse: int
    better: int
    same: int
    unclear: int
    """Tested, and neither a difference nor its absence can be told."""
    few: int
    """Shown, with too few people to be tested."""
    held: int
    """Held back."""


def tally(board: Released) -> Tally:
    """The cells of a board counted by what can be said of them."""
    said = board.shown["verdict"].value_counts()
    worse, better, same, open_ = (int(said.get(one, 0)) for one in (*_CLEAR, Standing.SAME, Standing.TOO_FEW))
    few = int(board.shown["q"].isna().sum())
    return Tally(worse, better, same, open_ - few, few, board.held_back)


def any_stands_out(board: Released) -> bool:
    """Whether any cell of a board is clearly better or worse."""
    return bool(board.figures["verdict"].isin(list(_CLEAR)).any())


def any_tested(board: Released) -> bool:
    """Whether any cell has enough people to be tested: without one there is no evidence to sort by."""
    return bool(board.figures["q"].notna().any())


def standing_out(board: Released, services: pd.Series, districts: pd.Series, *, by_evidence: bool) -> pd.DataFrame:
    """The cells that are clearly better or worse, as a table to read: none of a board on which none is.

    services and districts hold names by code; the ``name`` of the services says what they are (see ``Scope.rows``). By
    evidence the surest stand first; otherwise they stand by name. Never by the share: with so few answers an order of
    merit would be an order of luck.
    """
    rows = _ordered(board, services, districts, by_evidence=by_evidence)
    rows = rows[rows["verdict"].isin(list(_CLEAR))]
    apart = zip(rows["difference_low"], rows["difference_high"], strict=True)
    return pd.DataFrame(
        {
            _head(services): rows["service"],
            "District": rows["district"],
            "Verdict": rows["verdict"].str.capitalize(),
            "Share": shares_said(rows),
            "Likely range": intervals_said(rows),
            "Than elsewhere": [swing(low, high) for low, high in apart],
        }
    ).reset_index(drop=True)


def summed_up(board: Released, services: pd.Series) -> list[str]:
    """What a board says as a whole, in sentences: each of its cells is counted in one of them, once."""
    figures, told = board.figures, tally(board)
    tested = told.worse + told.better + told.same + told.unclear
    said = [
        f"{counted(len(figures), 'cell', 'cells')} ({services.name}s by districts): {tested:,} with enough people to "
        f"be tested, {told.few:,} with too few, {told.held:,} not shown."
    ]
    clear = [f"{count:,} {verdict}" for count, verdict in zip((told.worse, told.better), _CLEAR, strict=True) if count]
    if clear:
        said.append(
            f"{listed(clear).capitalize()} than the same {services.name} in the other districts. All cells were looked "
            f"at together: {_SURE[control_for(board.policy)]}"
        )
    elif tested:
        said.append("None is clearly better or worse than elsewhere, after allowing for every cell that was tested.")
    if told.same:
        said.append(f"{told.same:,} about the same: a gap of ten points either way can be ruled out.")
    if told.unclear:
        said.append(
            f"{told.unclear:,} tested and not clear: the answers do not stand out from chance, and are too few to rule "
            "out a gap of ten points."
        )
    if told.few:
        said.append(
            f"{told.few:,} too few to say: fewer than {FEWEST} people, there or in the other districts together. They "
            "were not tested."
        )
    if told.held:
        said.append(f"{told.held:,} not shown: {listed(held_said(figures['held']))}.")
    return said


def every_cell(board: Released, services: pd.Series, districts: pd.Series, *, by_evidence: bool) -> pd.DataFrame:
    """Every cell of a board as a table: what was said there, the same drawn towards the county, and a verdict.

    In the order of names, or the strongest evidence first.
    """
    rows = _ordered(board, services, districts, by_evidence=by_evidence)
    named = {_head(services): rows["service"], "District": rows["district"]}
    apart = {"Share": rows["share"].map(percent), "Of": rows["base"].map(number)}
    return pd.DataFrame(named | _said(rows) | apart)[
        [*named, "Verdict", "Share", "Of", "Likely range", "Drawn towards the county"]
    ].reset_index(drop=True)


def one_by_one(board: Released, service: str, districts: pd.Series) -> pd.DataFrame:
    """One service in every district, by name: its verdict, what was said there, and that drawn towards the county."""
    figures = board.of("service", service).figures.set_index("district").reindex(districts.index)
    figures = figures.assign(held=figures["held"].fillna(Held.FEW), verdict=figures["verdict"].fillna(""))
    return pd.DataFrame({"District": districts, **_said(figures)}).sort_values("District", ignore_index=True)


def one_district(
    board: Released, district: str, services: pd.Series, districts: pd.Series, *, by_evidence: bool
) -> pd.DataFrame:
    """Every service in one district: its verdict, what was said there, and that drawn towards the county."""
    rows = _ordered(board.of("district", district), services, districts, by_evidence=by_evidence)
    return pd.DataFrame({_head(services): rows["service"], **_said(rows)}).reset_index(drop=True)


def _head(services: pd.Series) -> str:
    """What the column of their names is called, by what they are."""
    return str(services.name).capitalize()


def _ordered(board: Released, services: pd.Series, districts: pd.Series, *, by_evidence: bool) -> pd.DataFrame:
    """The cells by name, or the surest first; of those that were not tested the larger first."""
    figures = board.figures
    named = figures.assign(service=figures["service"].map(services), district=figures["district"].map(districts))
    names = ["service", "district"]
    if not by_evidence:
        return named.sort_values(names)
    return named.sort_values(["q", "base", *names], ascending=[True, False, True, True])


def _said(rows: pd.DataFrame) -> dict[str, list[str]]:
    """The columns that say the same of any cell: its verdict first, which is what it is looked up for."""
    return {
        "Verdict": verdicts_said(rows),
        "Share": shares_said(rows),
        "Likely range": intervals_said(rows),
        "Drawn towards the county": pooled_said(rows),
    }


def verdicts_said(rows: pd.DataFrame) -> list[str]:
    """The verdict on each cell in words, or why there is none."""
    said = zip(rows["verdict"], rows["q"], rows["held"], strict=True)
    return [_verdict(verdict, q, held) for verdict, q, held in said]


def _verdict(verdict: str, q: float, held: str) -> str:
    if held != Held.NOT:
        return f"Not shown: {held}"
    if verdict == Standing.TOO_FEW and not pd.isna(q):
        return f"{verdict.capitalize()}: tested, not clear"
    return verdict.capitalize()


def pooled_said(rows: pd.DataFrame) -> list[str]:
    """Each share drawn towards the county, with its interval: "41% (32% to 50%)", or "–" where it is held back."""
    drawn = zip(rows["pooled"], rows["pooled_low"], rows["pooled_high"], strict=True)
    return [
        "–" if pd.isna(share) else f"{percent(share)} ({percent(low)} to {percent(high)})" for share, low, high in drawn
    ]
