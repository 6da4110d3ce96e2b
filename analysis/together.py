"""All totals of a wave together: what else of a board goes, so that no few people follow from everything that is told.

A board is protected by itself (see ``protection``), and so is what filters tell (see ``nested``). But a service's line
less its cells, a district's line less its cells, and what is left of the county when services are taken from it have
people in common: each may be harmless, and ten of them put together may leave one person. So all are asked at once,
cell by cell of service, district and way.

It is asked exactly. Around the true counts every change is possible that leaves all totals as they are, takes nothing
from none and adds nothing to all: a linear program says which cells no change moves (``protection.stuck``), and of the
others a group is known just if it is a sum of totals.

Everything here is by service, district and way, and ends on each axis with one place for all of them together; before
that the last service is none of them, and the last district elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.linalg import qr

from analysis.cube import ANSWERS, PEOPLE, PEOPLE_NO, PEOPLE_YES, YES
from analysis.protection import stuck
from analysis.suppression import Policy

Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

_NOTHING = 1e-8
_CHANGES = 4  # one would do, but for a chance as small as rounding


def staying(shares: Whole, shown: Flags, told: Flags, policy: Policy, *, of_children: bool) -> Flags:
    """What of a board may stay, of what it shows: as much as leaves no group that is too small to be had.

    shares has the eight numbers of each share, as a cube has them: by service (0: anything at all), district and way.
    shown is by service and district, with what the board shows of everybody; told by service, district and way, with
    what filters tell of the same measure whatever the board shows.

    Lines come before cells and the larger before the smaller, and each stays that may stay beside those before it. A
    group of which filters alone tell cannot be helped here. Of people of whom a total says, as it may, that they all
    say the same, it is known.
    """
    return _Wave(shares, told, policy, of_children).staying(shown)


@dataclass(frozen=True, eq=False)
class _Wave:
    """One measure, and what is told of it whatever a board shows."""

    shares: Whole
    told: Flags
    policy: Policy
    of_children: bool

    def staying(self, shown: Flags) -> Flags:
        guarded = self._guarded(shown)
        if not guarded.any() or not self._given_away(shown, guarded).any():
            return shown
        guarded[guarded] = ~self._given_away(np.zeros_like(shown), guarded)
        order, stays, safe = self._order(shown), shown.copy(), 0
        while self._given_away(stays, guarded).any():

            def fails(many: int, stays: Flags = stays) -> bool:
                return bool(self._given_away(_only(stays, order[:many]), guarded).any())

            safe = _first(fails, safe, len(order)) - 1
            stays[tuple(order[safe])] = False
        return stays

    def _order(self, shown: Flags) -> Whole:
        """Where the figures are that could go, from the last to go to the first."""
        free = np.argwhere(shown & ~self.told[..., -1])
        row, column = free.T
        cell = (row < shown.shape[0] - 1) & (column < shown.shape[1] - 1)
        size = self._people[row, column, -1]
        return free[np.lexsort((column, row, -size, cell))]

    @cached_property
    def _yes_no(self) -> tuple[Whole, Whole]:
        """How many say yes and how many no, in each cell: of people, those who only say yes."""
        cells = self.shares[1:]
        if self.of_children:
            return cells[..., YES], cells[..., ANSWERS] - cells[..., YES]
        return cells[..., PEOPLE] - cells[..., PEOPLE_NO], cells[..., PEOPLE_NO]

    @cached_property
    def _people(self) -> Whole:
        """How many different people each group is."""
        people = np.concatenate([self.shares[1:, ..., PEOPLE], self.shares[:1, ..., PEOPLE]])
        return _of_homes(people)

    @cached_property
    def _small(self) -> Flags:
        """The groups of somebody that are too small to be told of."""
        cells = self.shares[1:]
        some_yes = _of_groups(cells[..., PEOPLE_YES])
        yes = some_yes if self.of_children else _of_groups(self._yes_no[0])
        yes[-1] = some_yes[-1]  # of several services it is told what answers say, and not what people do
        alike = (yes == 0) | (_of_groups(cells[..., PEOPLE_NO]) == 0)
        people = self._people
        return np.asarray((people > 0) & ((people < self.policy.fewest) | (alike & (people < self.policy.unanimous))))

    def _guarded(self, shown: Flags) -> Flags:
        """The groups that are too small and not told: of those that can be chosen."""
        guarded = self._small & ~self._totals(shown)
        guarded[-2] = guarded[:, -2] = False
        return guarded

    def _totals(self, shown: Flags) -> Flags:
        """Which groups are told, by the filters or by the board."""
        totals = self.told.copy()
        totals[:-1, :-2, -1] |= shown[:-1, :-2]  # nobody is shown a cell of those from elsewhere
        totals[:-1, -1, -1] |= shown[:-1, -1]
        totals[-1, :-2, -1] |= shown[-1, :-2]
        if self.policy.smallest == 1:  # who has rounded numbers has no ways
            people = self.shares[1:, ..., PEOPLE]
            large = ((people == 0) | (people >= self.policy.unanimous)).all(axis=2)
            apart, nobody = large & shown[:-1, :-1], people.sum(axis=2) == 0
            whole = apart | nobody
            totals[:-1, :-2, :-1] |= apart[:, :-1, None]
            totals[:-2, -1, :-1] |= whole[:-1].all(axis=1)[:, None]
            totals[-1, :-2, :-1] |= (whole[:-1].all(axis=0) & large[-1] & shown[-1, :-1])[:-1, None]
        return totals

    def _given_away(self, shown: Flags, guarded: Flags) -> Flags:
        """Which of those groups follow from all that is told."""
        totals = self._totals(shown)
        open_ = (self.shares[1:, ..., PEOPLE] > 0) & ~self._settled(shown, totals)
        asked = guarded & (_of_groups(open_) > 0)
        unknown = open_ & ~totals[:-1, :-1, :-1]
        yes, no = (numbers[unknown] for numbers in self._yes_no)
        found = np.zeros_like(guarded)
        found[asked] = known(_made_of(asked, unknown), _made_of(totals, unknown), yes == 0, no == 0)
        return np.asarray(found[guarded])

    def _settled(self, shown: Flags, totals: Flags) -> Flags:
        """The cells of whom a total, or what a board leaves of a line, may say and says that they all say the same."""
        yes, no = self._yes_no
        everywhere = np.ones_like(yes, dtype=bool)
        alike = totals & ((_of_groups(yes) == 0) | (_of_groups(no) == 0))
        settled: Flags = np.asarray(_made_of(alike, everywhere).any(axis=0)).reshape(yes.shape)
        left = ~(shown | self.told[..., -1])[:-1, :-1]
        for axis, lines in ((0, totals[-1, :-1, -1]), (1, totals[:-1, -1, -1])):
            says_yes, says_no, people = (
                (numbers.sum(axis=2) * left).sum(axis=axis) for numbers in (yes, no, self.shares[1:, ..., PEOPLE])
            )
            told = lines & ((says_yes == 0) | (says_no == 0)) & (people >= self.policy.unanimous)
            settled |= (left & np.expand_dims(told, axis))[..., None]
        return settled


def known(groups: Flags, totals: Flags, none: Flags, every: Flags) -> Flags:
    """Which groups of cells follow from totals of cells: both by row, flags by cell.

    In some cells nobody says yes, in others everybody: the reader knows the base of each.
    """
    apart = np.ones(totals.shape[1], dtype=bool)
    while (alone := totals[:, apart].sum(axis=1) == 1).any():
        apart &= ~totals[alone].any(axis=0)
    groups, totals, none, every = groups[:, apart], totals[:, apart], none[apart], every[apart]
    _, once = np.unique(np.packbits(totals, axis=1), axis=0, return_index=True)
    equations = totals[once].astype("f8")
    moves = ~stuck(equations, none, every)
    sums, pivots, _ = qr(equations[:, moves].T, mode="economic", pivoting=True)
    sums = sums[:, np.abs(np.diag(pivots)) > _NOTHING]
    # A change at random, less what of it would change a total, moves every group that any change moves.
    changes = np.random.default_rng(0).normal(size=(len(sums), _CHANGES))
    changes -= sums @ (sums.T @ changes)
    return np.asarray(np.abs(groups[:, moves] @ changes).max(axis=1, initial=0) < _NOTHING)


def _made_of(groups: Flags, cells: Flags) -> Flags:
    """For each of the groups, which of those cells it is made of."""
    chosen, places = np.nonzero(groups), np.nonzero(cells)
    found = np.ones((len(chosen[0]), len(places[0])), dtype=bool)
    for one, place, size in zip(chosen, places, groups.shape, strict=True):
        found &= (one[:, None] == place) | (one[:, None] == size - 1)
    return found


def _of_groups(numbers: Whole | Flags) -> Whole:
    """What cells come to in every group."""
    return _of_homes(_with_all(numbers.astype("int64"), 0))


def _of_homes(numbers: Whole) -> Whole:
    return _with_all(_with_all(numbers, 1), 2)


def _with_all(numbers: Whole, axis: int) -> Whole:
    """The numbers with their sum after them."""
    return np.concatenate([numbers, numbers.sum(axis=axis, keepdims=True)], axis=axis)


def _only(shown: Flags, places: Whole) -> Flags:
    """What is shown in these places alone."""
    some = np.zeros_like(shown)
    some[tuple(places.T)] = True
    return some & shown


def _first(fails: Callable[[int], bool], safe: int, fails_at: int) -> int:
    """How many are the fewest that fail: so many do not, and so many do."""
    while fails_at - safe > 1:
        middle = (safe + fails_at) // 2
        safe, fails_at = (safe, middle) if fails(middle) else (middle, fails_at)
    return fails_at
