"""Somebody who goes through every filter, and has a solver, finds out nothing that is hidden; nor do verdicts, pooled
estimates and funnels help them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy.linalg import block_diag
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from analysis.board import funnelled, variation, with_verdicts
from analysis.columns import Channel, Sentiment
from analysis.cube import PEOPLE, WAYS, YES, Cube, counted
from analysis.overview import OF_SERVICES, Chosen, Measure, Scope, View, axes_of, overview, tellable
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
    """All that can be had of one measure by going through every filter."""

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


KEPT = {Measure.RATED_GOOD: "rated", Measure.POSITIVE: "positive", Measure.NEGATIVE: "negative"}
TONE = {Measure.POSITIVE: Sentiment.POSITIVE, Measure.NEGATIVE: Sentiment.NEGATIVE}


def there(cube: Cube) -> np.ndarray:
    """The cells with anybody in them: who rates also comments."""
    people = cube.commented.copy()
    people[0] = 0
    return np.flatnonzero(people)


@cache
def attacked(people: int, seed: int, policy: Policy, measure: Measure) -> Attack:
    """Go through every choice, as the pages do, and note what is shown and what is not."""
    cube, shown, hidden = county(people, seed), [], []
    for chosen in EVERY if measure in TONE else ():
        figures = overview(cube, COUNTY, chosen, policy).sentiments.figures.set_index("sentiment")
        note(cells_of(cube, chosen), figures.loc[str(TONE[measure])], shown, hidden)
    note_boards(cube, policy, measure, shown, hidden)
    return put_together(cube, measure, shown, hidden)


def looked_up(people: int, seed: int, policy: Policy, measure: Measure) -> Attack:
    """The same, where what filters tell of comments is looked up at once and not view by view."""
    cube, shown, hidden = county(people, seed), [], []
    told = tellable(cube, policy).tones
    yes = getattr(cube, KEPT[measure]).reshape(-1, 8)[there(cube), YES]
    for chosen in EVERY if measure in TONE else ():
        cells = cells_of(cube, chosen)
        if told.tells(*View(cube, chosen).places).all():
            shown.append(Seen(cells, yes[cells].sum()))
        else:
            hidden.append(cells)
    note_boards(cube, policy, measure, shown, hidden)
    return put_together(cube, measure, shown, hidden)


def note_boards(cube: Cube, policy: Policy, measure: Measure, shown: list[Seen], hidden: list[np.ndarray]) -> None:
    """The board of everybody and of every way, with its lines; it is the same whatever district is chosen."""
    for chosen in (one for one in EVERY if not one.district):
        seen = variation(cube, COUNTY, chosen, measure, policy)
        for figure in seen.board.figures.to_dict("records"):
            cells = cells_of(cube, Chosen(figure["service"], figure["district"], chosen.channel))
            note(cells, figure, shown, hidden)
        for figure in seen.county.figures.to_dict("records"):
            note(cells_of(cube, Chosen(figure["service"], "", chosen.channel)), figure, shown, hidden)
        for figure in seen.districts.figures.to_dict("records"):
            of = Chosen(figure.get("service", ""), figure["district"], chosen.channel)
            note(cells_of(cube, of if chosen.service else of._replace(service="")), figure, shown, hidden)


def put_together(cube: Cube, measure: Measure, shown: list[Seen], hidden: list[np.ndarray]) -> Attack:
    """Each group once; what is shown under any choice is shown."""
    apart = {one.cells.tobytes(): one for one in shown}
    unknown = {cells.tobytes(): cells for cells in hidden if cells.any() and cells.tobytes() not in apart}
    shares = getattr(cube, KEPT[measure]).reshape(-1, 8)[there(cube)]
    return Attack(shares[:, PEOPLE], shares[:, YES], list(apart.values()), list(unknown.values()))


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
# Statements go through the same board as services do.
EVERY_MEASURE = pytest.mark.parametrize("measure", list(OF_SERVICES), ids=list(KEPT.values()))


@pytest.mark.parametrize(("people", "seed"), SIZES)
def test_no_two_or_three_views_taken_from_one_another_leave_a_few_people(people, seed):
    attack = attacked(people, seed, OFFICER, Measure.POSITIVE)
    views = np.array([one.cells for one in attack.shown]).astype("int8")
    pairs = [views[one] + sign * views[other] for one, other in combinations(range(len(views)), 2) for sign in (1, -1)]

    for first in (*views, *pairs, *(-pair for pair in pairs)):
        left = first - views
        of_people = (left.min(axis=1) >= 0) & (left.max(axis=1) == 1)
        for cells in left[of_people].astype(bool):
            assert not too_small(attack, cells, OFFICER)


SOLVED = [
    *((*size, OFFICER, Measure.POSITIVE) for size in SIZES),
    (900, 0, PUBLIC, Measure.POSITIVE),
    (900, 0, OFFICER, Measure.NEGATIVE),
    (900, 0, OFFICER, Measure.RATED_GOOD),
    (60, 0, OFFICER, Measure.NEGATIVE),
    (60, 2, OFFICER, Measure.NEGATIVE),
]


@pytest.mark.parametrize(("people", "seed", "policy", "measure"), SOLVED)
def test_a_solver_with_every_figure_there_is_pins_no_hidden_one(people, seed, policy, measure):
    assert pinned(attacked(people, seed, policy, measure), policy) == []


@pytest.mark.parametrize("people", [60, 80, 120, 180, 250, 400, 550, 700, 800, 900])
def test_nor_does_it_on_many_boards_of_few_people(people):
    """Ninety boards in all; three of them gave somebody away while totals were asked by themselves."""
    for seed, measure in product(range(3), OF_SERVICES):
        assert pinned(looked_up(people, seed, OFFICER, measure), OFFICER) == []


@pytest.mark.parametrize("measure", list(TONE))
@pytest.mark.parametrize("people", [60, 900])
def test_what_filters_tell_of_comments_is_what_the_pages_show(people, measure):
    by_view, at_once = (found(people, 0, OFFICER, measure) for found in (attacked, looked_up))

    assert {one.cells.tobytes() for one in at_once.shown} == {one.cells.tobytes() for one in by_view.shown}


def pinned(attack: Attack, policy: Policy) -> list[np.ndarray]:
    """The hidden groups, too small to be told of, of whom a linear program finds how many say yes."""
    equations = np.array([one.cells for one in attack.shown]).astype("f8")
    sums = equations @ attack.yes
    # Where everybody in a group large enough says the same, it is said of everybody in it.
    settled = np.zeros(len(attack.people), dtype=bool)
    for one in attack.shown:
        if attack.yes[one.cells].sum() in (0, attack.people[one.cells].sum()):
            settled |= one.cells
    bounds = np.column_stack([np.zeros_like(attack.people), attack.people])

    def width(cells: np.ndarray) -> float:
        ends = (linprog(sign * cells.astype("f8"), A_eq=equations, b_eq=sums, bounds=bounds).fun for sign in (1, -1))
        return -sum(ends)

    asked = [cells for cells in attack.hidden if (~settled[cells]).any() and too_small(attack, cells, policy)]
    return [cells for cells in asked if width(cells) <= 1e-6]


@EVERY_MEASURE
@pytest.mark.parametrize(("people", "seed", "policy"), [(60, 0, OFFICER), (900, 0, OFFICER), (900, 0, PUBLIC)])
def test_verdicts_pooled_estimates_and_funnels_tell_nothing_that_the_figures_shown_do_not(
    people, seed, policy, measure
):
    """Where only what is hidden differs, all that is worked out is the same to the last digit.

    So whoever has that as well, and knows how it is made, is no nearer to a hidden value than the solver above.
    """
    cube = county(people, seed)
    figures, worked = told_of(cube, measure, policy), worked_out(cube, measure, policy)
    alike = 0
    for other in others(cube, attacked(people, seed, policy, measure), measure):
        if same(told_of(other, measure, policy), figures):
            assert same(worked_out(other, measure, policy), worked)
            alike += 1

    assert alike > 0


def told_of(cube: Cube, measure: Measure, policy: Policy) -> list[pd.DataFrame]:
    """Every figure of every board."""
    seen = [variation(cube, COUNTY, Chosen(channel=way), measure, policy) for way in WAYS]
    return [released.figures for one in seen for released in (one.board, one.county, one.districts)]


def worked_out(cube: Cube, measure: Measure, policy: Policy) -> list[pd.DataFrame]:
    """All that is made of every board."""
    made = []
    for way in WAYS:
        chosen = Chosen(channel=way)
        made.append(with_verdicts(cube, COUNTY, chosen, measure, policy).figures)
        for service in SERVICES:
            found = funnelled(cube, COUNTY, service, chosen, measure, policy)
            if found is not None:
                made += [found.districts.figures, found.limits, pd.DataFrame([found.around])]
            else:
                made.append(pd.DataFrame())
    return made


def same(some: list[pd.DataFrame], others: list[pd.DataFrame]) -> bool:
    return len(some) == len(others) and all(one.equals(other) for one, other in zip(some, others, strict=True))


def others(cube: Cube, attack: Attack, measure: Measure, tries: int = 24) -> Iterator[Cube]:
    """Counties with the same sums of all that is shown, in which other people are hidden or say otherwise."""
    chance = np.random.default_rng(1)
    of_shown = np.array([one.cells for one in attack.shown]).astype("f8").reshape(-1, len(attack.people))
    numbers = np.concatenate([attack.yes, attack.people])
    each = np.eye(len(attack.people))
    sums = block_diag(of_shown, of_shown)
    rules = [LinearConstraint(sums, sums @ numbers, sums @ numbers), LinearConstraint(np.hstack([-each, each]), 0)]
    near = Bounds(np.maximum(numbers - 1, 0), numbers + 1)
    for _ in range(tries):
        wish = chance.normal(size=len(numbers)) * (chance.random(len(numbers)) < 0.2)
        found = milp(wish, integrality=np.ones(len(numbers)), bounds=near, constraints=rules)
        yes, people = found.x.round().astype("int64").reshape(2, -1)
        if (yes != attack.yes).any():
            yield with_numbers(cube, measure, yes, people)


def with_numbers(cube: Cube, measure: Measure, yes: np.ndarray, people: np.ndarray) -> Cube:
    """The same county with other numbers in its cells, where everybody answers once."""
    shares = getattr(cube, KEPT[measure]).copy()
    shares.reshape(-1, 8)[there(cube)] = np.column_stack([people, yes, people, yes, people - yes, yes, yes, people])
    shares[0] = shares[1:].sum(axis=0)
    return replace(cube, **{KEPT[measure]: shares})


@EVERY_MEASURE
def test_a_county_put_together_again_is_the_same(measure):
    cube, attack = county(250, 0), attacked(250, 0, OFFICER, measure)

    again = with_numbers(cube, measure, attack.yes, attack.people)

    assert (getattr(again, KEPT[measure]) == getattr(cube, KEPT[measure])).all()


def test_large_counties_are_told_apart():
    large = attacked(4_000, 0, OFFICER, Measure.POSITIVE)

    assert len(large.shown) > 40


@pytest.mark.parametrize("policy", [LEADER, PUBLIC])
def test_readers_whose_numbers_are_rounded_have_no_filters(policy):
    cube = county(4_000, 0)

    for chosen in EVERY[1:]:
        seen = overview(cube, COUNTY, chosen, policy)
        assert seen.themes.shown.empty
        assert seen.sentiments.shown.empty
