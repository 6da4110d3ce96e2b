"""Where a wave is not compared with the one before, because its questions were put otherwise: said, with the reason.

The reasons are those that "Over time" gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis import following
from analysis.following import Fieldwork, Kind
from analysis.ratings import NOT_COMPARED, Rated
from analysis.report import cells
from analysis.report.content import Content, Sentence, Table
from analysis.report.figures import rounded
from analysis.suppression import Policy

RATED: Final = "services"
"""The key of the table that says how each service is rated."""
CHANGE: Final = "services_since"
"""The key of the table that says how the rating of each service has changed."""


@dataclass(frozen=True, eq=False)
class Breaks:
    """What was changed in the questions since the wave before."""

    since: str
    """The title of that wave."""
    comments: str
    """Why what people wrote cannot be compared; "" where it can."""
    services: pd.Series
    """Why its ratings cannot be compared, by the key of each service of this wave; "" where they can."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Each of the two that cannot be compared at all, for the beginning of a report."""
        of_services = self.services[self.services != ""]
        rated = of_services.mode().iloc[0] if 0 < len(of_services) == len(self.services) else ""
        told = (
            ("opening.themes_break", "Themes are", self.comments),
            ("opening.services_break", "Ratings of services are", rated),
        )
        return tuple(
            Sentence(key, f"{what} not compared with {{wave}}. {{why}}", (), (("wave", self.since), ("why", why)))
            for key, what, why in told
            if why
        )


def breaks(now: Fieldwork, then: Fieldwork) -> Breaks:
    """What was changed in the questions of a wave since the one before."""
    why = following.why_not(now, then)
    comments = why[str(Kind.SENTIMENT)].iloc[0]
    services = why[str(Kind.SERVICE)] if str(Kind.SERVICE) in why else pd.Series(dtype="str")
    return Breaks(then.title, comments, services.reindex(now.scope.services.index, fill_value=""))


def services_since(rated: Sequence[Rated], since: str, policy: Policy) -> Table:
    """What became of the rating of each service since the wave of that title, in words and as the ends of the range.

    The ends are empty where nothing is compared, and held back where too few people answered.
    """
    rows = tuple((one.service, one.verdict, one.change, *_ends(one, policy)) for one in rated)
    columns = ("Service", "Since then", "How far", "Change, low", "Change, high")
    return Table(CHANGE, f"How the rating of each service has changed since {since}", columns, rows)


def of_services(content: Content) -> list[tuple[str, str]]:
    """The same as lines, for where there is no room for a table: the verdict on each service, and what to say of it.

    Each has the share of this wave with its base and range, so that no change stands alone.
    """
    rows = {table.key: cells.read(table)[1] for table in content.tables if table.key in {RATED, CHANGE}}
    shares = {
        service: f" ({share} of {of}, {low} to {high})" for service, _, of, share, low, high in rows.get(RATED, ())
    }
    told = []
    for service, verdict, far in rows.get(CHANGE, ()):
        between = ". " if verdict == NOT_COMPARED else ", " if far else ""
        share = "" if cells.HELD in shares[service] else shares[service]
        told.append((verdict, f"{service}{share}: {verdict}{between}{far}"))
    return told


def _ends(one: Rated, policy: Policy) -> tuple[str | float | None, ...]:
    if one.ends:
        return tuple(rounded(end, policy) for end in one.ends)
    return ("", "") if one.verdict == NOT_COMPARED else (None, None)
