"""What a report says: one set of figures, from which the page, the documents and the open data are all made.

A sentence is a template over figures. Nothing else puts a number into it, so whatever a sentence says can be looked up,
worked out again, and compared with what is known now. Quotations are referred to by the number of their comment: their
words are put in when somebody looks, and are gone when their writer takes them back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from pydantic import TypeAdapter

from analysis.columns import Sentiment
from analysis.phrases import listed, number, percent, points, swing, unclear
from analysis.report import scale

TONES: Final = {
    Sentiment.NEGATIVE: "negative",
    Sentiment.MIXED: "mixed or unclear",
    Sentiment.NEUTRAL: "neutral",
    Sentiment.POSITIVE: "positive",
}
"""What tones are called."""

IN_ENGLISH_FROM: Final = "en-t-"
"""How the language of a translation begins: "en-t-ur" is English put from Urdu (BCP 47, extension T)."""


class Unit(StrEnum):
    """What the number of a figure is."""

    SHARE = "share"  # 0 to 1, of a base
    COUNT = "count"
    DIFFERENCE = "difference"  # of two shares, -1 to 1


class Behind(StrEnum):
    """Which comments lie behind a number that is of no theme."""

    READ = "read"
    WAITING = "waiting"  # to be read
    FOREIGN = "foreign"  # in another language, and put into English by nobody


@dataclass(frozen=True)
class Filters:
    """Which people or comments a figure is of: "" where it does not matter."""

    wave: str  # its code
    theme: str = ""  # its key
    stance: str = ""  # one of those in analysis.report.stances
    district: str = ""  # its code
    waves: str = ""  # what the wave or waves are called, where no one code leads to them
    behind: str = ""  # one of Behind, where a figure of no theme counts comments or their writers


@dataclass(frozen=True)
class Figure:
    """One number of a sentence, as it may be shown, and all that it rests on."""

    name: str  # in the template of its sentence
    unit: Unit
    number: float
    formula: str
    filters: Filters
    count: float | None = None
    base: float | None = None
    low: float | None = None
    high: float | None = None
    step: int = 1  # numbers of people are rounded to the nearest of this

    def __format__(self, wanted: str) -> str:
        """How a part of it is said in a sentence: its number, "base", "low", "high", "word", "size" or "swing"."""
        return _SAID[wanted](self)


@dataclass(frozen=True)
class Sentence:
    """One thing that is said, and the figures it is made from."""

    key: str  # its own in a report, and the same in every report of the same finding
    template: str
    figures: tuple[Figure, ...] = ()
    names: tuple[tuple[str, str], ...] = ()  # what themes, places and waves in it are called

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        figures = {figure.name: figure for figure in self.figures}
        said = self.template.format(**figures, **dict(self.names))
        return said[:1].upper() + said[1:]


@dataclass(frozen=True)
class Quote:
    """One comment that is quoted. ``words`` are "" in what is stored, and where they were taken back."""

    comment_id: int
    words: str
    language: str
    sentiment: str
    district: str  # its name, "" where it was not given
    theme: str = ""  # the key of the theme it stands under, "" for what is told beside the themes

    @property
    def read_as(self) -> str:
        """In which tone it was read, in words; "" where it has not been."""
        tone = TONES.get(Sentiment(self.sentiment)) if self.sentiment else None
        return f"Read as {tone}." if tone else ""

    @property
    def is_translated(self) -> bool:
        """Whether its words are a person's translation into English."""
        return self.language.startswith(IN_ENGLISH_FROM)


