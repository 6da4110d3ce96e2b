"""A family answers the questionnaire: services, ratings, statements, comments, and who they are."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from random import Random

from survey.checking import Stored
from survey.demo.county import OLDEST, band_of, county
from survey.demo.experience import agreement, latent, rating
from survey.demo.fieldwork import moment
from survey.demo.flaws import Flaw, flaws_of, reworded, spoilt
from survey.demo.planting import Plan, since
from survey.demo.population import Family, family
from survey.demo.response import DemoResponse, Standing
from survey.demo.signals import BURST, FEW, mix, share_good
from survey.demo.writing import room, with_words
from survey.questionnaire import AnswerKey, Questionnaire
from survey.tables import Channel

LARGE, TOGETHER = 10_000, 500  # a wave worth sharing out, and how many responses at a time
RETURNING_SHARE = 0.12
HOW_MANY = (16, 25, 25, 18, 10, 6)  # services used: one to six
CHANNELS = {Channel.WEB: 82, Channel.PAPER: 9, Channel.PHONE: 5, Channel.IN_PERSON: 4}
NOT_OFFERED_SHARE, NOT_APPLICABLE_SHARE, NOT_SURE_SHARE = 0.025, 0.01, 0.05
FEW_DISTRICTS = frozenset(row.district for row in FEW)

OFFERED_AS = {"pa": "pa-Arab"}  # Panjabi is written in two scripts, and the survey is offered in one of them


def responses(plan: Plan, questionnaire: Questionnaire) -> Iterator[DemoResponse]:
    """Every response of a wave, in the order in which they were sent. A very large wave is made on every core."""
    moments = sorted((_moment(plan, place), place) for place in range(len(plan.districts)))
    chunks = [moments[start : start + TOGETHER] for start in range(0, len(moments), TOGETHER)]
    make = partial(_some_responses, plan, room(questionnaire))
    if len(moments) < LARGE:
        for chunk in chunks:
            yield from make(chunk)
        return
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for made in pool.map(make, chunks):
            yield from made


def _some_responses(plan: Plan, most: Mapping[str, int], moments: Sequence[tuple[datetime, int]]) -> list[DemoResponse]:
    return [response(plan, place, sent_at, most) for sent_at, place in moments]


def response(plan: Plan, place: int, sent_at: datetime, most: Mapping[str, int]) -> DemoResponse:
    """One response of a wave. A copy of another says what that one says, but for a word."""
    original = plan.copies.get(place, place)
    made = _answered(plan, original, sent_at, most)
    if original == place:
        return made
    copied = reworded(made, plan.random(place, "copy"))
    return replace(copied, place=place, flaws=(*copied.flaws, Flaw.COPY))


def _answered(plan: Plan, place: int, sent_at: datetime, most: Mapping[str, int]) -> DemoResponse:
    household = _family(plan, place)
    random = plan.random(place, "answers")
    standings = _standings(plan, place, household)
    channel = _channel(household, random)
    flaws = flaws_of(random, on_paper=channel is Channel.PAPER, may_be_late=not plan.last)
    rated = {row.service: _rated(row.experience, random) for row in standings}
    if place in plan.burst:
        rated[BURST.service] = "very_poor"
    answers: dict[AnswerKey, Stored] = {AnswerKey("services_used"): _codes(*rated)}
    answers |= {AnswerKey("rating", service): _codes(code) for service, code in rated.items()}
    answers |= _statements(household, random)
    answers |= _about_them(household, channel, random)
    made = DemoResponse(
        wave=plan.fieldwork.number,
        place=place,
        family=household.key,
        voice=household.manner.voice,
        started_at=sent_at - timedelta(minutes=min(round(random.lognormvariate(2.4, 0.7)) + 2, 600)),
        sent_at=_late(plan, sent_at, random) if Flaw.LATE in flaws else sent_at,
        channel=channel,
        language=_language(household, channel),
        district=answers[AnswerKey("district")].codes[0],
        lives_in=household.district,
        band=household.children[0].band,
        quotable=answers[AnswerKey("quotable")].codes[0] == "yes",
        answers=answers,
        remarks=(),
        standings=tuple(standings),
        flaws=flaws,
    )
    for flaw in flaws:
        made = replace(made, answers=spoilt(made.answers, flaw, random))
    return with_words(plan, household, made, most)


def _moment(plan: Plan, place: int) -> datetime:
    return moment(plan.fieldwork, plan.random(place, "moment"), since=since(plan, place))


def _late(plan: Plan, sent_at: datetime, random: Random) -> datetime:
    """When paper that was filled in then was typed in: after the close."""
    typed_in = sent_at.replace(hour=random.randint(9, 16))
    return typed_in + (plan.fieldwork.closes_at.date() - sent_at.date()) + timedelta(days=random.randint(1, 9))


def _family(plan: Plan, place: int) -> Family:
    """The family that answers: one that answered last time too, or another."""
    random = plan.random(place, "family")
    district = plan.districts[place]
    wave = plan.fieldwork.number
    if plan.before and random.random() < RETURNING_SHARE:
        before = random.randrange(len(plan.before))
        if plan.before[before] == district:
            again = Random(f"{plan.seed}/{wave - 1}/{before}/family")  # noqa: S311
            again.random()
            grown = family(f"{wave - 1}-{before}", district, tuple(mix(wave - 1, null=plan.null)), again)
            older = tuple(replace(child, age=min(child.age + 1, OLDEST[-1])) for child in grown.children)
            return replace(grown, children=older)
    elif not plan.before:
        random.random()
    return family(f"{wave}-{place}", district, tuple(mix(wave, null=plan.null)), random)


def _standings(plan: Plan, place: int, household: Family) -> list[Standing]:
    random = plan.random(place, "experience")
    used = _services_used(plan, place, household)
    found: list[Standing] = []
    for service in used:
        good = share_good(
            plan.planted,
            service=service,
            district=household.district,
            wave=plan.fieldwork.number,
            band=household.children[0].band,
        )
        found.append(Standing(service, latent(good, household.leaning, random), good))
    return found


def _services_used(plan: Plan, place: int, household: Family) -> list[str]:
    random = plan.random(place, "services")
    bands = {band_of(child.age) for child in household.children}
    weights = {service: max(use.use[band] for band in bands) for service, use in county().services.items()}
    used: list[str] = []
    for _ in range(random.choices(range(1, 7), HOW_MANY)[0]):
        left = [service for service, weight in weights.items() if weight and service not in used]
        if not left:
            break
        used.append(random.choices(left, [weights[service] for service in left])[0])
    for service, places in (("continence", plan.continence), (BURST.service, plan.burst)):
        if place in places and service not in used:
            used = [*used[:5], service]
    order = list(county().services)
    return sorted(used, key=order.index)


def _rated(experience: float, random: Random) -> str:
    drawn = random.random()
    if drawn < NOT_OFFERED_SHARE:
        return "not_offered"
    return "not_applicable" if drawn < NOT_OFFERED_SHARE + NOT_APPLICABLE_SHARE else rating(experience)


def _statements(household: Family, random: Random) -> dict[AnswerKey, Stored]:
    given: dict[AnswerKey, Stored] = {}
    for item, share in county().statements.items():
        standing = latent(share, household.leaning, random)
        given[AnswerKey(item)] = _codes("not_sure" if random.random() < NOT_SURE_SHARE else agreement(standing))
    return given


def _about_them(household: Family, channel: Channel, random: Random) -> dict[AnswerKey, Stored]:
    district = random.choices((household.district, "not_sure", "outside"), (95, 2, 3))[0]
    if household.district in FEW_DISTRICTS:
        district = household.district
    child = household.children[0]
    band = child.band if random.random() < 0.985 else "prefer_not_to_say"
    return {
        AnswerKey("quotable"): _codes("yes" if random.random() < 0.66 else "no"),
        AnswerKey("district"): _codes(district),
        AnswerKey("age_band"): _codes(band),
        AnswerKey("plan"): _codes(child.plan),
        AnswerKey("channel"): _codes(channel.value),
    }


def _channel(household: Family, random: Random) -> Channel:
    """Those who write in another language are helped more often, by phone or in person."""
    helped = 4 if household.tongue else 1
    weights = [share * (1 if channel is Channel.WEB else helped) for channel, share in CHANNELS.items()]
    return random.choices(tuple(CHANNELS), weights)[0]


def _language(household: Family, channel: Channel) -> str:
    """The language they were asked in: the web asks in English; somebody who helps may ask in theirs."""
    helped = household.tongue and channel is not Channel.WEB
    spoken = str(household.tongue).partition("_")[0] if helped else "en"
    return OFFERED_AS.get(spoken, spoken)


def _codes(*codes: str) -> Stored:
    return Stored(codes=codes)
