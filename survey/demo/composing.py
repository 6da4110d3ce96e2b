"""How each kind of comment goes: what a complaint, a story or a thank-you says, and in what order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from survey.demo.kinds import Kind, Lean
from survey.demo.material import Aspect, Service
from survey.demo.phrases import Piece, book
from survey.demo.scene import MONTHS
from survey.demo.telling import Link, Stance, Telling


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment is about."""

    service: Service
    glad: bool  # how the family finds it
    others: tuple[tuple[Service, bool], ...] = ()  # what else they use, and how they find that
    stress: Mapping[str, float] | None = None  # aspects that are on people's minds more than usual
    only: str | None = None  # the one aspect that it must speak of


def compose(kind: Kind, telling: Telling, subject: Subject) -> Lean:
    """Put a comment of that kind together. Gives which way it leans."""
    telling.about(subject.service)
    lean = COMPOSERS[kind](telling, subject)
    if kind in MAY_STAND_ALONE and len(telling.clauses) == 1 and telling.words > 6 and telling.chance(0.6):
        _round_off(telling, glad=lean is Lean.POSITIVE)
    return lean


def _round_off(telling: Telling, *, glad: bool) -> None:
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


def _complaint(telling: Telling, subject: Subject) -> Lean:
    aspect = _aspect(telling.random, subject)
    if telling.wanted <= FEW_WORDS:
        telling.from_bank(aspect.terse)
        telling.holds(aspect, "bad")
        return Lean.NEGATIVE
    _begin(telling)
    _complain(telling, aspect)
    while telling.short() and _complain(telling, _aspect(telling.random, subject)):
        pass
    _go_on(telling, subject)
    _end(telling)
    return Lean.NEGATIVE


def _complain(telling: Telling, aspect: Aspect) -> bool:
    """One thing that went wrong, perhaps what came of it, how it feels and what should be done."""
    if not telling.say(aspect, "bad"):
        return False
    if telling.short() and telling.chance(0.5):
        telling.from_bank(aspect.so, Link.SO)
    if telling.short() and telling.chance(0.3):
        telling.general("feeling")
    if telling.short() and telling.chance(0.3):
        _request(telling, aspect)
    return True


def _praise(telling: Telling, aspect: Aspect) -> bool:
    if not telling.say(aspect, "good"):
        return False
    if telling.short() and telling.chance(0.5):
        telling.general("gladness", Link.AND if telling.chance(0.3) else Link.NEW)
    return True


def _request(telling: Telling, aspect: Aspect) -> bool:
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


def _thanks(telling: Telling, subject: Subject) -> Lean:
    random = telling.random
    if telling.wanted <= FEW_WORDS:
        aspect = _praised(random, subject.service)
        if telling.from_bank(aspect.terse_good):
            telling.holds(aspect, "good")
        else:
            telling.from_bank(book("answers")["thanks"])
        return Lean.POSITIVE
    if telling.wanted > 30 and telling.chance(0.3):
        telling.general("child")
    _praise(telling, _praised(random, subject.service))
    telling.wanted = min(telling.wanted, 120)
    while telling.short() and _praise(telling, _praised(random, subject.service)):
        pass
    while telling.short() and telling.general("gladness"):
        pass
    if telling.chance(0.3):
        telling.from_bank(book("answers")["thanks"])
    return Lean.POSITIVE


def _mixed(telling: Telling, subject: Subject) -> Lean:
    random = telling.random
    if telling.wanted <= FEW_WORDS + 2:
        telling.from_bank(book("answers")["mixed_short"])
        return Lean.MIXED
    if telling.wanted > 40:
        _begin(telling)
    good_first = telling.chance(0.7)
    praised = _praised(random, _a_glad_service(random, subject))
    blamed = _aspect(random, subject)
    if good_first:
        _praise(telling, praised)
        _say_of(telling, subject, blamed, Link.BUT)
    else:
        _say_of(telling, subject, blamed, Link.NEW)
        telling.say(praised, "good", Link.BUT)
    while telling.short() and _complain(telling, _aspect(random, subject)):
        if telling.short():
            _praise(telling, _praised(random, _a_glad_service(random, subject)))
    _go_on(telling, subject)
    return Lean.MIXED


