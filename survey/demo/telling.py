"""A comment being put together, piece by piece, and set down in its writer's manner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import NamedTuple

from survey.demo import noise
from survey.demo.material import Aspect, Service
from survey.demo.phrases import Piece, book
from survey.demo.scene import Scene
from survey.demo.voices import Manner


class Link(StrEnum):
    """How a clause hangs on the one before."""

    NEW = "new"  # a sentence of its own
    SO = "so"  # what came of it
    BUT = "but"
    AND = "and"
    LINE = "line"  # on a line of its own


class Stance(NamedTuple):
    """One thing a comment says: an aspect of a service, and whether for good, for ill, or as a request."""

    aspect: str
    side: str  # good, bad, ask


SO_WORDS = ("so", "so now", "which means", "because of that", "the result is", "now")
TURNS = {"bad": ("lead_bad", "tail"), "good": ("lead_good", "tail_good")}
BUT_JOINTS = ("but", "but", "although", "however", "but then")
BUT_WORDS = ("But", "But", "However,", "Mind you,", "On the other hand", "That said,", "BUT")
STOPS = (".", ".", ".", ".", "!")


@dataclass(slots=True)
class Telling:
    """The clauses so far, and what has been said in them."""

    scene: Scene
    manner: Manner
    wanted: int  # words
    clauses: list[tuple[Link, str]] = field(default_factory=list)
    words: int = 0
    used: set[int] = field(default_factory=set)
    stances: list[Stance] = field(default_factory=list)
    before: str = ""  # words that open the next clause

    @property
    def random(self) -> Random:
        """The source of chance."""
        return self.scene.random

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.random.random() < share

    def short(self) -> bool:
        """Whether there is room for another clause of middling length."""
        return self.words + 6 < self.wanted

    def add(self, text: str, link: Link = Link.NEW) -> None:
        """Another clause."""
        if self.before:
            text, self.before = f"{self.before} {text}", ""
        self.clauses.append((link, text))
        self.words += text.count(" ") + 1

    def from_bank(self, bank: Sequence[Piece], link: Link = Link.NEW) -> bool:
        """Another clause, from a bank of pieces, not one that was used already. False if there is none left."""
        if not bank:
            return False
        start = int(self.random.random() * len(bank))
        for offset in range(len(bank)):
            piece = bank[(start + offset) % len(bank)]
            if id(piece) not in self.used and piece.fits(self.scene.age):
                self.used.add(id(piece))
                self.add(self.scene.say(piece), link)
                return True
        return False

    def general(self, name: str, link: Link = Link.NEW) -> bool:
        """Another clause from what fits any service: ``feeling``, ``home``, ``system`` and so on."""
        return self.from_bank(book("family")[name], link)

    def open(self, name: str = "opening") -> None:
        """Words that open the next clause, or a sentence of their own where they end with a stop."""
        words = self.scene.say(self.random.choice(book("family")[name]))
        if words.endswith("."):
            self.add(words)
        else:
            self.before = words

    def say(self, aspect: Aspect, side: str, link: Link = Link.NEW) -> bool:
        """A clause on one aspect: ``bad``, ``good`` or ``ask``. False if all of them have been said."""
        lead, tail = TURNS.get(side, ("", ""))
        if lead and self.clauses and not self.before and self.wanted > 14 and self.chance(0.16):
            self.open(lead)
        if not self.from_bank(_bank(aspect, side), link):
            self.before = ""
            return False
        if tail and self.short() and self.chance(0.12):
            self.trail(tail)
        self.holds(aspect, side)
        return True

    def trail(self, name: str) -> None:
        """A few words more on the last clause."""
        link, text = self.clauses[-1]
        words = self.scene.say(self.random.choice(book("family")[name]))
        self.clauses[-1] = (link, f"{text}{self.random.choice((', ', ' '))}{words}")

    def holds(self, aspect: Aspect, side: str) -> None:
        """Note what the comment says."""
        if (stance := Stance(aspect.key, side)) not in self.stances:
            self.stances.append(stance)

    def about(self, service: Service) -> None:
        """From here on "it" is this service."""
        self.scene.called = service.called

    def written(self, *, glad: bool) -> str:
        """The comment as its writer set it down, marks still in it."""
        if self.manner.cites and len(self.clauses) > 3 and not glad:
            at = self.random.randrange(1, len(self.clauses) - 1)
            self.clauses[at] = (Link.NEW, f"{noise.citation(self.random)} {self.clauses[at][1]}")
        if self.before:
            self.add("…")
        self.clauses = [(link, noise.varied(text, self.random)) for link, text in self.clauses]
        text = noise.worn(_set_down(self.clauses, self.manner, self.random), self.manner, self.random)
        if self.manner.lower:
            text = text[:1].lower() + text[1:]
        if self.manner.emoji and self.chance(0.7):
            text = f"{text.rstrip('.')} {noise.emoji(self.random, glad=glad)}"
        return text


def _bank(aspect: Aspect, side: str) -> tuple[Piece, ...]:
    match side:
        case "bad":
            return aspect.bad
        case "good":
            return aspect.good
        case _:
            return aspect.ask


def _set_down(clauses: Iterable[tuple[Link, str]], manner: Manner, random: Random) -> str:
    return _run_on(clauses, manner, random) if manner.unpunctuated else _punctuated(clauses, manner, random)


def _run_on(clauses: Iterable[tuple[Link, str]], manner: Manner, random: Random) -> str:
    """One thought after another with hardly a stop between them."""
    said: list[str] = []
    for link, text in clauses:
        if said:
            said.append(_run_on_link(link, manner, random))
        said.append(text.rstrip("."))
    return "".join(said)


def _run_on_link(link: Link, manner: Manner, random: Random) -> str:
    if manner.dictated and random.random() < 0.3:
        return f" {noise.aside(random)} "
    match link:
        case Link.SO:
            return " so "
        case Link.BUT:
            return " but "
        case Link.LINE:
            return "\n"
        case _:
            return random.choice((" ", " and ", " and ", " also ", "\n", " then ", ", "))


def _punctuated(clauses: Iterable[tuple[Link, str]], manner: Manner, random: Random) -> str:
    said: list[str] = []
    begun, joined, sentences = False, 0, 0  # whether a sentence is open, and how many clauses are in it
    for link, text in clauses:
        if not begun:
            said.append(_capital(text))
        elif (joint := _joint(link, joined, random)) is not None:
            said += [joint, text]
            joined += 1
            continue
        else:
            sentences += 1
            said += [_stop(said[-1], manner, random), _gap(link, sentences, manner, random), _begun(link, text, random)]
        begun, joined = True, 0
        if manner.capitals and random.random() < manner.capitals:
            said[-1] = said[-1].upper()
    return "".join(said) + (_stop(said[-1], manner, random) if said and random.random() < 0.85 else "")


def _joint(link: Link, joined: int, random: Random) -> str | None:
    """What joins a clause to the sentence that is open, or None where a new sentence begins."""
    if joined > 1 or link is Link.LINE:
        return None
    match link:
        case Link.AND:
            return " and "
        case Link.BUT if random.random() < 0.55:
            return f", {random.choice(BUT_JOINTS)} "
        case Link.SO if random.random() < 0.6:
            return random.choice((", so ", " so ", " and ", ", which means ", " which means ", " - "))
        case Link.NEW if random.random() < 0.25:
            return random.choice((" and ", ", ", ", ", " - ", "; ", " and ", ", also "))
        case _:
            return None


def _begun(link: Link, text: str, random: Random) -> str:
    """The beginning of a sentence, with the word that ties it to the last one."""
    if link is Link.SO and random.random() < 0.5:
        return f"{random.choice(SO_WORDS).capitalize()} {text}"
    if link is Link.BUT:
        return f"{random.choice(BUT_WORDS)} {text}"
    return _capital(text)


def _stop(last: str, manner: Manner, random: Random) -> str:
    if last[-1:] in ".!?:,":
        return ""
    if manner.exclaims and random.random() < 0.5:
        return random.choice(("!", "!!", "!!!", "!"))
    return random.choice(STOPS) if random.random() < 0.05 else "."


def _gap(link: Link, sentences: int, manner: Manner, random: Random) -> str:
    if link is Link.LINE:
        return "\n"
    if manner.line_breaks and sentences % 3 == 0:
        return random.choice(("\n\n", "\n"))
    return " "


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
