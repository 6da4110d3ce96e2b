"""The board: one measure by service and district, of everybody or of one way of answering, and what is worked out."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.cube import PEOPLE, WAYS, Cube, Whole, shares_of_children, shares_of_people, text
from analysis.funnel import funnel
from analysis.overview import Chosen, Measure, Scope, tellable
from analysis.pooling import pooled
from analysis.protection import Flags
from analysis.standing import control_for, standings
from analysis.suppression import LIMITS, Held, Policy, Reasons, Released, reasons, release
from analysis.tallies import ELSEWHERE
from analysis.together import staying

BOARD_TOTALS = [["service"], ["district"]]
COUNTY, SHOWN = "county", "districts shown"


@dataclass(frozen=True, eq=False)
class Funnelled:
    """One service in the districts that are shown, against the limits of chance (see ``funnel``)."""

    districts: Released
    """By ``district``, with ``inner_low``, ``inner_high``, ``outer_low``, ``outer_high`` and ``outside``."""
    limits: pd.DataFrame
    """The same limits at each ``base`` drawn, up to the largest that is shown."""
    around: "Around"


class Around(NamedTuple):
    """What the districts of a funnel are set beside, as it is shown."""

    whose: str
    """The county's, or where that is held back, of the districts shown together."""
    share: float
    base: float


@dataclass(frozen=True, eq=False)
class Variation:
    """One measure across services and districts."""

    board: Released
    """By ``service`` and ``district``."""
    county: Released
    """By ``service``, for everybody."""
    districts: Released
    """By ``district``: of the service chosen, or of all services together."""


def variation(cube: Cube, scope: Scope, chosen: Chosen, measure: Measure, policy: Policy) -> Variation:
    """One measure by service and district, of everybody or of one way of answering.

    It is released as a whole, and the rows asked for are taken from that: choosing a district cannot bring back a cell
    that the whole board hides, nor can a way of answering (see ``Board``). Ratings are counted by child where they are
    asked for each child, with families as what must be enough.
    """
    board = board_of(cube, scope, measure, chosen.channel, policy)
    return Variation(
        board=board.figures,
        county=board.county,
        districts=board.figures.of("service", chosen.service) if chosen.service else board.districts,
    )


def with_verdicts(cube: Cube, scope: Scope, chosen: Chosen, measure: Measure, policy: Policy) -> Released:
    """The board of ``variation`` with what is worked out for each cell: ``pooled`` and its interval (see ``pooling``),
    ``verdict`` and what it rests on (see ``standing``), as sure as the policy asks.

    It is made from the cells that are shown, all at once, and from no other (see ``Board.in_sight``): a difference from
    what lies beside a cell is that from the other districts that are shown.
    """
    board = board_of(cube, scope, measure, chosen.channel, policy)
    told = board.in_sight()
    found = standings(pooled(told, within="service"), rise=measure.rise, control=control_for(policy))
    return board.released(board.counts().join(found[found.columns.difference(told.columns, sort=False)]))


def funnelled(
    cube: Cube, scope: Scope, service: str, chosen: Chosen, measure: Measure, policy: Policy
) -> Funnelled | None:
    """One service of the board in a funnel; None where nothing of it may be shown.

    A district is shown here just where the board shows it, and everything is made from figures as they are shown, as
    rounded as they are: the limits, how far they reach, and by how much they are widened. A drawn limit is a formula of
    what it was made of, and a reader can solve it: made from all districts, it would tell of those held back. The line
    in the middle is the county's figure as ``variation`` gives it, in which those who live elsewhere or did not say are
    counted. Where that is held back it is the share of the districts shown, if there are several.
    """
    board = board_of(cube, scope, measure, chosen.channel, policy)
    mine = board.seen(service)
    around = _around(board.county.of("service", service), mine, policy)
    if mine.empty or around is None:
        return None
    found = funnel(mine, around=around.share)
    placed = board.counts().join(found.districts[[*LIMITS, "outside"]])
    limits = found.limits.assign(**{name: policy.of_shares(found.limits[name].to_numpy()) for name in LIMITS})
    return Funnelled(board.released(placed).of("service", service), limits, around)


def _around(county: Released, districts: pd.DataFrame, policy: Policy) -> Around | None:
    """The county's figure where it is shown; where it is not, that of several districts that are."""
    if len(county.shown):
        return Around(COUNTY, float(county.shown["share"].iloc[0]), float(county.shown["base"].iloc[0]))
    if len(districts) < 2:
        return None
    share = policy.of_shares(np.asarray(districts["count"].sum() / districts["base"].sum()))
    return Around(SHOWN, float(share), float(districts["base"].sum()))


