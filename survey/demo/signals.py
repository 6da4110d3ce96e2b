"""What is planted in the demonstration, as data: every difference there is between districts, waves and ages.

Whatever is not listed here is the same everywhere and always, but for chance. The null twin lists nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from survey.demo.county import code_of, county, names


@dataclass(frozen=True, slots=True)
class Signal:
    """One planted difference: for whom, when, and what share of them find the service good."""

    key: str
    says: str
    service: str
    good: float | None = None  # the share who find it good, where it holds; None where only the words differ
    localities: frozenset[str] = frozenset()  # empty: everywhere
    districts: frozenset[str] = frozenset()
    waves: frozenset[int] = frozenset()  # counted from 1; empty: in every wave
    bands: frozenset[str] = frozenset()
    aspect: str = ""  # what people speak of more than elsewhere
    stress: float = 1.0

    def holds(self, *, service: str, district: str, wave: int, band: str) -> bool:
        """Whether it is planted there, then and for them."""
        return (
            service == self.service
            and (not self.localities or names().locality.get(district) in self.localities)
            and (not self.districts or district in self.districts)
            and (not self.waves or wave in self.waves)
            and (not self.bands or band in self.bands)
        )


@dataclass(frozen=True, slots=True)
class Burst:
    """Something that happened on one day and that people in one district then wrote about."""

    key: str
    says: str
    service: str
    aspect: str
    district: str
    wave: int
    lasting: timedelta  # before the day of loading
    responses: int


@dataclass(frozen=True, slots=True)
class Few:
    """A district from which very few answered in one wave."""

    district: str
    wave: int
    responses: int


SIGNALS = (
    Signal(
        "asd_north",
        "Families in the North find autism assessment worse than families elsewhere do: the wait.",
        "asd_path",
        good=0.14,
        localities=frozenset({"North"}),
        aspect="asd_wait",
        stress=3.0,
    ),
    Signal(
        "continence_two_districts",
        "Only families in Hyndburn and Rossendale speak of continence products, and they find them poor.",
        "continence",
        good=0.1,
        districts=frozenset({code_of("Hyndburn"), code_of("Rossendale")}),
    ),
    Signal("sendias_everywhere", "SENDIAS is found good in every district and every wave.", "sendias", good=0.88),
    Signal(
        "short_breaks_better",
        "Short breaks are found better from the second wave on, by 15 points, after an action.",
        "short_breaks",
        good=0.54,
        waves=frozenset({2, 3}),
    ),
    Signal(
        "local_offer_young",
        "Families of children under five find the Local Offer much better than others do. No group changes, but more "
        "of them answer in each wave, so that the whole seems to improve: a change of mix, not a change of service.",
        "local_offer",
        good=0.72,
        bands=frozenset({"0_4"}),
    ),
    Signal("transition_unchanged", "Moving to adult services does not change between waves.", "transition", good=None),
)

BURST = Burst(
    "referral_pause",
    "In the last ten days before loading, families in Lancaster write that autism referrals have been paused.",
    "asd_path",
    "asd_paused",
    code_of("Lancaster"),
    wave=3,
    lasting=timedelta(days=10),
    responses=12,
)

# Held in the null twin too: how many answer is not a difference in what they find.
FEW = (Few(code_of("Pendle"), 3, 9), Few(code_of("Fylde"), 3, 4))
CONTINENCE_FAMILIES = 6  # in each wave

# Children's ages among those who answer, by wave: the mix that makes the Local Offer seem to improve.
MIX = ((0.11, 0.36, 0.34, 0.13, 0.06), (0.2, 0.33, 0.3, 0.12, 0.05), (0.36, 0.28, 0.23, 0.09, 0.04))


def share_good(planted: Iterable[Signal], *, service: str, district: str, wave: int, band: str) -> float:
    """The share of such families who find the service good."""
    for signal in planted:
        if signal.good is not None and signal.holds(service=service, district=district, wave=wave, band=band):
            return signal.good
    return county().services[service].good


def stresses(planted: Iterable[Signal], *, service: str, district: str, wave: int, band: str) -> dict[str, float]:
    """What such families speak of more than others do, and how many times more."""
    return {
        signal.aspect: signal.stress
        for signal in planted
        if signal.aspect and signal.holds(service=service, district=district, wave=wave, band=band)
    }


def mix(wave: int, *, null: bool) -> Sequence[float]:
    """The shares of the age bands among the families of a wave."""
    return MIX[0] if null else MIX[min(wave, len(MIX)) - 1]
