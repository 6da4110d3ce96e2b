"""The comments behind a figure: found again from its filters, so that no list of them is ever kept."""

import pandas as pd

from analysis.coverage import in_english, in_other_languages
from analysis.report.content import Behind, Figure, Filters, Unit
from analysis.report.stances import REQUEST, Side, sides
from analysis.text.details.combinations import PLACE, combinations


def has_comments(figure: Figure) -> bool:
    """Whether those whom a figure counts are exactly the writers of the comments that its filters find, or these.

    So it is for a share of those who commented in one wave. It is for no difference, nor for a number of districts,
    themes, words or answers, nor for what lies near something in meaning.
    """
    of = figure.filters
    return bool(of.wave) and (bool(of.behind) or (bool(of.theme) and figure.unit is Unit.SHARE))


def comments_behind(
    filters: Filters, responses: pd.DataFrame, comments: pd.DataFrame, codings: pd.DataFrame
) -> pd.DataFrame:
    """The comments, of those in these frames, that a figure with these filters counts, or whose writers it counts.

    Where people stand on a side of a theme, all their comments that raise it. Only for what ``has_comments``.
    """
    found = comments[_wanted(filters, comments)]
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


def fit_to_read_out(found: pd.DataFrame, filters: Filters, comments: pd.DataFrame) -> pd.DataFrame:
    """Of the comments behind a figure, those that still tell nobody who wrote them once its filters are known.

    found are those that may be quoted, comments all there are. Only what is in English, or was put into English, is
    left: no program looks for what tells in anything else. Whoever chose a figure of a district knows from where its
    comments come: of people by whose words, any of them, somebody may be recognised with a place beside them, none is
    left.
    """
    english = found[in_english(found)]
    if not filters.district:
        return english
    theirs = comments[comments["response_id"].isin(english["response_id"])]
    telling = [bool(combinations(words, beside=[PLACE])) for words in theirs["words"]]
    return english[~english["response_id"].isin(theirs.loc[telling, "response_id"])]


def _wanted(filters: Filters, comments: pd.DataFrame) -> pd.Series:
    if filters.behind == Behind.FOREIGN:
        return in_other_languages(comments)
    is_read: pd.Series = comments["sentiment"].astype("str") != ""
    return ~is_read if filters.behind == Behind.WAITING else is_read
