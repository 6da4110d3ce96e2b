"""A questionnaire: its sections, its items and the ways they may be answered.

The files in ``survey/questionnaires/`` are read into these models, which cannot be changed afterwards and
refuse any key they do not know. A page of a questionnaire and the rules of who is asked what are in ``routing``.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from survey.errors import UnknownItem

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]*$", max_length=32)]
Wording = Annotated[dict[str, str], Field(min_length=1)]  # by language: { en = "…", pl = "…" }


class Standing(StrEnum):
    """What choosing an option means for the figures. Only an answer counts in a base."""

    ANSWER = "answer"
    NOT_APPLICABLE = "not_applicable"
    NOT_SURE = "not_sure"
    NOT_OFFERED = "not_offered"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"


class Tone(StrEnum):
    """Which way an option points, where it points at all."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Direction(StrEnum):
    """What a comment was asked for: decides what "nothing" means."""

    PRAISE = "praise"
    CRITICISM = "criticism"
    OPEN = "open"


class AnswerKey(NamedTuple):
    """What an answer is to: an item, about one service and one child where those apply."""

    item: str
    service: str | None = None
    child: int | None = None

    def __str__(self) -> str:
        """The key as drafts store it: ``rating:asd_path`` or ``age_band#2``."""
        about = f":{self.service}" if self.service is not None else ""
        return f"{self.item}{about}" + (f"#{self.child}" if self.child is not None else "")

    @classmethod
    def parse(cls, text: str) -> "AnswerKey":
        """The key that ``str`` wrote. A child that is no number raises ValueError."""
        text, _, child = text.partition("#")
        item, _, service = text.partition(":")
        return cls(item, service or None, int(child) if child else None)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Option(_Frozen):
    """One of the answers offered."""

    code: Code
    text: Wording
    hint: Wording | None = None
    picture: Identifier | None = None  # of survey/pictures, for Easy Read
    standing: Standing = Standing.ANSWER
    tone: Tone | None = None


class AskIf(_Frozen):
    """Ask only those who gave one of these answers to an earlier item."""

    item: Identifier
    is_one_of: Annotated[tuple[Code, ...], Field(min_length=1)]


class _Item(_Frozen):
    id: Identifier
    text: Wording
    hint: Wording | None = None
    optional: bool = False
    ask_if: AskIf | None = None
    missing: Wording | None = None  # what to say when it is left out: "Select how …"


class _Asked(_Item):
    picture: Identifier | None = None  # of survey/pictures, for Easy Read


class _WithOptions(_Asked):
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    def option(self, code: str) -> Option | None:
        """The option with that code, if it is offered."""
        return next((option for option in self.options if option.code == code), None)

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        codes = [option.code for option in self.options]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"item {self.id!r} offers the code {twice[0]!r} twice; give each option its own code")
        return self


class Choice(_WithOptions):
    """One answer of several offered."""

    kind: Literal["choice"]


class Several(_WithOptions):
    """Any number of the answers offered."""

    kind: Literal["several"]


class Scale(_WithOptions):
    """One labelled point on a scale, in order."""

    kind: Literal["scale"]


class Number(_Asked):
    """A whole number."""

    kind: Literal["number"]
    at_least: int = 0
    at_most: int = 1_000


class Date(_Asked):
    """A day: the past unless said otherwise."""

    kind: Literal["date"]
    earliest: date | None = None
    may_be_future: bool = False


class Comment(_Asked):
    """Their own words."""

    kind: Literal["comment"]
    max_length: Annotated[int, Field(gt=0, le=20_000)] = 4_000
    direction: Direction = Direction.OPEN


SimpleItem = Annotated[Choice | Several | Scale | Number | Date | Comment, Field(discriminator="kind")]


class _Block(_Item):
    items: Annotated[tuple[SimpleItem, ...], Field(alias="item", min_length=1)]


class ServiceMatrix(_Block):
    """The same few items about each service somebody chose, a page for each."""

    kind: Literal["service_matrix"]
    services: Identifier  # the ``several`` item they were chosen in


class Repeat(_Block):
    """The same few items about each child, a page for each."""

    kind: Literal["repeat"]
    times: Identifier  # the ``number`` item that says how many
    at_most: Annotated[int, Field(gt=0, le=20)] = 6


