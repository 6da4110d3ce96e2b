"""Somebody who goes through every filter, and has a solver, finds out nothing that is hidden."""

from functools import cache
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.board import variation
from analysis.columns import Channel, Sentiment
from analysis.cube import WAYS, Cube, counted
from analysis.overview import Chosen, Measure, Scope, axes_of, overview
from analysis.suppression import LEADER, OFFICER, PUBLIC, Held, Policy
from tests.analysis.test_overview import SCOPE, wave

SERVICES, DISTRICTS = ("ot", "slt", "ep"), ("north", "south", "east", "west")
COUNTY = Scope(
    services=pd.Series(dict(zip(SERVICES, SERVICES, strict=True))),
    places=pd.DataFrame({"name": DISTRICTS, "column": 1, "row": range(4)}, index=list(DISTRICTS)),
    rating=SCOPE.rating,
    tones=SCOPE.tones,
    good="good",
    themes=SCOPE.themes,
)
EVERY = [Chosen(*one) for one in product(("", *SERVICES), ("", *DISTRICTS), ("", *(str(way) for way in Channel)))]


def county(people: int, seed: int) -> Cube:
    """Answers as counties get them: most by web, some districts and services small, somebody from elsewhere."""
    chance = np.random.default_rng(seed)
    said = zip(
        chance.choice([*DISTRICTS, "outside"], people, p=[0.4, 0.3, 0.2, 0.07, 0.03]),
        chance.choice([str(way) for way in Channel], people, p=[0.8, 0.04, 0.06, 0.1]),
        chance.choice([*SERVICES, ""], people, p=[0.5, 0.3, 0.15, 0.05]),
        chance.choice(["good", "poor"], people),
        chance.choice([str(tone) for tone in Sentiment], people, p=[0.4, 0.4, 0.1, 0.1]),
        strict=True,
    )
    return counted(wave(*((1, *one) for one in said)), axes_of(COUNTY))


class Seen(NamedTuple):
    """One figure that somebody was shown: which cells it is of, as flags, and how many of them say yes."""

    cells: np.ndarray
    yes: int


class Attack(NamedTuple):
    """All that can be had of positive comments by going through every filter."""

    people: np.ndarray
    yes: np.ndarray
    shown: list[Seen]
    hidden: list[np.ndarray]


def cells_of(cube: Cube, chosen: Chosen) -> np.ndarray:
    """The cells of service, district and way that a choice is of; those in which nobody said anything left out."""
    flags = np.zeros(cube.axes.shape, dtype=bool)
    service = slice(1, None) if not chosen.service else 1 + SERVICES.index(chosen.service)
    district = slice(None) if not chosen.district else DISTRICTS.index(chosen.district)
    way = slice(None) if not chosen.channel else WAYS.index(chosen.channel)
    flags[service, district, way] = True
    return flags.ravel()[there(cube)]


def there(cube: Cube) -> np.ndarray:
    """The cells with anybody in them."""
    people = cube.commented.copy()
    people[0] = 0
    return np.flatnonzero(people)


@cache
def attacked(people: int, seed: int, policy: Policy) -> Attack:
    """Go through every choice, as the pages do, and note what is shown and what is not."""
    cube, shown, hidden = county(people, seed), [], []
    for chosen in EVERY:
        figures = overview(cube, COUNTY, chosen, policy).sentiments.figures.set_index("sentiment")
        row = figures.loc[str(Sentiment.POSITIVE)]
        note(cells_of(cube, chosen), row, shown, hidden)
        if chosen.district:  # a board is the same whatever district is chosen
            continue
        seen = variation(cube, COUNTY, chosen, Measure.POSITIVE, policy)
        for figure in seen.board.figures.to_dict("records"):
            cells = cells_of(cube, Chosen(figure["service"], figure["district"], chosen.channel))
            note(cells, figure, shown, hidden)
        for figure in seen.county.figures.to_dict("records"):
            note(cells_of(cube, Chosen(figure["service"], "", chosen.channel)), figure, shown, hidden)
        for figure in seen.districts.figures.to_dict("records"):
            of = Chosen(figure.get("service", ""), figure["district"], chosen.channel)
            note(cells_of(cube, of if chosen.service else of._replace(service="")), figure, shown, hidden)
    apart = {one.cells.tobytes(): one for one in shown}
    unknown = {cells.tobytes(): cells for cells in hidden if cells.any() and cells.tobytes() not in apart}
    where = there(cube)
    yes = cube.positive[..., 1].ravel()[where]
    return Attack(cube.commented.ravel()[where], yes, list(apart.values()), list(unknown.values()))


def note(cells: np.ndarray, figure, shown: list[Seen], hidden: list[np.ndarray]) -> None:
    if figure["held"] == Held.NOT:
        shown.append(Seen(cells, figure["count"]))
    else:
        hidden.append(cells)


def too_small(attack: Attack, cells: np.ndarray, policy: Policy) -> bool:
    """Whether those people would be hidden for their own sake."""
    people, yes = attack.people[cells].sum(), attack.yes[cells].sum()
    return people < policy.fewest or (yes in (0, people) and people < policy.unanimous)


SIZES = [(60, 0), (250, 0), (900, 0), (4_000, 0)]


@pytest.mark.parametrize(("people", "seed"), SIZES)
def test_no_two_or_three_views_taken_from_one_another_leave_a_few_people(people, seed):
    attack = attacked(people, seed, OFFICER)
    views = np.array([one.cells for one in attack.shown]).astype("int8")
    pairs = [views[one] + sign * views[other] for one, other in combinations(range(len(views)), 2) for sign in (1, -1)]

    for first in (*views, *pairs, *(-pair for pair in pairs)):
        left = first - views
        of_people = (left.min(axis=1) >= 0) & (left.max(axis=1) == 1)
        for cells in left[of_people].astype(bool):
            assert not too_small(attack, cells, OFFICER)


@pytest.mark.parametrize(("people", "seed", "policy"), [*((*size, OFFICER) for size in SIZES), (900, 0, PUBLIC)])
def test_a_solver_with_every_figure_there_is_pins_no_hidden_one(people, seed, policy):
    attack = attacked(people, seed, policy)
    equations = np.array([one.cells for one in attack.shown]).astype("f8")
    sums = equations @ attack.yes
    # Where everybody in a group large enough says the same, it is said of everybody in it.
    settled = np.zeros(len(attack.people), dtype=bool)
    for one in attack.shown:
        if attack.yes[one.cells].sum() in (0, attack.people[one.cells].sum()):
            settled |= one.cells

    for cells in attack.hidden:
        if (~settled[cells]).any() and too_small(attack, cells, policy):
            bounds = np.column_stack([np.zeros_like(attack.people), attack.people])
            least, most = (
                sign * linprog(sign * cells.astype("f8"), A_eq=equations, b_eq=sums, bounds=bounds).fun
                for sign in (1, -1)
            )
            assert most - least > 1e-6


def test_large_counties_are_told_apart():
    large = attacked(4_000, 0, OFFICER)

    assert len(large.shown) > 40


@pytest.mark.parametrize("policy", [LEADER, PUBLIC])
def test_readers_whose_numbers_are_rounded_have_no_filters(policy):
    cube = county(4_000, 0)

    for chosen in EVERY[1:]:
        seen = overview(cube, COUNTY, chosen, policy)
        assert seen.themes.shown.empty
        assert seen.sentiments.shown.empty
