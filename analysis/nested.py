"""Which filters may be told apart: so that no two views, taken from one another, leave anybody standing alone.

Officers look at the same answers by service, by district and by way of answering. What is shown under one choice can be
taken from what is shown under another. So it is decided once, for all choices together, what may be told; a choice that
may not be told shows nothing, by whichever way one comes to it.

**Blocks.** Everybody is put into blocks, each of enough people for any figure of them to be shown: a district, or each
of its services, or each of its ways, or each service by way, as far as *every* part of it is nobody or enough. A
district of too few stands in one block with others. Whatever is made of whole blocks can be added and taken away at
will: all that comes of it is whole blocks again.

**Margins.** The county's figure for a service, or for a way of answering, cuts through blocks that are not told apart
so far. It is told where what is hidden stays free: where between any two columns answers could be exchanged, in both
directions and in at least two rows, without any total changing. Then no cell is pinned to one value, nor is any hidden
row that was not pinned before: an exchange makes up for whatever moves. Nor may any column, or all but it, stand for a
few people once the rows without it are taken away. A column of which nobody says so is told of all of it: what is left
of each row must then be free without it.

For a table with both margins known, a cell can take another value just if it lies on a cycle of such exchanges: see
Gusfield (1988) SIAM J. Comput. 17, 552-571.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_MOST_TAKEN_TOGETHER = 6  # columns that are left out for others
_ALL_CHOICES_UP_TO = 6  # columns: of more, only one at a time and all but one are looked at


@dataclass(frozen=True, eq=False)
class Nested:
    """What may be told. ``service`` and the rest have the figures last, or first where they are by choice."""

    service: Flags
    """By service and figure, for the county."""
    way: Flags
    """By way and figure, for the county."""
    district: Flags
    """By district."""
    service_district: Flags
    district_way: Flags
    service_way: Flags
    service_district_way: Flags

    def tells(self, service: int | None, district: int | None, way: int | None) -> Flags:
        """For each figure, whether it may be told under a choice: places on the three axes, None for all."""
        figures = self.service.shape[-1]
        chosen = tuple(place for place in (service, district, way) if place is not None)
        which = {
            (True, False, False): self.service,
            (False, True, False): self.district,
            (False, False, True): self.way,
            (True, True, False): self.service_district,
            (False, True, True): self.district_way,
            (True, False, True): self.service_way,
            (True, True, True): self.service_district_way,
        }.get((service is not None, district is not None, way is not None))
        told = np.True_ if which is None else which[chosen]
        return np.broadcast_to(told, (figures,))

    def everywhere(self) -> Flags:
        """Whether all figures may be told, for every choice at once: by service, district and way, as they are counted,
        with one more place on each axis for all. What cannot be chosen is not told: none of the services, elsewhere,
        and no way."""
        told = np.zeros(np.add(self.service_district_way.shape, 1), dtype=bool)
        told[-1, -1, -1] = True
        told[:-2, -1, -1] = np.all(self.service[:-1], axis=-1)
        told[-1, -1, :-2] = np.all(self.way[:-1], axis=-1)
        told[-1, :-2, -1] = self.district[:-1]
        told[:-2, :-2, -1] = self.service_district[:-1, :-1]
        told[-1, :-2, :-2] = self.district_way[:-1, :-1]
        told[:-2, -1, :-2] = self.service_way[:-1, :-1]
        told[:-2, :-2, :-2] = self.service_district_way[:-1, :-1, :-1]
        return told


def nested(people: Whole, count: Whole, base: Whole, enough: int) -> Nested:
    """What may be told of figures that are ``count`` of ``base``, where so many people are enough for any figure.

    people counts those behind the figures: by service (0: about anything; the last: about the rest), district (the
    last: elsewhere) and way. count and base are by the same and by figure; base may have one figure for all.
    """
    whole, parts = people[0], people[1:]
    apart = kept_apart(whole.sum(axis=1), enough)
    services = (_enough(parts.sum(axis=2), enough)).all(axis=0)
    ways = _enough(whole, enough).all(axis=1)
    both = services & ways & _enough(parts, enough).all(axis=(0, 2))
    by_service, by_way = apart & services, apart & ways & (both | ~services)
    by_both = apart & both
    everywhere = by_both | (whole.sum(axis=1) == 0)
    there = parts > 0
    return Nested(
        service=_services_told(people, count, base, by_service, by_way, apart, enough),
        way=_ways_told(people, count, base, by_way, enough),
        district=apart,
        service_district=by_service & there.any(axis=2),
        district_way=by_way[:, None] & (whole > 0),
        service_way=there.any(axis=1) & everywhere.all(),
        service_district_way=by_both[:, None] & there,
    )


def kept_apart(people: Whole, enough: int, *, overlapping: bool = False) -> Flags:
    """Which of several groups may be told when their sum is known: what is left is nobody, or enough people.

    Where somebody may be in several of the groups, one of those left must have half as many by itself.
    """
    told = people >= enough
    while told.any() and (left := people[~told]).any():
        if left.sum() >= enough and (not overlapping or 2 * left.max() >= enough):
            break
        told &= np.arange(len(people)) != np.where(told, people, np.iinfo("int64").max).argmin()
    return told


def stays_free(count: Whole, base: Whole, people: Whole, homes: Whole, enough: int) -> Flags:
    """For each figure, whether all rows and all columns of a table may be known and none of its cells be pinned.

    count and base are by row, column and figure; people by row and column. homes numbers the rows: the same people may
    stand in several columns of a row, or in several rows of one number, and are counted once.
    """
    used = people.sum(axis=0) > 0
    if used.sum() <= 1:  # a single column is the sum of the rows
        return np.ones(count.shape[-1], dtype=bool)
    if not _no_few_between(people[:, used], homes, enough):
        return np.zeros(count.shape[-1], dtype=bool)
    count, base = count[:, used], np.broadcast_to(base, count.shape)[:, used]
    # Nobody of a column: that is told of all of it, and nothing moves there.
    live: Flags = np.asarray(count.any(axis=0)).T
    linked = (
        np.einsum("raf,rbf->fab", (count > 0).astype("f4"), (count < base).astype("f4")) >= 2
    )  # not a row by itself
    linked |= np.eye(live.shape[1], dtype=bool)
    for _ in range(live.shape[1].bit_length()):
        linked = (linked.astype("f4") @ linked.astype("f4")) > 0
    free = (linked | ~(live[:, :, None] & live[:, None, :])).all(axis=(1, 2))
    rows: Flags = _rows_stay_free(count, base, people[:, used], live.T, enough)
    return np.asarray(free & rows.all(axis=0))


def _rows_stay_free(count: Whole, base: Whole, people: Whole, live: Flags, enough: int) -> Flags:
    """By row and figure, whether what is left of a row without the columns of nobody is free, or enough people."""
    yes, left = count.sum(axis=1), (base * live).sum(axis=1)
    cells = ((people > 0)[..., None] & live).sum(axis=1)
    many = (people[..., None] * live).max(axis=1) >= enough
    return np.asarray((yes == 0) | (left == base.sum(axis=1)) | ((cells > 1) & (yes < left)) | many)


def _enough(people: Whole, enough: int) -> Flags:
    return np.asarray((people == 0) | (people >= enough))


def _services_told(
    people: Whole, count: Whole, base: Whole, by_service: Flags, by_way: Flags, apart: Flags, enough: int
) -> Flags:
    """By service and figure: the county's figures, beside every block there is."""
    column = kept_apart(people[1:].sum(axis=(1, 2)), enough, overlapping=True)
    alone, by_ways = apart & ~by_service & ~by_way, apart & by_way & ~by_service

    def table(numbers: Whole) -> Whole:
        rows = (
            numbers[1:, alone].sum(axis=2),
            numbers[1:, by_ways].reshape(len(numbers) - 1, by_ways.sum() * numbers.shape[2], numbers.shape[3]),
            numbers[1:, ~apart].sum(axis=(1, 2))[:, None],
        )
        return _merged(np.concatenate(rows, axis=1), column).swapaxes(0, 1)

    who, counts, bases = table(people[..., None])[..., 0], table(count), table(_like(base, count))
    told = np.zeros((len(column), count.shape[-1]), dtype=bool)
    for figure in range(count.shape[-1]):
        told[column, figure] = _columns_told(counts[..., figure], bases[..., figure], who, enough)
    return told