Item = Annotated[
    Choice | Several | Scale | Number | Date | Comment | ServiceMatrix | Repeat, Field(discriminator="kind")
]
Optioned = (Choice, Several, Scale)
Blocks = (ServiceMatrix, Repeat)


class Section(_Frozen):
    """What is asked together, on one page (or one page for each service or child)."""

    id: Identifier
    title: Wording
    intro: Wording | None = None
    ask_if: AskIf | None = None
    each_child: bool = False  # asked once for each child: see ``Children``
    items: Annotated[tuple[Item, ...], Field(alias="item", min_length=1)]

    @cached_property
    def block(self) -> ServiceMatrix | Repeat | None:
        """The service matrix or repeat that this section consists of, if it is one."""
        first = self.items[0]
        return first if isinstance(first, Blocks) else None

    @cached_property
    def asked_items(self) -> tuple[SimpleItem, ...]:
        """The items on each of its pages."""
        return self.block.items if self.block else tuple(i for i in self.items if not isinstance(i, Blocks))


class Children(_Frozen):
    """How the sections that say ``each_child`` are gone through: all of them about one child, then the next."""

    another: Identifier  # a choice at the end of them, whose code ``yes`` begins the next child
    at_most: Annotated[int, Field(gt=1, le=20)] = 8


class Roles(_Frozen):
    """Which items the figures are made from."""

    services: Identifier | None = None
    rating: Identifier | None = None
    district: Identifier | None = None
    channel: Identifier | None = None
    age_band: Identifier | None = None
    plan: Identifier | None = None
    quotable: Identifier | None = None  # a choice whose code ``yes`` lets words be quoted


class Questionnaire(_Frozen):
    """An instrument: what is asked, in what order and words."""

    id: Identifier
    languages: Annotated[tuple[str, ...], Field(min_length=1)] = ("en",)
    areas: Identifier | None = None
    title: Wording
    asked_by: Wording
    about: Wording
    what_happens: Wording
    contact: Wording
    minutes: Annotated[int, Field(gt=0, le=120)]
    any_order: bool = False  # its sections are answered from a list, in whatever order
    roles: Roles = Roles()
    children: Children | None = None
    sections: Annotated[tuple[Section, ...], Field(alias="section", min_length=1)]

    def items(self) -> Iterator[tuple[Section, SimpleItem]]:
        """Every item that is answered, in order, with its section."""
        for section in self.sections:
            for item in section.asked_items:
                yield section, item

    def item(self, item_id: str) -> SimpleItem:
        """The item of that name. Raises UnknownItem, with a near name, if there is none."""
        if item_id not in self._items_by_name:
            raise UnknownItem(item_id, self._items_by_name)
        return self._items_by_name[item_id]

    def section(self, section_id: str) -> Section | None:
        """The section of that name, if there is one."""
        return self._sections_by_name.get(section_id)

    # Every page of every respondent looks these up many times over, and a questionnaire never changes.

    @cached_property
    def _items_by_name(self) -> dict[str, SimpleItem]:
        return {item.id: item for _, item in self.items()}

    @cached_property
    def _sections_by_name(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def for_each_child(self) -> tuple[Section, ...]:
        """The sections that are gone through child by child."""
        return tuple(section for section in self.sections if section.each_child)

    @property
    def on_paper(self) -> tuple[Section, ...]:
        """The sections as a paper form has them: what is asked of the family, then what is asked of each child."""
        of_family = tuple(section for section in self.sections if not section.each_child)
        return of_family + self.for_each_child

    @property
    def another_child(self) -> str:
        """The name of the item that asks whether there is another child; "" where none does."""
        return self.children.another if self.children else ""

    @property
    def tells_of_children(self) -> bool:
        """Whether anything is asked about one child after another."""
        return any(self.is_of_each_child(item.id) for _, item in self.items())

    def is_of_each_child(self, item_id: str) -> bool:
        """Whether an item is asked about each child."""
        of_child = (section for section in self.sections if section.each_child or isinstance(section.block, Repeat))
        return any(item.id == item_id for section in of_child for item in section.asked_items)

    def role(self, name: str) -> SimpleItem | None:
        """The item that plays a role such as ``district``, if one does."""
        item_id: str | None = getattr(self.roles, name)
        return self.item(item_id) if item_id else None
