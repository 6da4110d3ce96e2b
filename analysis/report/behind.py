"""The comments behind a figure: found again from its filters, so that no list of them is ever kept."""

import pandas as pd

from analysis.report.content import Filters
from analysis.report.stances import REQUEST, Side, sides


def comments_behind(
    filters: Filters, responses: pd.DataFrame, comments: pd.DataFrame, codings: pd.DataFrame
) -> pd.DataFrame:
    """The comments, of those in these frames, that a figure with these filters counts: those that have been read.

    Where people stand on a side of a theme, all their comments that raise it.
    """
    found = comments[comments["sentiment"].astype("str") != ""]
    if filters.theme:
        carry = codings.loc[codings["theme"] == filters.theme, "comment_id"]
        found = found[found["comment_id"].isin(carry)]
    if filters.stance:
        stand = sides(comments, codings, [filters.theme])
        mine = stand[stand["request"]] if filters.stance == REQUEST else stand[stand["side"] == Side(filters.stance)]
        found = found[found["response_id"].isin(mine["response_id"])]
    if filters.district:
        wanted = responses.loc[responses["district"].astype("str") == filters.district, "response_id"]
        found = found[found["response_id"].isin(wanted)]
    return found.sort_values("comment_id")
