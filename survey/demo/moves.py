"""The moves that comments are made of: one complaint, one word of praise, one request, going on, rounding off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from survey.demo.material import Aspect, Service
from survey.demo.phrases import book
from survey.demo.telling import Link, Telling


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment is about."""

    service: Service
    glad: bool  # how the family finds it
    others: tuple[tuple[Service, bool], ...] = ()  # what else they use, and how they find that
    stress: Mapping[str, float] | None = None  # aspects that are on people's minds more than usual
    only: str | None = None  # the one aspect that it must speak of


def begin(telling: Telling) -> None:
    """Open a longer answer: a word of introduction, who the child is."""
    if telling.wanted > 22 and telling.chance(0.3):
        telling.open()
    if telling.wanted > 45 and telling.chance(0.55):
        telling.general("child")


def complain(telling: Telling, aspect: Aspect) -> bool:
    """One thing that went wrong, perhaps what came of it, how it feels and what should be done."""
    if not telling.say(aspect, "bad"):
        return False
    if telling.short() and telling.chance(0.5):
        telling.from_bank(aspect.so, Link.SO)
    if telling.short() and telling.chance(0.3):
        telling.general("feeling")
    if telling.short() and telling.chance(0.3):
        request(telling, aspect)
    return True


def praise(telling: Telling, aspect: Aspect) -> bool:
    """One thing that went well, perhaps how it feels. False if all of them have been said."""
    if not telling.say(aspect, "good"):
        return False
    if telling.short() and telling.chance(0.5):
        telling.general("gladness", Link.AND if telling.chance(0.3) else Link.NEW)
    return True


def request(telling: Telling, aspect: Aspect) -> bool:
    """One thing that should be done. False if all of them have been said."""
    random = telling.random
    bank = aspect.ask
    unused = [piece for piece in bank if id(piece) not in telling.used and piece.fits(telling.scene.age)]
    if not unused:
        return False
    piece = random.choice(unused)
    telling.used.add(id(piece))
    lead = telling.scene.say(random.choice(book("answers")["suggestion_lead"])) if telling.chance(0.75) else ""
    telling.add(f"{lead} {telling.scene.say(piece)}".strip())
    telling.holds(aspect, "ask")
    return True


def go_on(telling: Telling, subject: Subject) -> None:
    """Fill a long answer: life at home, the other services, the system, how it feels."""
    random = telling.random
    others = list(subject.others)
    random.shuffle(others)
    names = ["home", "system", "feeling", "home", "system"]
    while telling.short():
        spoken = telling.general(random.choice(names), Link.NEW)
        if others and telling.chance(0.8):
            spoken = _turn_to(telling, *others[0]) or spoken
            if telling.chance(0.35):
                others.append(others.pop(0))
        if not spoken and not any(telling.general(name) for name in ("home", "system", "feeling")):
            return


def _turn_to(telling: Telling, service: Service, glad: bool) -> bool:
    """A word on another service the family uses."""
    telling.about(service)
    aspect = praised(telling.random, service) if glad else _weighted(telling.random, service.aspects)
    return praise(telling, aspect) if glad else complain(telling, aspect)


def end(telling: Telling) -> None:
    """Close a longer answer."""
    if telling.wanted > 40 and telling.chance(0.35):
        telling.general("closing")


def round_off(telling: Telling, *, glad: bool) -> None:
    """A word more, so that one clause does not stand alone."""
    match telling.random.randrange(3):
        case 0:
            telling.trail("tail_good" if glad else "tail")
        case 1:
            telling.general("gladness" if glad else "feeling")
        case _:
            link, text = telling.clauses.pop()
            telling.open("lead_good" if glad else "lead_bad")
            telling.add(text, link)


def blamed(random: Random, subject: Subject) -> Aspect:
    """What a complaint about the service is about."""
    if subject.only and (aspect := subject.service.aspect(subject.only)):
        return aspect
    return _weighted(random, subject.service.aspects, subject.stress)


def praised(random: Random, service: Service) -> Aspect:
    """What praise of the service is about."""
    return random.choice([aspect for aspect in service.aspects if aspect.good])


def a_glad_service(random: Random, subject: Subject) -> Service:
    """A service the family finds good, if there is one."""
    glad = [service for service, content in subject.others if content]
    return random.choice(glad) if glad and not subject.glad else subject.service


def some_aspects(random: Random, service: Service) -> list[Aspect]:
    """One or two aspects for a story to be about."""
    usual = [aspect for aspect in service.aspects if aspect.weight]
    chosen = random.sample(usual, min(len(usual), 2))
    return sorted(chosen, key=usual.index)


def _weighted(random: Random, aspects: Sequence[Aspect], stress: Mapping[str, float] | None = None) -> Aspect:
    if len(aspects) == 1:
        return aspects[0]
    weights = [aspect.weight * (stress or {}).get(aspect.key, 1.0) for aspect in aspects]
    return random.choices(aspects, weights)[0]
