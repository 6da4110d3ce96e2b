"""Families: where they live, their children, the language they write in, and how content they are with everything."""

from dataclasses import dataclass
from random import Random

from survey.demo.county import BANDS, OLDEST, YOUNGEST, band_of, county, place_of
from survey.demo.voices import Manner, manner_of

PLANS = ("none", "waiting", "sen_support", "ehcp", "not_sure")
PLAN_SHARES = ((30, 28, 12, 24, 6), (8, 22, 28, 38, 4), (6, 17, 27, 47, 3), (8, 9, 17, 62, 4), (14, 6, 6, 66, 8))
LEANING_SPREAD = 0.6  # of the logit: some families find most things good, some most things poor


@dataclass(frozen=True, slots=True)
class Child:
    """A child or young person with SEND."""

    age: int
    girl: bool
    plan: str

    @property
    def band(self) -> str:
        """The age band that the questionnaire offers."""
        return BANDS[band_of(self.age)]


@dataclass(frozen=True, slots=True)
class Family:
    """One family. The first child is the one they think of most."""

    key: str
    district: str
    children: tuple[Child, ...]
    tongue: str | None  # the language file they write in, if not English
    manner: Manner
    leaning: float  # on the logit scale, 0 on average


def family(key: str, district: str, mix: tuple[float, ...], random: Random) -> Family:
    """A family in that district, whose first child's age band follows the mix."""
    place = place_of(district)
    tongue = random.choice(place.tongues) if random.random() < place.other_languages else None
    first = _child(random.choices(range(len(BANDS)), mix)[0], random)
    more = random.choices((0, 1, 2), (68, 25, 7))[0]
    others = tuple(_child(random.choices(range(len(BANDS)), (2, 4, 4, 2, 1))[0], random) for _ in range(more))
    return Family(
        key=key,
        district=district,
        children=(first, *others),
        tongue=tongue,
        manner=manner_of(random, new_to_english=tongue is None and random.random() < place.other_languages / 3),
        leaning=random.gauss(0, LEANING_SPREAD),
    )


def districts_of(wave_size: int, few: dict[str, int], random: Random) -> list[str]:
    """Where each of a wave's families lives: by children and readiness, with the few where there are to be few."""
    held = few if wave_size >= 200 else {}
    places = [place for place in county().districts if place.code not in held]
    weights = [place.children * place.reach for place in places]
    codes = [code for code, number in held.items() for _ in range(number)]
    codes += [place.code for place in random.choices(places, weights, k=wave_size - len(codes))]
    random.shuffle(codes)
    return codes


def _child(band: int, random: Random) -> Child:
    age = random.randint(max(YOUNGEST[band], 2), OLDEST[band])
    return Child(age, random.random() < 0.36, random.choices(PLANS, PLAN_SHARES[band])[0])
