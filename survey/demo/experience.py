"""How a family finds a service: a latent standing, from which the rating follows."""

import math
from random import Random

from survey.demo.population import LEANING_SPREAD

RATINGS = ("very_poor", "poor", "neither", "good", "very_good")
AGREEMENTS = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree")
STEPS = (-1.75, -0.45, 0.0, 1.35)  # above 0 is good
# A spread between families pulls shares towards a half; this pushes them back, so that what is planted is found.
AGAINST_SPREAD = math.sqrt(1 + LEANING_SPREAD**2 * 3 / math.pi**2)


def latent(good: float, leaning: float, random: Random) -> float:
    """A family's experience on the logit scale, where that share of all families is above nought."""
    centre = AGAINST_SPREAD * math.log(good / (1 - good))
    chance = min(max(random.random(), 1e-9), 1 - 1e-9)
    return centre + leaning + math.log(chance / (1 - chance))


def rating(standing: float) -> str:
    """The rating that somebody with that experience gives."""
    return RATINGS[sum(standing > step for step in STEPS)]


def agreement(standing: float) -> str:
    """How far somebody with that experience agrees."""
    return AGREEMENTS[sum(standing > step for step in STEPS)]
