"""How each kind of comment goes: what a complaint, a story or a thank-you says, and in what order."""

from collections.abc import Callable, Mapping

from survey.demo.kinds import Kind, Lean
from survey.demo.material import Aspect, Service
from survey.demo.moves import (
    Subject,
    a_glad_service,
    begin,
    blamed,
    complain,
    end,
    go_on,
    praise,
    praised,
    request,
    round_off,
    some_aspects,
)
from survey.demo.phrases import Piece, book
from survey.demo.scene import MONTHS
from survey.demo.telling import Link, Telling


def compose(kind: Kind, telling: Telling, subject: Subject) -> Lean:
    """Put a comment of that kind together. Gives which way it leans."""
    telling.about(subject.service)
    lean = COMPOSERS[kind](telling, subject)
    if kind in MAY_STAND_ALONE and len(telling.clauses) == 1 and telling.words > 6 and telling.chance(0.6):
        round_off(telling, glad=lean is Lean.POSITIVE)
    return lean


def _complaint(telling: Telling, subject: Subject) -> Lean:
    aspect = blamed(telling.random, subject)
    if telling.wanted <= FEW_WORDS:
        telling.from_bank(aspect.terse)
        telling.holds(aspect, "bad")
        return Lean.NEGATIVE
    begin(telling)
    complain(telling, aspect)
    while telling.short() and complain(telling, blamed(telling.random, subject)):
        pass
    go_on(telling, subject)
    end(telling)
    return Lean.NEGATIVE


def _thanks(telling: Telling, subject: Subject) -> Lean:
    random = telling.random
    if telling.wanted <= FEW_WORDS:
        aspect = praised(random, subject.service)
        if telling.from_bank(aspect.terse_good):
            telling.holds(aspect, "good")
        else:
            telling.from_bank(book("answers")["thanks"])
        return Lean.POSITIVE
    if telling.wanted > 30 and telling.chance(0.3):
        telling.general("child")
    praise(telling, praised(random, subject.service))
    telling.wanted = min(telling.wanted, 120)
    while telling.short() and praise(telling, praised(random, subject.service)):
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
        begin(telling)
    good_first = telling.chance(0.7)
    to_praise = praised(random, a_glad_service(random, subject))
    to_blame = blamed(random, subject)
    if good_first:
        praise(telling, to_praise)
        _say_of(telling, subject, to_blame, Link.BUT)
    else:
        _say_of(telling, subject, to_blame, Link.NEW)
        telling.say(to_praise, "good", Link.BUT)
    while telling.short() and complain(telling, blamed(random, subject)):
        if telling.short():
            praise(telling, praised(random, a_glad_service(random, subject)))
    go_on(telling, subject)
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
        praise(telling, praised(random, subject.service))
        telling.general("gladness")
    else:
        complain(telling, blamed(random, subject))
        telling.general("feeling")
    go_on(telling, subject)
    end(telling)
    return Lean.MIXED if subject.glad else Lean.NEGATIVE


def _tell_steps(telling: Telling, subject: Subject) -> None:
    """What happened, with dates, in the order in which it did."""
    random, scene = telling.random, telling.scene
    services = [subject.service, *(service for service, _ in subject.others)]
    most = 4 + telling.wanted // 40
    steps: list[tuple[Service, Aspect, Piece]] = [
        (service, aspect, step)
        for service in services
        for aspect in some_aspects(random, service)
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
    aspect = blamed(random, subject)
    if telling.wanted > 35 and telling.chance(0.5):
        telling.say(aspect, "bad")
    request(telling, aspect)
    if telling.wanted > 14 and telling.chance(0.6):
        telling.from_bank(book("answers")["because"])
    telling.wanted = min(telling.wanted, 90)
    while telling.short() and request(telling, blamed(random, subject)):
        pass
    return Lean.NEGATIVE if any(stance.side == "bad" for stance in telling.stances) else Lean.NEUTRAL


def _named(telling: Telling, subject: Subject) -> Lean:
    bank = book("named")["good" if subject.glad else "bad"]
    telling.from_bank(bank)
    if telling.short():
        telling.general("gladness" if subject.glad else "feeling")
    go_on(telling, subject)
    return Lean.POSITIVE if subject.glad else Lean.NEGATIVE


def _angry(telling: Telling, subject: Subject) -> Lean:
    shouted = book("answers")["angry"]
    telling.from_bank(shouted)
    telling.wanted = min(telling.wanted, 80)
    if telling.wanted > 6:
        complain(telling, blamed(telling.random, subject))
    while telling.short() and telling.from_bank(shouted):
        complain(telling, blamed(telling.random, subject))
    return Lean.NEGATIVE


def _polished(telling: Telling, subject: Subject) -> Lean:
    bank = book("polished")["good" if subject.glad else "bad"]
    for _ in range(1 if telling.wanted < 40 else 2):
        telling.from_bank(bank)
    telling.from_bank(book("polished")["close"])
    telling.holds(blamed(telling.random, subject), "good" if subject.glad else "bad")
    return Lean.POSITIVE if subject.glad else Lean.NEGATIVE


def _campaign(telling: Telling, subject: Subject) -> Lean:
    for piece in book("campaign")["text"]:
        telling.add(telling.scene.say(piece))
    telling.holds(subject.service.aspects[0], "ask")
    return Lean.NEGATIVE


def _terse(telling: Telling, subject: Subject) -> Lean:
    aspect = praised(telling.random, subject.service) if subject.glad else blamed(telling.random, subject)
    if not subject.glad:
        telling.from_bank(aspect.terse)
        telling.holds(aspect, "ask")
        return Lean.NEGATIVE
    telling.from_bank(aspect.terse_good or subject.service.called)
    telling.holds(aspect, "good")
    return Lean.POSITIVE


def _understated(telling: Telling, subject: Subject) -> Lean:
    telling.from_bank(book("answers")["understated_good" if subject.glad else "understated_bad"])
    telling.holds(praised(telling.random, subject.service), "good" if subject.glad else "bad")
    return Lean.POSITIVE if subject.glad else Lean.NEGATIVE


def _line(name: str, lean: Lean) -> "Composer":
    """A comment that is one line of a general bank."""

    def composed(telling: Telling, subject: Subject) -> Lean:
        telling.from_bank(book("answers")[name])
        if name == "sarcasm":
            aspect = blamed(telling.random, subject)
            telling.holds(aspect, "bad")
            if telling.wanted > 10:
                complain(telling, aspect)
        return lean

    return composed


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
