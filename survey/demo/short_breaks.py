"""Families answer the second, shorter questionnaire: on short breaks, with a page for each child."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from survey.checking import Stored
from survey.demo.county import names
from survey.demo.experience import latent, rating
from survey.demo.kinds import Box
from survey.demo.material import services
from survey.demo.moves import Subject
from survey.demo.population import Family, districts_of, family
from survey.demo.remarks import Occasion, Remark, remark
from survey.demo.response import DemoResponse, Standing
from survey.demo.scene import Scene
from survey.demo.signals import MIX
from survey.questionnaire import AnswerKey
from survey.tables import Channel

USED = {"break_time": 0.62, "day_time": 0.33, "night_time": 0.14}
GOOD = {"break_time": 0.56, "day_time": 0.52, "night_time": 0.48}
OPEN_BEFORE_TODAY, OPEN_DAYS = 12, 42
MOST = 4_000


def answered(seed: int, count: int, today: date) -> Iterator[DemoResponse]:
    """So many responses in the days before the day given, in the order in which they were sent."""
    random = Random(f"{seed}/short breaks")  # noqa: S311  (a demonstration)
    districts = districts_of(count, {}, random)
    moments = sorted(_moment(today, random) for _ in range(count))
    for place, (district, sent_at) in enumerate(zip(districts, moments, strict=True)):
        chance = Random(f"{seed}/short breaks/{place}")  # noqa: S311
        yield _response(place, family(f"short-{place}", district, MIX[0], chance), sent_at, chance)


def _moment(today: date, random: Random) -> datetime:
    day = today - timedelta(days=random.randint(1, OPEN_BEFORE_TODAY - 1))
    return datetime.combine(day, time(random.randint(7, 22), random.randrange(60), random.randrange(60)), UTC)


def _response(place: int, household: Family, sent_at: datetime, random: Random) -> DemoResponse:
    used = [code for code, share in USED.items() if random.random() < share]
    standings = tuple(Standing(code, latent(GOOD[code], household.leaning, random), GOOD[code]) for code in used)
    answers = {AnswerKey("breaks_used"): Stored(codes=tuple(used) or ("none_used",))}
    answers |= {AnswerKey("break_rating", row.service): Stored(codes=(rating(row.experience),)) for row in standings}
    if used:
        answers |= _last_break(sent_at.date(), random)
    answers |= _children(household, used, random)
    answers |= {
        AnswerKey("quotable"): Stored(codes=(random.choice(("yes", "yes", "no")),)),
        AnswerKey("district"): Stored(codes=(household.district,)),
    }
    remarks = tuple(said for said in _remarks(household, standings, sent_at.year, random) if said.words)
    words = {AnswerKey(said.item, said.service): Stored(words=said.words) for said in remarks}
    return DemoResponse(
        wave=1, place=place, family=household.key, voice=household.manner.voice,
        started_at=sent_at - timedelta(minutes=random.randint(3, 14)), sent_at=sent_at, channel=Channel.WEB,
        language="en", district=household.district, lives_in=household.district, band=household.children[0].band,
        quotable=answers[AnswerKey("quotable")].codes == ("yes",), answers=answers | words, remarks=remarks,
        standings=standings, flaws=(),
    )  # fmt: skip


def _last_break(today: date, random: Random) -> Mapping[AnswerKey, Stored]:
    hours = float(random.choice((0, 2, 3, 4, 4, 6, 8, 8, 10, 12, 16, 20, 24)))
    given = {AnswerKey("hours_a_month"): Stored(number=hours)}
    if random.random() < 0.8:
        given[AnswerKey("last_break_on")] = Stored(day=today - timedelta(days=random.randint(1, 120)))
    return given


def _children(household: Family, used: list[str], random: Random) -> Mapping[AnswerKey, Stored]:
    given = {AnswerKey("children_count"): Stored(number=float(len(household.children)))}
    for number, child in enumerate(household.children, start=1):
        enough = random.choice(("enough", "some", "some", "none") if used else ("none", "none", "not_needed"))
        given[AnswerKey("child_age_band", child=number)] = Stored(codes=(child.band,))
        given[AnswerKey("child_enough", child=number)] = Stored(codes=(enough,))
    return given


def _remarks(household: Family, standings: tuple[Standing, ...], year: int, random: Random) -> Iterator[Remark]:
    for row in standings:
        if random.random() < 0.55:
            glad = row.experience > 0
            said = _said(household, Box.ABOUT_GOOD if glad else Box.ABOUT_BAD, year, random, glad=glad)
            yield replace(said, item="break_more", service=row.service)
    if not standings and random.random() < 0.7:
        yield replace(_said(household, Box.MISSING, year, random, glad=False), item="why_none", service=None)
    if random.random() < 0.75:
        yield replace(_said(household, Box.CHANGE, year, random, glad=False), item="better", service=None)


def _said(household: Family, box: Box, year: int, random: Random, *, glad: bool) -> Remark:
    known = names().name
    child = household.children[0]
    scene = Scene(random, child.age, child.girl, known[household.district], tuple(known.values()), year)
    subject = Subject(services()["short_breaks"], glad=glad)
    return remark(Occasion(box, household, scene, subject, service="short_breaks", most=MOST))