@lru_cache(maxsize=16)
def board_of(cube: Cube, scope: Scope, measure: Measure, channel: str, policy: Policy) -> "Board":
    """The board, made once: whatever service or district is chosen is taken from it."""
    return Board(cube, scope, measure, channel, policy)


@dataclass(frozen=True, eq=False)
class Board:
    """One measure by service (or statement: see ``Scope.rows``) and district, with those who live elsewhere or did not
    say as one more district.

    They are shown nowhere, but the county's figures count them, and so they must not be what is left of one.

    Of one way of answering, a cell is shown where it is shown of everybody and every way in it has nobody or as many as
    are enough for any figure; nothing else is told of a way. So what is told of ways only takes apart cells that are
    shown, and no hidden cell has anything to do with it.

    Whatever is worked out from a board, of everybody or of one way, is worked out from the cells that are shown of it.
    """

    cube: Cube
    scope: Scope
    measure: Measure
    channel: str
    policy: Policy

    @property
    def shares(self) -> Whole:
        """The eight numbers of each share, by service (0: all together), district and way."""
        kept: dict[Measure, Whole] = {
            Measure.RATED_GOOD: self.cube.rated,
            Measure.POSITIVE: self.cube.positive,
            Measure.NEGATIVE: self.cube.negative,
            Measure.AGREED: self.cube.agreed,
        }
        return kept[self.measure]

    def counts(self) -> pd.DataFrame:
        """True numbers for the gate; of one way, only those that may be told, and no others at all."""
        everybody = self.shares[1:-1].sum(axis=2)
        if not self.channel:
            return self._named(everybody)
        of_way = self.shares[1:-1, :, WAYS.index(self.channel)]
        return self._named(np.where(self._open.reshape(*everybody.shape[:2], 1), of_way, 0))

    def in_sight(self) -> pd.DataFrame:
        """True numbers of the districts, with nothing of any cell that is held back.

        What is worked out from these tells nobody of a hidden cell, however exactly it is given and whatever else is
        known: it could have been worked out from what is shown.
        """
        counts = self.counts()
        numbers = counts.columns.difference(["service", "district"])
        counts.loc[self._whole.figures["held"] != Held.NOT, numbers] = 0
        return counts[counts["district"] != ELSEWHERE]

    def seen(self, service: str) -> pd.DataFrame:
        """The districts of one service that are shown, in numbers as rounded as they are shown: ``count`` of ``base``.

        ``effective``, where answers of one family stand together, is rounded like any other number of people.
        """
        figures = self._whole.figures
        mine = (figures["service"] == service) & (figures["district"] != ELSEWHERE) & (figures["held"] == Held.NOT)
        shown = figures.loc[mine, ["district", "share", "base"]]
        counts = shown.assign(count=shown["share"] * shown["base"])
        told = self.counts()
        if "effective" not in told:
            return counts
        return counts.assign(effective=told.loc[mine, "effective"].map(np.floor).map(self.policy.rounded).astype("f8"))

    def released(self, counts: pd.DataFrame) -> Released:
        """The board as it may be seen, with whatever has been worked out from those counts."""
        return self._released(counts).among("district", self.cube.axes.districts, ordered=False)

    @cached_property
    def figures(self) -> Released:
        """The board as it may be seen."""
        return self._whole.among("district", self.cube.axes.districts, ordered=False)

    @cached_property
    def _whole(self) -> Released:
        return self._released(self.counts())

    def _released(self, counts: pd.DataFrame) -> Released:
        withheld = ~self._open if self.channel else _protecting(self._held_by_itself, self._staying[:-2, :-1])
        return release(counts, self.policy, withheld=withheld)

    @cached_property
    def _open(self) -> Flags:
        """The cells that may be told of one way, one row after another."""
        if self.policy.smallest > 1:
            return np.zeros(self.shares[1:-1, :, 0, 0].size, dtype=bool)
        people = self.shares[1:-1, ..., PEOPLE]
        whole = ((people == 0) | (people >= self.policy.unanimous)).all(axis=2)
        return np.asarray(whole.ravel() & (self._of_everybody._whole.figures["held"] == Held.NOT).to_numpy())

    @property
    def _of_everybody(self) -> "Board":
        return board_of(self.cube, self.scope, self.measure, "", self.policy)

    @cached_property
    def county(self) -> Released:
        """By service, for everybody; of one way, where every district may be told of it."""
        if not self.channel:
            return release(self._lines, self.policy, withheld=~self._staying[:-2, -1])
        nobody = self.shares[1:-1, ..., PEOPLE].sum(axis=2) == 0
        whole = (self._open.reshape(nobody.shape) | nobody).all(axis=1)
        return release(self._lines, self.policy, withheld=~whole)

    @cached_property
    def districts(self) -> Released:
        """By district, over all services: of one way, where every service there may be told of it."""
        return self._all_places.among("district", self.cube.axes.districts)

    @cached_property
    def _all_places(self) -> Released:
        if not self.channel:
            withheld = _protecting(self._places_held, self._staying[-1, :-1])
        else:
            people = self.shares[1:, ..., PEOPLE]
            rows = self._open.reshape(people[:-1, :, 0].shape) | (people[:-1].sum(axis=2) == 0)
            rest = (people[-1] == 0) | (people[-1] >= self.policy.unanimous)
            shown = (self._of_everybody._all_places.figures["held"] == Held.NOT).to_numpy()
            withheld = ~(rows.all(axis=0) & rest.all(axis=1) & shown)
        return release(self._places, self.policy, withheld=withheld)

    # -- what stays of the board of everybody ------------------------------------------------------------------

    @cached_property
    def _held_by_itself(self) -> Reasons:
        """Why cells would be held back if nothing else were told."""
        return reasons(self.counts(), self.policy, totals=BOARD_TOTALS)

    @cached_property
    def _places_held(self) -> Reasons:
        return reasons(self._places, self.policy, totals=[[]])

    @cached_property
    def _staying(self) -> Flags:
        """What stays beside all that is told of the wave (see ``together``): by service and then none of them, by
        district and then elsewhere, and last on each axis the lines."""
        shown = np.zeros((len(self.shares), self.shares.shape[1] + 1), dtype=bool)
        shown[:-2, :-1] = (self._held_by_itself == Held.NOT).reshape(shown[:-2, :-1].shape)
        shown[:-2, -1] = reasons(self._lines, self.policy) == Held.NOT
        shown[-1, :-1] = self._places_held == Held.NOT
        return staying(self.shares, shown, self._under_filters, self.policy, of_children=self._is_of_children)

    @property
    def _under_filters(self) -> Flags:
        """Which choices of filters are told of this measure, whatever the board shows."""
        if self.measure in (Measure.POSITIVE, Measure.NEGATIVE):
            return tellable(self.cube, self.policy).tones.everywhere()
        return np.zeros(np.add(self.shares.shape[:3], (0, 1, 1)), dtype=bool)

    # -- true numbers for the gate -----------------------------------------------------------------------------

    @cached_property
    def _lines(self) -> pd.DataFrame:
        """By service: of everybody, or of the way."""
        return self._count(self._of_ways(self.shares[1:-1]).sum(axis=1)).assign(service=self._services)

    @cached_property
    def _places(self) -> pd.DataFrame:
        """By district and elsewhere, over all services: of everybody, or of the way."""
        rows = shares_of_children(self._of_ways(self.shares[0])).assign(district=self._homes)
        return rows.drop(columns=["people_yes", "people_no"])

    def _of_ways(self, shares: Whole) -> Whole:
        """Summed over the ways of answering, the axis before the last; or of the one that was chosen."""
        return shares[..., WAYS.index(self.channel), :] if self.channel else shares.sum(axis=-2)

    def _named(self, shares: Whole) -> pd.DataFrame:
        services, districts = self._services, self._homes
        names = {
            "service": services.repeat(len(districts)),
            "district": districts.take(np.tile(np.arange(len(districts)), len(services))),
        }
        return pd.DataFrame(names).join(self._count(shares))

    @property
    def _services(self) -> pd.Index:
        return text(list(self.scope.rows(self.measure).index))

    @property
    def _homes(self) -> pd.Index:
        return text([*self.cube.axes.districts, ELSEWHERE])

    @property
    def _is_of_children(self) -> bool:
        return self.scope.is_of_children(self.measure)

    def _count(self, shares: Whole) -> pd.DataFrame:
        return shares_of_children(shares) if self._is_of_children else shares_of_people(shares)


def _protecting(held: Reasons, stays: Flags) -> Flags:
    """Which figures are hidden to protect others: of the same release, or of all that is told."""
    return np.asarray((held == Held.PROTECTS) | ((held == Held.NOT) & ~stays.ravel()))
