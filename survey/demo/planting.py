"""A wave's plan: who lives where, and to which of its responses something particular happens."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from random import Random

from survey.demo.fieldwork import Fieldwork
from survey.demo.phrases import Piece, pieces, tables
from survey.demo.population import districts_of
from survey.demo.signals import BURST, CONTINENCE_FAMILIES, FEW, SIGNALS, Signal

USUAL_TOTAL = 2510  # the size for which the counts below are meant
CAMPAIGN_COPIES = 40  # all in the last wave
COPIES_SHARE = 0.004
COPIED_FROM = 2000  # the first so many of a wave, so that a very large one is planned quickly


@dataclass(frozen=True, slots=True)
class Line:
    """Something a person who looks after children's safety must see, or something that only sounds like it."""

    kind: str
    serious: bool
    piece: Piece
    language: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the families of a wave live, and which responses are out of the ordinary, by place in the wave."""

    seed: int
    fieldwork: Fieldwork
    last: bool
    planted: tuple[Signal, ...]
    districts: tuple[str, ...]
    burst: frozenset[int]
    campaign: frozenset[int]
    continence: frozenset[int]
    lines: Mapping[int, Line]
    copies: Mapping[int, int]  # which response is a copy of which
    before: tuple[str, ...]  # where the families of the wave before live

    @property
    def null(self) -> bool:
        """Whether nothing is planted."""
        return not self.planted

    def random(self, place: int, purpose: str) -> Random:
        """A source of chance of its own for each response and purpose, so that changing one leaves the others."""
        return Random(f"{self.seed}/{self.fieldwork.number}/{place}/{purpose}")  # noqa: S311  (a demonstration)


def plans(seed: int, fieldworks: Sequence[Fieldwork], sizes: Sequence[int], *, null: bool) -> list[Plan]:
    """The plan of each wave."""
    total = max(sum(sizes), 1)
    lines = _lines(seed, total)
    made: list[Plan] = []
    planned = 0
    for fieldwork, size in zip(fieldworks, sizes, strict=True):
        own_lines = lines[len(lines) * planned // total : len(lines) * (planned + size) // total]
        planned += size
        last = fieldwork is fieldworks[-1]
        before = made[-1].districts if made else ()
        made.append(_plan(seed, fieldwork, size, own_lines, before, last=last, null=null, scale=total / USUAL_TOTAL))
    return made


def _plan(
    seed: int,
    fieldwork: Fieldwork,
    size: int,
    lines: Sequence[Line],
    before: tuple[str, ...],
    *,
    last: bool,
    null: bool,
    scale: float,
) -> Plan:
    random = Random(f"{seed}/{fieldwork.number}/plan")  # noqa: S311
    few = {row.district: row.responses for row in FEW if row.wave == fieldwork.number}
    districts = districts_of(size, few, random)
    burst = _burst(districts, fieldwork, random, null=null, scale=min(1.0, scale))
    campaign = _some(range(size), round(CAMPAIGN_COPIES * min(1.0, scale)) if last else 0, random)
    continence = _continence(districts, random, null=null)
    usual = [place for place in range(size) if place not in burst | campaign]
    held = dict(zip(sorted(_some(usual, len(lines), random)), lines, strict=True))
    return Plan(
        seed=seed,
        fieldwork=fieldwork,
        last=last,
        planted=() if null else SIGNALS,
        districts=tuple(districts),
        burst=burst,
        campaign=campaign,
        continence=continence,
        lines=held,
        copies=_copies(districts, burst | campaign | continence | held.keys(), random),
        before=before,
    )


def since(plan: Plan, place: int) -> timedelta | None:
    """How shortly before the last day a response must come, if it must."""
    if place in plan.burst:
        return BURST.lasting
    return timedelta(days=4) if place in plan.campaign else None


@cache
def _all_lines() -> tuple[Line, ...]:
    raw = tables("safeguarding")
    return tuple(
        Line(str(entry["kind"]), name == "line", piece, str(entry.get("language", "en")))
        for name in ("line", "lookalike")
        for entry in _entries(raw[name])
        for piece in pieces(entry["words"])
    )


def _entries(listed: object) -> Iterable[Mapping[str, object]]:
    return listed if isinstance(listed, list) else ()


def _lines(seed: int, total: int) -> list[Line]:
    """Every line once in a demonstration of the usual size, fewer in a smaller one, over again in a larger one."""
    known = list(_all_lines())
    Random(f"{seed}/lines").shuffle(known)  # noqa: S311
    wanted = round(len(known) * total / USUAL_TOTAL)
    return [known[place % len(known)] for place in range(wanted)]


def _some(places: Sequence[int] | range, count: int, random: Random) -> frozenset[int]:
    return frozenset(random.sample(places, min(count, len(places))))


def _burst(
    districts: Sequence[str], fieldwork: Fieldwork, random: Random, *, null: bool, scale: float
) -> frozenset[int]:
    there = [place for place, district in enumerate(districts) if district == BURST.district]
    chosen = _some(there, round(BURST.responses * scale), random)
    return chosen if fieldwork.number == BURST.wave and not null else frozenset()


def _continence(districts: Sequence[str], random: Random, *, null: bool) -> frozenset[int]:
    signal = next(signal for signal in SIGNALS if signal.service == "continence")
    there = [place for place, district in enumerate(districts) if null or district in signal.districts]
    return _some(there, CONTINENCE_FAMILIES, random)


def _copies(districts: Sequence[str], special: AbstractSet[int], random: Random) -> Mapping[int, int]:
    """Some responses that are another from the same district sent again with a word changed."""
    usual = [place for place in range(len(districts)) if place not in special]
    copies: dict[int, int] = {}
    for place in sorted(_some(usual, round(len(districts) * COPIES_SHARE), random)):
        same = [other for other in usual[:COPIED_FROM] if districts[other] == districts[place] and other not in copies]
        if same and (original := random.choice(same)) != place:
            copies[place] = original
    return {place: original for place, original in copies.items() if original not in copies}
