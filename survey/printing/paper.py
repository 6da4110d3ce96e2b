"""A questionnaire on paper: what stands on it, in order, for somebody who answers with a pen.

Each copy has a reference on every page, so that loose pages find one another. The copy that the public reads
beforehand has none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from survey import codes, pictures, routing, telling
from survey.consultations import WaveFacts
from survey.errors import PrintingError
from survey.languages import offered
from survey.printing import squares
from survey.printing.typesetting import forget, manner, typeset
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
from survey.wording import Words, words_in

BLOCKS: Final = 3  # services or children there is room for: more pages are more than a tired parent fills in
MOST_COPIES: Final = 50  # at once: more are made by asking again
FEWEST_LINES, MOST_LINES, LETTERS_A_LINE = 3, 8, 400
NUMBER_BLANK, TOTAL_BLANK = "{number}", "{total}"
CHILD_BY_CHILD: Final = (
    "A questionnaire that goes from child to child has no paper form yet: nobody can tell how many pages a family "
    "needs. Use one that asks about the family, or fill this one in with the family at its plain pages."
)


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
class Copy:
    """One copy's reference and the square that says it."""

    reference: str
    square: str


def references(copies: int) -> list[str]:
    """So many references, all different. One mistyped character makes each of them wrong."""
    made: dict[str, None] = {}
    while len(made) < copies:
        made[codes.checked()] = None
    return list(made)


def words_of(asked: Questionnaire, language: str) -> Words:
    """The words of a language that the questionnaire is there in. Raises PrintingError, naming those it is in."""
    if language not in asked.languages:
        known = ", ".join(f"{one.code} ({one.english})" for one in offered(asked.languages))
        raise PrintingError(f"{asked.id} is not there in {language!r}. Choose one of: {known}.")
    return words_in(language)


def paper(
    asked: Questionnaire, wave: WaveFacts, words: Words, *, copies: Sequence[str] = (), return_to: str = ""
) -> bytes:
    """The questionnaire as a PDF to print: a copy for each reference, or one to read beforehand if there are none.

    ``return_to`` is where forms are posted; without it people are asked to hand them in where they got them.
    Raises PrintingError if no font can write it, or if forms are wanted of one that goes from child to child.
    """
    if copies and asked.children:
        raise PrintingError(CHILD_BY_CHILD)
    given = {
        "manner": manner(words.spoken),
        "title": words.of(asked.title),
        "lead": words.of(asked.about),
        "facts": list(_facts(asked, wave, words, to_send=bool(copies), return_to=return_to)),
        "safety": words("door.safety"),
        "parts": [asdict(part) for part in parts(asked, words)],
        "end": words("paper.end"),
        "page": words("paper.page", number=NUMBER_BLANK, total=TOTAL_BLANK),
        "form": words("paper.form"),
        "copies": [asdict(Copy(one, squares.svg(one).decode())) for one in copies],
    }
    made = typeset("paper", given, dated=wave.opens_at)
    if len(copies) > 1:
        forget()
    return made


def parts(asked: Questionnaire, words: Words) -> list[Part]:
    """Every section with its questions, numbered in order."""
    return _Paper(asked, words).parts()


def _facts(
    asked: Questionnaire, wave: WaveFacts, words: Words, *, to_send: bool, return_to: str
) -> Iterator[tuple[str, str]]:
    yield words("start.who_asks"), words.of(asked.asked_by)
    yield words("start.what_happens"), words.of(asked.what_happens)
    if not to_send:
        yield words("paper.reading_title"), words("paper.reading")
        yield words("start.help"), words.of(asked.contact)
        return
    yield words("paper.fill_title"), words("paper.fill")
    by = words("paper.back_by", day=f"{wave.closes_at:%-d %B %Y}")
    how = words("paper.back_to", address=return_to) if return_to else words("paper.back_here")
    yield words("paper.back_title"), f"{how} {by} {words('paper.keeps_together')}"


class _Paper:
    """One questionnaire in one language, being laid out."""

    def __init__(self, asked: Questionnaire, words: Words) -> None:
        self.asked, self.words = asked, words
        kept = [item for _, item in asked.items() if self._is_on_paper(item)]
        self.numbers = {item.id: number for number, item in enumerate(kept, 1)}

    def parts(self) -> list[Part]:
        return [
            Part(self.words.of(section.title), list(self._intro(section)), blocks)
            for section in self.asked.sections
            if self._holds_on_paper(section.ask_if) and (blocks := list(self._blocks(section)))
        ]

    def _is_on_paper(self, item: SimpleItem) -> bool:
        """Nobody is asked on paper how they are answering."""
        return item.id != self.asked.roles.channel and self._holds_on_paper(item.ask_if)

    def _holds_on_paper(self, ask_if: AskIf | None) -> bool:
        on_channel = ask_if is not None and ask_if.item == self.asked.roles.channel
        return not (ask_if and on_channel) or Channel.PAPER in ask_if.is_one_of

    def _intro(self, section: Section) -> Iterator[str]:
        if only_if := self._only_if(section.ask_if):
            yield only_if
        if section.intro:
            yield self.words.of(section.intro)
        if isinstance(section.block, ServiceMatrix):
            yield self.words("paper.services", number=self.numbers[section.block.services], most=self._room(section))

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
