"""The questions of a questionnaire as they stand on paper, in order and numbered, with what a screen does by itself
put as instructions.

A form asks the family first and then about one child after another, the same pages for each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from survey import pictures, routing, telling
from survey.questionnaire import (
    AskIf,
    Comment,
    Date,
    Number,
    Option,
    Optioned,
    Questionnaire,
    Repeat,
    Section,
    ServiceMatrix,
    Several,
    SimpleItem,
)
from survey.tables import Channel
from survey.wording import Words

BLOCKS: Final = 3  # services or children there is room for: more pages are more than a tired parent fills in
FEWEST_LINES, MOST_LINES, LETTERS_A_LINE = 3, 8, 400


@dataclass(frozen=True)
class Tick:
    """A box to tick, and what it stands for."""

    text: str
    hint: str
    picture: str  # a drawing, in Easy Read


@dataclass(frozen=True)
class Question:
    """One question, with boxes to tick or room to write."""

    number: int
    text: str
    hint: str
    picture: str  # a drawing, in Easy Read
    how: str  # tick one, or all that apply
    only_if: str
    ticks: list[Tick]
    lines: int
    boxes: list[str]  # small boxes to write figures in, and what each is for


@dataclass(frozen=True)
class Block:
    """Questions that belong together: a section, or as much of it as is about one service or child."""

    title: str
    write_in: str  # what to write on the line below the title, if there is a line
    questions: list[Question]


@dataclass(frozen=True)
class Part:
    """One section."""

    title: str
    intro: list[str]
    blocks: list[Block]


@dataclass(frozen=True)
class ChildPages:
    """The pages about one child, where a form goes from child to child."""

    title: str
    intro: list[str]
    parts: list[Part]
    another: str  # the question whether there is a further child, which is answered by filling in their pages
    onward: list[str]  # where to go if there is, and if there is none


class Layout:
    """One questionnaire in one language, being laid out: to be filled in, or to be read beforehand."""

    def __init__(self, asked: Questionnaire, words: Words, *, to_fill_in: bool) -> None:
        self.asked, self.words, self.to_fill_in = asked, words, to_fill_in
        self.sections = asked.on_paper if to_fill_in else asked.sections
        kept = [item for section in self.sections for item in section.asked_items if self._is_on_paper(item)]
        self.numbers = {item.id: number for number, item in enumerate(kept, 1)}

    def parts(self) -> list[Part]:
        """Every section, in order; of a form to fill in, those of the family alone: see ``pages_of_child``."""
        return [
            part
            for section in self.sections
            if not (self.to_fill_in and section.each_child) and (part := self._part(section, child=0))
        ]

    def pages_of_child(self, child: int, *, last: int) -> ChildPages:
        """The pages to fill in about one child, of those up to the last that there are pages for."""
        words, asked = self.words, self.asked.children
        parts = [part for section in self.asked.for_each_child if (part := self._part(section, child))]
        further = child < asked.at_most if asked else False
        return ChildPages(
            title=words("paper.child_of", number=child, total=last),
            intro=[words("paper.child_if")] if child > 1 else [],
            parts=parts,
            another=words.of(self.asked.item(asked.another).text) if asked and further else "",
            onward=list(self._onward(child, last)) if further else [words("paper.end")],
        )

    def _onward(self, child: int, last: int) -> Iterator[str]:
        if child < last:
            yield self.words("paper.go_on", child=self.words("paper.child_of", number=child + 1, total=last))
        else:
            yield self.words("paper.more_pages", child=self.words("step.child", number=child + 1))
        yield self.words("paper.finished")

    def _part(self, section: Section, child: int) -> Part | None:
        """A section with what there is to ask in it; None if that is nothing. Child 0 stands for no one child."""
        if not self._holds_on_paper(section.ask_if) or not (blocks := list(self._blocks(section))):
            return None
        title = self.words.of(section.title) if child else telling.in_general(section, self.words)
        return Part(title, list(self._intro(section, child)), blocks)

    def _is_on_paper(self, item: SimpleItem) -> bool:
        """Nobody is asked on paper how they are answering, nor to tick what filling in the next pages says."""
        is_said_otherwise = self.to_fill_in and item.id == self.asked.another_child
        return item.id != self.asked.roles.channel and not is_said_otherwise and self._holds_on_paper(item.ask_if)

    def _holds_on_paper(self, ask_if: AskIf | None) -> bool:
        on_channel = ask_if is not None and ask_if.item == self.asked.roles.channel
        return not (ask_if and on_channel) or Channel.PAPER in ask_if.is_one_of

    def _intro(self, section: Section, child: int) -> Iterator[str]:
        if only_if := self._only_if(section.ask_if):
            yield only_if
        if section.intro:
            yield self.words.of(section.intro)
        if isinstance(section.block, ServiceMatrix):
            facts = {"number": self.numbers[section.block.services], "most": self._room(section)}
            if child:
                yield self.words("paper.services_of_child", child=self.words("step.child", number=child), **facts)
            else:
                yield self.words("paper.services", **facts)

    def _room(self, section: Section) -> int:
        match section.block:
            case ServiceMatrix(services=source):
                return min(BLOCKS, len(routing.services_offered(self.asked, source)))
            case Repeat(at_most=most):
                return min(BLOCKS, most)
            case _:
                return 1

    def _blocks(self, section: Section) -> Iterator[Block]:
        questions = [self._question(item) for item in section.asked_items if self._is_on_paper(item)]
        if not questions:
            return
        for number in range(1, self._room(section) + 1):
            match section.block:
                case ServiceMatrix():
                    title = self.words("paper.service", number=number)
                    yield Block(title, self.words("paper.which_service"), questions)
                case Repeat():
                    yield Block(self.words("step.child", number=number), "", questions)
                case _:
                    yield Block("", "", questions)

    def _question(self, item: SimpleItem) -> Question:
        of = self.words.of
        options = item.options if isinstance(item, Optioned) else ()
        return Question(
            number=self.numbers[item.id],
            text=of(item.text),
            hint=of(item.hint) if item.hint else "",
            picture=self._picture(item),
            how=self._how(item),
            only_if=self._only_if(item.ask_if),
            ticks=[
                Tick(of(option.text), of(option.hint) if option.hint else "", self._picture(option))
                for option in options
            ],
            lines=_lines(item),
            boxes=self._boxes(item),
        )

    def _picture(self, part: SimpleItem | Option) -> str:
        name = telling.picture(part, self.words)
        return pictures.drawing(name) if name else ""

    def _how(self, item: SimpleItem) -> str:
        if not isinstance(item, Optioned):
            return ""
        return self.words("paper.tick_any") if isinstance(item, Several) else self.words("paper.tick_one")

    def _boxes(self, item: SimpleItem) -> list[str]:
        if isinstance(item, Date):
            return [self.words("step.day"), self.words("step.month"), self.words("step.year")]
        return [""] if isinstance(item, Number) else []

    def _only_if(self, ask_if: AskIf | None) -> str:
        """What a screen does by itself, as an instruction: which answer to an earlier question this is for."""
        if ask_if is None or ask_if.item == self.asked.roles.channel:
            return ""
        source = self.asked.item(ask_if.item)
        offered = source.options if isinstance(source, Optioned) else ()
        ticked = [self.words.of(option.text) for option in offered if option.code in ask_if.is_one_of]
        number = self.numbers[ask_if.item]
        if len(ticked) == 1:
            return self.words("paper.only_if_one", answer=ticked[0], number=number)
        return self.words("paper.only_if_any", answers="; ".join(ticked), number=number)


def _lines(item: SimpleItem) -> int:
    if not isinstance(item, Comment):
        return 0
    return max(FEWEST_LINES, min(MOST_LINES, item.max_length // LETTERS_A_LINE))