@dataclass(frozen=True)
class Finding:
    """One theme: how many raise it, what they praise, criticise and ask for, where, and whether that changed."""

    theme: str
    label: str
    description: str  # what belongs under it, "" where nobody has said
    how_many: Sentence
    stances: tuple[Sentence, ...]
    disagreement: tuple[Sentence, ...]
    where: tuple[Sentence, ...]
    change: tuple[Sentence, ...]
    quotes: tuple[Quote, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All of them, in the order they are read."""
        return (self.how_many, *self.stances, *self.disagreement, *self.where, *self.change)


@dataclass(frozen=True)
class Table:
    """Figures that have been through the gate, as a table. A figure that is held back is None."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    note: str = ""
    number: str = ""
    """Whom its column "Number" counts; "" in reports that were signed off before that was kept, as is the next."""
    of: str = ""
    """Whom its column "Of" counts."""


@dataclass(frozen=True)
class Drawing:
    """How quotations were chosen: the rule in words, and the number from which chance began."""

    rule: str
    seed: int


@dataclass(frozen=True)
class Coverage:
    """Who the summary left out: beside as many words of comments drawn by chance, overall and by group."""

    sentences: tuple[Sentence, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Decided:
    """One action of the ledger, as the ledger told of it on the day of the report."""

    number: int
    about: str  # what the theme or service is called
    theme: str  # its key, "" for a service
    told: str
    state: str  # in words
    because: str
    owner: str
    due: date | None
    overdue: bool
    places: tuple[str, ...]  # none for all
    expected: str
    tags: tuple[str, ...]
    felt: str  # one of the words for what later waves say, "" where nothing is meant to be felt
    evidence: Sentence
    since: Sentence | None
    called: str  # what later waves said when it was called done
    beside: Sentence | None = field(default=None, compare=False)
    """What was expected beside how the share moved since, where both are known. It says nothing that ``expected`` and
    ``since`` do not, so an action of a report from before there was this is no other action for it."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What it is based on and what came of it."""
        return tuple(one for one in (self.evidence, self.since, self.beside) if one)

    @property
    def lines(self) -> tuple[str | Sentence, ...]:
        """All that there is to say of it below what was decided, line by line."""
        told: list[str | Sentence] = [f"Why not: {self.because}"] if self.because else []
        told += [f"Where: {listed(list(self.places))}"] if self.places else []
        told.append(self.evidence)
        if self.since:
            told.append(f"Owner: {self.owner or 'no owner yet'}")
            late = " It is overdue." if self.overdue else ""
            told += [f"Due: {self.due:%-d %B %Y}.{late}"] if self.due else []
            told += [f"Expected: {self.expected}"] if self.expected and not self.beside else []
            told += [self.since, *([self.beside] if self.beside else [])]
        told += [f"When it was called done: {self.called}."] if self.called else []
        told += [f"For: {'; '.join(self.tags)}"] if self.tags else []
        return tuple(told)


@dataclass(frozen=True)
class Details:
    """The consultation and the wave, as somebody has to know them who reads a report alone."""

    consultation: str
    kind: str
    owner: str
    wave: str
    wave_code: str
    opens_at: datetime
    closes_at: datetime
    before: str = ""  # the title of the wave it is compared with
    decision_date: date | None = None
    demonstration: bool = False
    rating: str = ""
    """The question by which services were rated, "" where none was, and in reports from before it was kept."""
    own_words: tuple[str, ...] = ()
    """The questions that were answered in people's own words; none in reports from before they were kept."""


@dataclass(frozen=True)
class Versions:
    """Everything that has to be the same for a report to come out the same."""

    change: int  # the number of the last change to the answers in it
    frame: int  # the number of the coding frame
    act: int | None  # the last thing anybody had done to the themes
    code: str
    seed: int
    readers: tuple[str, ...] = ()  # which models had read the comments


@dataclass(frozen=True)
class Content:
    """All that a report says. Every number in it may be seen by whoever may read the report."""

    details: Details
    profile: tuple[Table, ...]  # who answered
    opening: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]
    drawing: Drawing
    beside: tuple[Quote, ...]  # what is told beside the themes
    coverage: Coverage
    methods: tuple[str, ...]
    limits: tuple[str, ...]
    versions: Versions
    decided: tuple[Decided, ...] | None = None
    """The ledger as it stood; None in reports that were signed off before it was kept with them."""
    here: tuple[str, ...] = ()
    """What the methods came to in this wave, and how good people who checked them found them."""
    wrong: tuple[str, ...] = ()
    """What the methods get wrong."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence that rests on figures."""
        told = [sentence for finding in self.findings for sentence in finding.sentences]
        return (*self.opening, *told, *self.of_ledger, *self.coverage.sentences)

    @property
    def of_ledger(self) -> tuple[Sentence, ...]:
        """Those of them that tell of what was decided."""
        return tuple(sentence for one in self.decided or () for sentence in one.sentences)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quotation."""
        return (*(quote for finding in self.findings for quote in finding.quotes), *self.beside)

    def without_quotes(self) -> "Content":
        """The same with no quotation in it: what may be stored for ever."""
        findings = tuple(replace(finding, quotes=()) for finding in self.findings)
        return replace(self, findings=findings, beside=())

    def with_quotes(self, quotes: tuple[Quote, ...]) -> "Content":
        """The same with these quotations, each under its theme."""
        findings = tuple(
            replace(finding, quotes=tuple(quote for quote in quotes if quote.theme == finding.theme))
            for finding in self.findings
        )
        return replace(self, findings=findings, beside=tuple(quote for quote in quotes if not quote.theme))


_STORED: Final = TypeAdapter(Content)


def dumped(content: Content) -> str:
    """A report as it is stored: the same content gives the same text, and no quotation is in it."""
    return _STORED.dump_json(content.without_quotes()).decode()


def loaded(text: str) -> Content:
    """A report as it was stored. Raises pydantic's ValidationError for what is none."""
    return _STORED.validate_json(text)


def _whole(figure: Figure) -> str:
    said = {Unit.SHARE: percent, Unit.COUNT: lambda value: _people(value, figure.step), Unit.DIFFERENCE: points}
    return said[figure.unit](figure.number)


def _people(value: float, step: int) -> str:
    return f"about {number(value)}" if step > 1 else number(value)


def _end(value: float | None) -> float:
    if value is None:
        raise ValueError("This figure has no range.")
    return value


_SAID: Final[Mapping[str, Callable[[Figure], str]]] = {
    "": _whole,
    "base": lambda figure: _people(_end(figure.base), figure.step),
    "low": lambda figure: percent(_end(figure.low)),
    "high": lambda figure: percent(_end(figure.high)),
    "word": lambda figure: scale.word(figure.number, _end(figure.low)),
    "swing": lambda figure: swing(_end(figure.low), _end(figure.high)),
    "unclear": lambda figure: unclear(_end(figure.low), _end(figure.high)),
}
