"""Boards of known truth: services by districts as a survey of families would fill them."""

import numpy as np
import numpy.typing as npt
import pandas as pd

# Thousands of people in each of Lancashire's districts, census of 2021 (Office for National Statistics).
POPULATION = (94.7, 117.8, 81.4, 82.2, 142.9, 95.8, 147.9, 61.6, 70.9, 111.0, 117.4, 111.9)
SERVICES = 18
GAP = 0.20
LARGE_ENOUGH = 60

Truth = npt.NDArray[np.float64]


def sizes(rng: np.random.Generator, families: int) -> npt.NDArray[np.int64]:
    """How many families answer about each service (rows) in each district: from nearly all of them to one in twelve."""
    weights = np.array(POPULATION) / sum(POPULATION)
    at_home = rng.multinomial(families, weights)
    used = np.linspace(0.85, 0.08, SERVICES)
    return rng.binomial(at_home[None, :], used[:, None])


def board(rng: np.random.Generator, families: int, *, planted: int = 0) -> tuple[pd.DataFrame, Truth]:
    """A board's counts, and how far the truth of each cell lies from that of its service: 0, or GAP either way.

    Gaps are planted in so many cells of at least LARGE_ENOUGH families, as many as there are.
    """
    answered = sizes(rng, families)
    truth = np.repeat(rng.uniform(0.35, 0.75, SERVICES)[:, None], len(POPULATION), axis=1)
    apart = np.zeros_like(truth)
    large = np.argwhere(answered >= LARGE_ENOUGH)
    for service, district in large[rng.permutation(len(large))[:planted]]:
        apart[service, district] = -GAP if truth[service, district] > 0.5 else GAP
    service, district = np.indices(answered.shape)
    cells = pd.DataFrame(
        {
            "service": [f"s{place:02}" for place in service.ravel()],
            "district": [f"d{place:02}" for place in district.ravel()],
            "count": rng.binomial(answered, truth + apart).ravel(),
            "base": answered.ravel(),
        }
    )
    return cells, apart.ravel()
