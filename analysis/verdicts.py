"""The board in words: which services stand out in which districts, and one service in every district."""

import pandas as pd

from analysis.phrases import counted, intervals_said, listed, percent, shares_said, swing
from analysis.standing import FEWEST, Control, Standing, control_for
from analysis.suppression import Held, Released

_CLEAR = (Standing.WORSE, Standing.BETTER)
_SURE = {
    Control.EXPLORING: "of ten named here, about one may be chance.",
    Control.PUBLISHING: "in nineteen of twenty boards like this one, every cell named is right.",
}


def any_stands_out(board: Released) -> bool:
    """Whether any cell of a board is clearly better or worse."""
    return bool(board.figures["verdict"].isin(list(_CLEAR)).any())


def standing_out(board: Released, services: pd.Series, districts: pd.Series, *, by_evidence: bool) -> pd.DataFrame:
    """The cells that are clearly better or worse, as a table to read: none of a board on which none is.

    services and districts hold names by code. By evidence the surest stand first; otherwise they stand by name. Never
    by the share: with so few answers an order of merit would be an order of luck.
    """
    clear = board.figures[board.figures["verdict"].isin(list(_CLEAR))]
    named = clear.assign(service=clear["service"].map(services), district=clear["district"].map(districts))
    rows = named.sort_values(["q", "service", "district"] if by_evidence else ["service", "district"])
    apart = zip(rows["difference_low"], rows["difference_high"], strict=True)
    return pd.DataFrame(
        {
            "Service": rows["service"],
            "District": rows["district"],
            "Verdict": rows["verdict"].str.capitalize(),
            "Share": shares_said(rows),
            "Likely range": intervals_said(rows),
            "Than elsewhere": [swing(low, high) for low, high in apart],
        }
    ).reset_index(drop=True)


def summed_up(board: Released) -> list[str]:
    """What a board says as a whole, in sentences: how much can be judged, how much stands out, and how sure that is."""
    figures = board.figures
    said = figures["verdict"].where(figures["verdict"] != "", str(Standing.TOO_FEW))
    counts = {one: int((said == one).sum()) for one in Standing}
    judged = len(figures) - counts[Standing.TOO_FEW]
    can = f"{judged:,}" if judged else "none"
    told = [f"Of {counted(len(figures), 'cell', 'cells')} (services by districts), {can} can be judged."]
    clear = [f"{counts[one]:,} {one}" for one in _CLEAR if counts[one]]
    if clear:
        told.append(
            f"{listed(clear).capitalize()} than the same service in the other districts. All cells were looked at "
            f"together: {_SURE[control_for(board.policy)]}"
        )
    elif judged:
        told.append(
            "None is clearly better or worse than elsewhere: chance alone makes boards vary as much as this one."
        )
    if counts[Standing.SAME]:
        told.append(f"{counts[Standing.SAME]:,} are about the same: a gap of ten points either way can be ruled out.")
    if counts[Standing.TOO_FEW]:
        few = f"{counts[Standing.TOO_FEW]:,} have too few answers to say:"
        told.append(
            f"{few} under {FEWEST} people, or not enough to tell a difference from chance nor to rule out a gap of ten "
            "points."
        )
    return told


def one_by_one(board: Released, service: str, districts: pd.Series) -> pd.DataFrame:
    """One service in every district, by name: what was said there, the same drawn towards the county, and a verdict."""
    figures = board.of("service", service).figures.set_index("district").reindex(districts.index)
    held = figures["held"].fillna(Held.FEW)
    verdicts = figures["verdict"].fillna("").where(held == Held.NOT, "").replace("", str(Standing.TOO_FEW))
    drawn = zip(figures["pooled"], figures["pooled_low"], figures["pooled_high"], strict=True)
    rows = pd.DataFrame(
        {
            "District": districts.to_numpy(),
            "Share": shares_said(figures),
            "Likely range": intervals_said(figures),
            "Drawn towards the county": [
                "–" if pd.isna(share) else f"{percent(share)} ({percent(low)} to {percent(high)})"
                for share, low, high in drawn
            ],
            "Beside the other districts": verdicts.str.capitalize().to_numpy(),
        }
    )
    return rows.sort_values("District", ignore_index=True)