def _say_of(telling: Telling, subject: Subject, aspect: Aspect, link: Link) -> None:
    telling.about(subject.service)
    telling.say(aspect, "bad", link)
    if telling.short() and telling.chance(0.5):
        telling.from_bank(aspect.so, Link.SO)


def _story(telling: Telling, subject: Subject) -> Lean:
    random = telling.random
    telling.wanted = max(telling.wanted, random.randint(60, 150))
    if telling.chance(0.5):
        telling.open()
    telling.general("child")
    _tell_steps(telling, subject)
    if subject.glad:
        _praise(telling, _praised(random, subject.service))
        telling.general("gladness")
    else:
        _complain(telling, _aspect(random, subject))
        telling.general("feeling")
    _go_on(telling, subject)
    _end(telling)
    return Lean.MIXED if subject.glad else Lean.NEGATIVE


def _tell_steps(telling: Telling, subject: Subject) -> None:
    """What happened, with dates, in the order in which it did."""
    random, scene = telling.random, telling.scene
    services = [subject.service, *(service for service, _ in subject.others)]
    most = 4 + telling.wanted // 40
    steps: list[tuple[Service, Aspect, Piece]] = [
        (service, aspect, step)
        for service in services
        for aspect in _some_aspects(random, service)
        for step in aspect.step
    ][:most]
    dated = random.choice((_long_date, _long_date, _short_date, _month_alone))
    link = Link.LINE if random.random() < 0.35 else Link.NEW
    month = scene.year * 12 - random.randint(10, 14 + 5 * len(steps))
    for at, (service, aspect, step) in enumerate(steps):
        telling.about(service)
        words = scene.say(step)
        telling.add(f"{dated(month)} {words}" if at % 3 == 0 or link is Link.LINE else words, link)
        telling.holds(aspect, "bad" if not subject.glad else "good")
        if telling.chance(0.45):
            telling.general("between")
        month += random.randint(1, 5)
    telling.about(subject.service)


def _long_date(month: int) -> str:
    return f"{MONTHS[month % 12]} {month // 12},"


def _short_date(month: int) -> str:
    return f"{month % 12 + 1:02d}/{month // 12 % 100:02d}"


def _month_alone(month: int) -> str:
    return f"in {MONTHS[month % 12]}"


def _suggestion(telling: Telling, subject: Subject) -> Lean:
    random = telling.random
    aspect = _aspect(random, subject)
    if telling.wanted > 35 and telling.chance(0.5):
        telling.say(aspect, "bad")
    _request(telling, aspect)
    if telling.wanted > 14 and telling.chance(0.6):
        telling.from_bank(book("answers")["because"])
    telling.wanted = min(telling.wanted, 90)
    while telling.short() and _request(telling, _aspect(random, subject)):
        pass
    return Lean.NEGATIVE if any(stance.side == "bad" for stance in telling.stances) else Lean.NEUTRAL


def _named(telling: Telling, subject: Subject) -> Lean:
    bank = book("named")["good" if subject.glad else "bad"]
    telling.from_bank(bank)
    if telling.short():
        telling.general("gladness" if subject.glad else "feeling")
    _go_on(telling, subject)
    return Lean.POSITIVE if subject.glad else Lean.NEGATIVE


def _angry(telling: Telling, subject: Subject) -> Lean:
    shouted = book("answers")["angry"]
    telling.from_bank(shouted)
    telling.wanted = min(telling.wanted, 80)
    if telling.wanted > 6:
        _complain(telling, _aspect(telling.random, subject))
    while telling.short() and telling.from_bank(shouted):
        _complain(telling, _aspect(telling.random, subject))
    return Lean.NEGATIVE


def _polished(telling: Telling, subject: Subject) -> Lean:
    bank = book("polished")["good" if subject.glad else "bad"]
    for _ in range(1 if telling.wanted < 40 else 2):
        telling.from_bank(bank)
    telling.from_bank(book("polished")["close"])
    telling.holds(_aspect(telling.random, subject), "good" if subject.glad else "bad")
    return Lean.POSITIVE if subject.glad else Lean.NEGATIVE


