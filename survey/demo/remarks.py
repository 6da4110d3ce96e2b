"""A comment as a family leaves it in one box, with the truth of what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from survey.checking import clean
from survey.demo import noise
from survey.demo.composing import compose
from survey.demo.kinds import Box, Kind, Lean, kind_for
from survey.demo.material import Tongue, tongues
from survey.demo.moves import Subject
from survey.demo.personal import CLOSE, Detail, Span, marked, unmarked
from survey.demo.phrases import book
from survey.demo.planting import Line
from survey.demo.population import Family
from survey.demo.scene import Scene
from survey.demo.telling import Link, Stance, Telling

MIDDLE = {Box.MISSING: 7.0, Box.CHANGE: 8.0, Box.WORKS: 8.0}  # words; 18 in the others
LONGEST = {Box.MISSING: 60, Box.CHANGE: 70, Box.WORKS: 70}
ITEMS = {Box.ABOUT_GOOD: "tell_us_more", Box.ABOUT_NEITHER: "tell_us_more", Box.ABOUT_BAD: "tell_us_more"}
WITHOUT_DETAILS = {Kind.NOTHING, Kind.TERSE, Kind.CAMPAIGN, Kind.WRONG_QUESTION, Kind.OFF_TOPIC, Kind.SARCASM}
DETAILS_SHARE, COMBINATION_SHARE, DECOY_SHARE = 0.085, 0.004, 0.004
FORMULA_SHARE, DRESSED_SHARE, SPRINKLED_SHARE, CAP_SHARE = 0.002, 0.004, 0.006, 0.002


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment and the truth about it."""

    item: str
    service: str | None
    words: str
    kind: Kind
    lean: Lean
    stances: tuple[Stance, ...] = ()
    language: str = "en"
    tongue: str = "en"  # the language and its script, as the phrase file is called
    switched: bool = False  # English and another language in one comment
    spans: tuple[Span, ...] = ()
    safeguarding: str = ""  # which kind of concern
    lookalike: str = ""  # what it only sounds like


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and about what somebody is about to write."""

    box: Box
    family: Family
    scene: Scene
    subject: Subject
    service: str | None  # the service the box is about, if it is about one
    most: int  # characters that the box holds
    kind: Kind | None = None  # settled beforehand
    line: Line | None = None


def remark(occasion: Occasion) -> Remark:
    """What the family writes there."""
    random = occasion.scene.random
    line = occasion.line
    if line is not None and line.language != "en":
        return _line_alone(occasion, line)
    kind = occasion.kind or kind_for(occasion.box, random)
    tongue = occasion.family.tongue
    held_to_english = occasion.kind is not None or line is not None
    if tongue and not held_to_english and random.random() < 0.95:
        return _in_tongue(occasion, kind, tongues()[tongue], tongue)
    return _in_english(occasion, kind)


def _in_english(occasion: Occasion, kind: Kind) -> Remark:
    scene, random = occasion.scene, occasion.scene.random
    telling = Telling(scene, occasion.family.manner, _wanted(occasion.box, occasion.family, random))
    subject = _fitting(kind, occasion)
    lean = compose(kind, telling, subject)
    if kind is Kind.NOTHING:
        lean = _nothing(telling, occasion.box)
    _add_details(telling, kind)
    if occasion.line is not None:
        _add_line(telling, occasion.line)
    tidy = kind in (Kind.POLISHED, Kind.CAMPAIGN)
    glad = lean is Lean.POSITIVE
    text = _tidy(telling) if tidy else telling.written(glad=glad)
    text = text if tidy or kind is Kind.NOTHING else _roughened(text, occasion, random)
    if kind is not Kind.CAMPAIGN and not occasion.line and random.random() < FORMULA_SHARE:
        return Remark(_item(occasion.box), occasion.service, noise.formula(random), Kind.WRONG_QUESTION, Lean.NEUTRAL)
    return _finished(occasion, kind, lean, text, telling.stances)


def _finished(occasion: Occasion, kind: Kind, lean: Lean, text: str, stances: list[Stance]) -> Remark:
    words, spans = unmarked(clean(text))
    line = occasion.line
    serious = line is not None and line.serious
    return Remark(
        item=_item(occasion.box),
        service=occasion.service,
        words=words[: occasion.most].rstrip(),
        kind=Kind.SAFEGUARDING if serious else kind,
        lean=Lean.NEGATIVE if serious else lean,
        stances=tuple(stances),
        spans=tuple(span for span in spans if span.end <= occasion.most),
        safeguarding=line.kind if line is not None and serious else "",
        lookalike=line.kind if line is not None and not serious else "",
    )


def _fitting(kind: Kind, occasion: Occasion) -> Subject:
    """In a box about nothing in particular, the service that goes with the kind of comment."""
    subject = occasion.subject
    if occasion.service is not None or occasion.kind is not None:
        return subject
    wants_glad = kind in (Kind.THANKS,) or occasion.box is Box.WORKS
    wants_sad = kind in (Kind.COMPLAINT, Kind.ANGRY, Kind.SARCASM, Kind.SUGGESTION) or occasion.box is Box.CHANGE
    uses = [(subject.service, subject.glad), *subject.others]
    for service, glad in uses:
        if (wants_glad and glad) or (wants_sad and not glad):
            others = tuple(use for use in uses if use[0] is not service)
            return replace(subject, service=service, glad=glad, others=others)
    return replace(subject, glad=True) if wants_glad else replace(subject, glad=False) if wants_sad else subject


def _nothing(telling: Telling, box: Box) -> Lean:
    """ "Nothing" is praise where a fault was asked for, and the reverse where praise was."""
    bank = {Box.WORKS: "nothing_good", Box.CHANGE: "nothing_better", Box.MISSING: "nothing_better"}.get(box, "nothing")
    telling.clauses.clear()
    telling.from_bank(book("answers")[bank])
    return {Box.WORKS: Lean.NEGATIVE, Box.CHANGE: Lean.POSITIVE, Box.MISSING: Lean.POSITIVE}.get(box, Lean.NEUTRAL)


def _add_details(telling: Telling, kind: Kind) -> None:
    """Now and then a personal detail, or what looks like one."""
    if kind in WITHOUT_DETAILS:
        return
    random = telling.random
    drawn = random.random()
    if drawn < DETAILS_SHARE:
        _slip_in(telling, telling.scene.say(random.choice(book("personal")["lines"])))
    elif drawn < DETAILS_SHARE + COMBINATION_SHARE:
        words = telling.scene.say(random.choice(book("personal")["combinations"]))
        _slip_in(telling, marked(Detail.COMBINATION, words))
    elif drawn < DETAILS_SHARE + COMBINATION_SHARE + DECOY_SHARE:
        _slip_in(telling, telling.scene.say(random.choice(book("personal")["decoys"])))


def _add_line(telling: Telling, line: Line) -> None:
    """The line among what else is said; half the time it is all that is said."""
    if line.serious and telling.chance(0.5):
        telling.clauses.clear()
    _slip_in(telling, telling.scene.say(line.piece))


def _slip_in(telling: Telling, words: str) -> None:
    at = telling.random.randint(0, len(telling.clauses))
    telling.clauses.insert(at, (Link.NEW, words))


def _tidy(telling: Telling) -> str:
    return " ".join(text if text.endswith((".", "!")) else f"{text}." for _, text in telling.clauses)


def _roughened(text: str, occasion: Occasion, random: Random) -> str:
    drawn = random.random()
    if drawn < DRESSED_SHARE:
        return noise.dressed(text, random)
    if drawn < DRESSED_SHARE + SPRINKLED_SHARE and CLOSE not in text:
        return noise.sprinkled(text, random)
    if drawn < DRESSED_SHARE + SPRINKLED_SHARE + CAP_SHARE and CLOSE not in text and len(text) > 400:
        return (text + " ") * (occasion.most // len(text) + 1)  # pasted again and again until the box is full
    return text


def _wanted(box: Box, family: Family, random: Random) -> int:
    """How many words they have in them."""
    middle = MIDDLE.get(box, 12.5)
    spread = 0.8 if box in MIDDLE else 2.0
    length = middle * family.manner.length * random.lognormvariate(0, spread)
    return max(1, min(round(length), LONGEST.get(box, 820)))


def _item(box: Box) -> str:
    return ITEMS.get(box, box.value)


def _line_alone(occasion: Occasion, line: Line) -> Remark:
    """A line in another language, as it stands."""
    words = clean(occasion.scene.say(line.piece))
    in_roman_letters = line.language == "ur" and words.isascii()
    return Remark(
        item=_item(occasion.box), service=occasion.service, words=words, kind=Kind.SAFEGUARDING, lean=Lean.NEGATIVE,
        language=line.language, tongue="ur_roman" if in_roman_letters else line.language,
        safeguarding=line.kind if line.serious else "",
    )  # fmt: skip


def _in_tongue(occasion: Occasion, kind: Kind, tongue: Tongue, name: str) -> Remark:
    """A comment in another language, or in two at once."""
    random = occasion.scene.random
    subject = _fitting(kind, occasion)
    said = tongue.services.get(subject.service.key, {})
    side, lean = _side(kind, subject, occasion.box)
    sentences: list[str] = []
    stances: list[Stance] = []
    if side in ("bad", "good", "ask") and (bank := said.get(side)):
        sentences.append(occasion.scene.say(random.choice(bank)))
        stances.append(Stance(subject.service.aspects[0].key, side))
    anywhere = tongue.anywhere.get("bad" if side == "ask" else side, ())
    if anywhere and (not sentences or random.random() < 0.5):
        sentences.append(occasion.scene.say(random.choice(anywhere)))
    if side == "bad" and (asks := said.get("ask")) and random.random() < 0.35:
        sentences.append(occasion.scene.say(random.choice(asks)))
        stances.append(Stance(subject.service.aspects[0].key, "ask"))
    switched = side != "nothing" and random.random() < 0.2
    if switched:
        sentences.insert(random.randint(0, len(sentences)), _english_clause(occasion, subject, side))
    stop = random.choice((". ", ", ", " ", "\n"))
    return Remark(
        item=_item(occasion.box), service=occasion.service, words=clean(stop.join(sentences)), kind=kind, lean=lean,
        stances=tuple(stances), language=tongue.language, tongue=name, switched=switched,
    )  # fmt: skip


def _side(kind: Kind, subject: Subject, box: Box) -> tuple[str, Lean]:
    """What is said in another language in place of each kind of comment."""
    if kind is Kind.NOTHING:
        leans: Mapping[Box, Lean] = {Box.WORKS: Lean.NEGATIVE, Box.CHANGE: Lean.POSITIVE, Box.MISSING: Lean.POSITIVE}
        return "nothing", leans.get(box, Lean.NEUTRAL)
    if kind is Kind.THANKS or (kind is Kind.TERSE and subject.glad):
        return ("thanks", Lean.POSITIVE) if kind is Kind.THANKS and box is Box.ELSE else ("good", Lean.POSITIVE)
    if kind in (Kind.SUGGESTION, Kind.TERSE):
        return "ask", Lean.NEUTRAL
    if subject.glad and kind not in (Kind.COMPLAINT, Kind.ANGRY):
        return "good", Lean.POSITIVE
    return "bad", Lean.NEGATIVE


def _english_clause(occasion: Occasion, subject: Subject, side: str) -> str:
    telling = Telling(occasion.scene, occasion.family.manner, 12)
    telling.about(subject.service)
    aspect = subject.service.aspects[0]
    if not telling.say(aspect, "good" if side in ("good", "thanks") else "bad"):
        return "thank you"
    return telling.clauses[-1][1]