def _columns_told(count: Whole, base: Whole, people: Whole, enough: int) -> Flags:
    """Which columns but the last, which is of all others, may be told of one figure: those of whom few say so may not.

    They are taken together with the last, and where that is not enough the least of the others with them.
    """
    yes, rows = count[:, :-1].sum(axis=0), (count[:, :-1] > 0).sum(axis=0)
    told = (rows > 1) | (yes == 0)
    for _ in range(_MOST_TAKEN_TOGETHER):
        yeses, bases = (
            np.column_stack([each[:, :-1][:, told], each[:, :-1][:, ~told].sum(axis=1) + each[:, -1]])
            for each in (count, base)
        )
        rest = np.maximum(people[:, :-1][:, ~told].max(axis=1, initial=0), people[:, -1])
        who = np.column_stack([people[:, :-1][:, told], rest])
        if stays_free(yeses[..., None], bases[..., None], who, np.arange(len(people)), enough)[0]:
            return np.asarray(told)
        if not (told & (yes > 0)).any():
            break
        told = told & (np.arange(len(told)) != np.where(told & (yes > 0), yes, yes.max(initial=0) + 1).argmin())
    return np.zeros(len(told), dtype=bool)


def _ways_told(people: Whole, count: Whole, base: Whole, by_way: Flags, enough: int) -> Flags:
    """By way and figure: the county's figures, as if every service of every district were known."""
    column = kept_apart(people[0].sum(axis=0), enough)
    free = np.ones(count.shape[-1], dtype=bool)
    for levels in (slice(0, 1), slice(1, None)):

        def table(numbers: Whole, levels: slice = levels) -> Whole:
            rows = np.concatenate(list(numbers[levels][:, ~by_way]))
            return _merged(rows.swapaxes(0, 1), column).swapaxes(0, 1)

        who = table(people[..., None])[..., 0]
        homes = np.tile(np.arange((~by_way).sum()), len(people[levels]))
        free &= stays_free(table(count), table(_like(base, count)), who, homes, enough)
    return np.asarray(column[:, None] & free[None, :])


def _like(base: Whole, count: Whole) -> Whole:
    return np.broadcast_to(base, count.shape)


def _merged(columns: Whole, told: Flags) -> Whole:
    """The columns that are told, and those that are not as one."""
    return np.concatenate([columns[told], columns[~told].sum(axis=0)[None]])


def _no_few_between(people: Whole, homes: Whole, enough: int) -> bool:
    """Whether no few people are left when some columns are taken from all the rows that touch them."""
    taken = _choices(people.shape[1])
    touched = (people[:, None] * taken).any(axis=2)
    left = np.where(touched, (people[:, None] * ~taken).max(axis=2), 0)
    most = np.zeros((homes.max() + 1, len(taken)), dtype="int64")
    np.maximum.at(most, homes, left)
    alone = most.sum(axis=0)
    return not ((alone > 0) & (alone < enough)).any()


@lru_cache(maxsize=64)
def _choices(columns: int) -> Flags:
    """Which columns are taken together, by choice and column."""
    sizes = range(1, columns) if columns <= _ALL_CHOICES_UP_TO else sorted({1, columns - 1})
    chosen = [some for size in sizes for some in combinations(range(columns), size)]
    return np.array([np.isin(np.arange(columns), some) for some in chosen]).reshape(len(chosen), columns)