def _campaign(telling: Telling, subject: Subject) -> Lean:
    for piece in book("campaign")["text"]:
        telling.add(telling.scene.say(piece))
    telling.holds(subject.service.aspects[0], "ask")
    return Lean.NEGATIVE


def _terse(telling: Telling, subject: Subject) -> Lean:
    aspect = _praised(telling.random, subject.service) if subject.glad else _aspect(telling.random, subject)
    if not subject.glad:
        telling.from_bank(aspect.terse)
        telling.holds(aspect, "ask")
        return Lean.NEGATIVE
    telling.from_bank(aspect.terse_good or subject.service.called)
    telling.holds(aspect, "good")
    return Lean.POSITIVE


def _understated(telling: Telling, subject: Subject) -> Lean:
    telling.from_bank(book("answers")["understated_good" if subject.glad else "understated_bad"])
    telling.holds(_praised(telling.random, subject.service), "good" if subject.glad else "bad")
    return Lean.POSITIVE if subject.glad else Lean.NEGATIVE


def _line(name: str, lean: Lean) -> "Composer":
    """A comment that is one line of a general bank."""

    def composed(telling: Telling, subject: Subject) -> Lean:
        telling.from_bank(book("answers")[name])
        if name == "sarcasm":
            aspect = _aspect(telling.random, subject)
            telling.holds(aspect, "bad")
            if telling.wanted > 10:
                _complain(telling, aspect)
        return lean

    return composed


def _begin(telling: Telling) -> None:
    if telling.wanted > 22 and telling.chance(0.3):
        telling.open()
    if telling.wanted > 45 and telling.chance(0.55):
        telling.general("child")


def _end(telling: Telling) -> None:
    if telling.wanted > 40 and telling.chance(0.35):
        telling.general("closing")


def _go_on(telling: Telling, subject: Subject) -> None:
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
    aspect = _praised(telling.random, service) if glad else _weighted(telling.random, service.aspects)
    return _praise(telling, aspect) if glad else _complain(telling, aspect)


def _a_glad_service(random: Random, subject: Subject) -> Service:
    glad = [service for service, content in subject.others if content]
    return random.choice(glad) if glad and not subject.glad else subject.service


def _aspect(random: Random, subject: Subject) -> Aspect:
    """What a complaint about the service is about."""
    if subject.only and (aspect := subject.service.aspect(subject.only)):
        return aspect
    return _weighted(random, subject.service.aspects, subject.stress)


def _praised(random: Random, service: Service) -> Aspect:
    return random.choice([aspect for aspect in service.aspects if aspect.good])


def _some_aspects(random: Random, service: Service) -> list[Aspect]:
    usual = [aspect for aspect in service.aspects if aspect.weight]
    chosen = random.sample(usual, min(len(usual), 2))
    return sorted(chosen, key=usual.index)


def _weighted(random: Random, aspects: Sequence[Aspect], stress: Mapping[str, float] | None = None) -> Aspect:
    weights = [aspect.weight * (stress or {}).get(aspect.key, 1.0) for aspect in aspects]
    return random.choices(aspects, weights)[0]


FEW_WORDS = 6
MAY_STAND_ALONE = (Kind.COMPLAINT, Kind.THANKS, Kind.ANGRY, Kind.NAMED)
Composer = Callable[[Telling, Subject], Lean]

COMPOSERS: Mapping[Kind, Composer] = {
    Kind.COMPLAINT: _complaint,
    Kind.MIXED: _mixed,
    Kind.THANKS: _thanks,
    Kind.STORY: _story,
    Kind.SUGGESTION: _suggestion,
    Kind.NOTHING: _line("nothing", Lean.NEUTRAL),
    Kind.OFF_TOPIC: _line("off_topic", Lean.NEGATIVE),
    Kind.NAMED: _named,
    Kind.SARCASM: _line("sarcasm", Lean.NEGATIVE),
    Kind.UNDERSTATED: _understated,
    Kind.ANGRY: _angry,
    Kind.CAMPAIGN: _campaign,
    Kind.POLISHED: _polished,
    Kind.WRONG_QUESTION: _line("wrong_question", Lean.NEUTRAL),
    Kind.TERSE: _terse,
}


__all__ = ["COMPOSERS", "Stance", "Subject", "compose"]
