"""Each row of an export checked against the others and against what was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple
from uuid import UUID

from survey.checking import UNWRITTEN
from survey.exchange.reading import Problems, Row
from survey.exchange.rows import AnswerRow, CommentRow, ResponseRow, read
from survey.questionnaire import (
    Choice,
    Comment,
    Date,
    Number,
    Questionnaire,
    Repeat,
    Scale,
    ServiceMatrix,
    Several,
    SimpleItem,
)
from survey.routing import services_offered


class Asked(NamedTuple):
    """An item as it was asked: about which services, and about how many children at most."""

    item: SimpleItem
    services: frozenset[str] = frozenset()
    children: int = 0


@dataclass(slots=True)
class Checker:
    """Looks at every row and tells each problem. A row that has one is left out."""

    problems: Problems
    questionnaires: Mapping[str, Questionnaire]  # by wave
    responses: dict[str, ResponseRow] = field(default_factory=dict)  # by reference
    lines: dict[str, Row] = field(default_factory=dict)  # where each response stands
    _ids: set[UUID] = field(default_factory=set)
    _answered: set[tuple[str, ...]] = field(default_factory=set)
    _asked: dict[str, Mapping[str, Asked]] = field(default_factory=dict)

    def response(self, row: Row) -> None:
        """A row of responses.csv."""
        line = read(ResponseRow, row, self.problems)
        if line is None:
            return
        if line.wave not in self.questionnaires:
            self.problems.add(row, "wave", _unknown(line.wave, self.questionnaires))
        elif line.reference in self.responses:
            self.problems.add(row, "reference", f"{line.reference!r} is there twice; take one of the two out.")
        elif line.public_id in self._ids:
            self.problems.add(row, "public_id", "this id is there twice; take one of the two responses out.")
        else:
            self.responses[line.reference] = line
            self.lines[line.reference] = row
            self._ids.add(line.public_id)

    def answer(self, row: Row) -> AnswerRow | None:
        """A row of answers.csv, if nothing is wrong with it."""
        line = read(AnswerRow, row, self.problems)
        asked = self._what_was_asked(line, row) if line else None
        if line is None or asked is None:
            return None
        if wrong := _wrong_with_answer(line, asked.item):
            self.problems.add(row, *wrong)
            return None
        several = line.code if isinstance(asked.item, Several) else ""
        return line if self._is_first(line, row, several) else None

    def comment(self, row: Row) -> CommentRow | None:
        """A row of comments.csv, if nothing is wrong with it."""
        line = read(CommentRow, row, self.problems)
        asked = self._what_was_asked(line, row) if line else None
        if line is None or asked is None or not isinstance(asked.item, Comment):
            return None
        if wrong := _wrong_with_comment(line, asked.item.max_length):
            self.problems.add(row, *wrong)
            return None
        return line if self._is_first(line, row, "words") else None

    def _what_was_asked(self, line: AnswerRow | CommentRow, row: Row) -> Asked | None:
        """The item that a row answers, as the wave of its response asked it."""
        response = self.responses.get(line.reference)
        if response is None:
            self.problems.add(row, "reference", f"there is no usable {line.reference!r} in responses.csv; mend that.")
            return None
        known = self._asked_in(response.wave)
        if line.item not in known:
            self.problems.add(row, "item", _unknown(line.item, known))
            return None
        asked = known[line.item]
        if wrong := _wrong_sheet(line, asked.item) or _wrong_about(line, asked):
            self.problems.add(row, *wrong)
            return None
        return asked

    def _is_first(self, line: AnswerRow | CommentRow, row: Row, code: str) -> bool:
        address = (line.reference, line.item, line.service, str(line.child), code)
        if address in self._answered:
            self.problems.add(row, "item", "the same response answers this twice; take one of the two rows out.")
            return False
        self._answered.add(address)
        return True

    def _asked_in(self, wave: str) -> Mapping[str, Asked]:
        if wave not in self._asked:
            self._asked[wave] = _items(self.questionnaires[wave])
        return self._asked[wave]


Wrong = tuple[str, str]  # the column, and what is wrong with what to write


def _wrong_sheet(line: AnswerRow | CommentRow, item: SimpleItem) -> Wrong | None:
    if isinstance(item, Comment) and isinstance(line, AnswerRow):
        return "item", f"{item.id!r} is answered in words; move the row to comments.csv."
    if not isinstance(item, Comment) and isinstance(line, CommentRow):
        return "item", f"{item.id!r} is not answered in words; move the row to answers.csv."
    return None


def _wrong_about(line: AnswerRow | CommentRow, asked: Asked) -> Wrong | None:
    if asked.services and line.service not in asked.services:
        return "service", _unknown(line.service, asked.services)
    if line.service and not asked.services:
        return "service", f"{line.item!r} is not asked about a service; leave it empty."
    if asked.children and not 1 <= line.child <= asked.children:
        return "child", f"write the number of the child, from 1 to {asked.children}."
    if line.child and not asked.children:
        return "child", f"{line.item!r} is not asked about a child; leave it empty."
    return None


def _wrong_with_answer(line: AnswerRow, item: SimpleItem) -> Wrong | None:
    cells = {"code": line.code or None, "number": line.number, "day": line.day}
    given = [column for column, value in cells.items() if value is not None]
    wanted = _column_of(item)
    if given != [wanted]:
        return wanted, f"{item.id!r} is answered by a {wanted} alone; write it here and empty the other cells."
    if isinstance(item, Choice | Several | Scale) and item.option(line.code) is None:
        return "code", _unknown(line.code, [option.code for option in item.options])
    if isinstance(item, Number) and line.number is not None and not item.at_least <= line.number <= item.at_most:
        return "number", f"write a number from {item.at_least} to {item.at_most}."
    return None


def _wrong_with_comment(line: CommentRow, most: int) -> Wrong | None:
    if not line.words:
        return "words", "there are none; take the row out."
    if UNWRITTEN.search(line.words):
        return "words", "there are characters in it that cannot be kept, such as NUL; take them out."
    if len(line.words) > most:
        return "words", f"it is {len(line.words):,} characters long; shorten it to {most:,}."
    return None


def _column_of(item: SimpleItem) -> str:
    match item:
        case Number():
            return "number"
        case Date():
            return "day"
        case _:
            return "code"


def _unknown(cell: str, known: Iterable[str]) -> str:
    known = sorted(known)
    near = get_close_matches(cell, known, n=1)
    advice = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(known)}."
    return f"{cell!r} is not known; {advice}"


def _items(questionnaire: Questionnaire) -> Mapping[str, Asked]:
    asked: dict[str, Asked] = {}
    most = questionnaire.children.at_most if questionnaire.children else 0
    for section, item in questionnaire.items():
        children = most if section.each_child else 0
        match section.block:
            case ServiceMatrix(services=source):
                services = frozenset(services_offered(questionnaire, source))
                asked[item.id] = Asked(item, services=services, children=children)
            case Repeat(at_most=most_repeated):
                asked[item.id] = Asked(item, children=most_repeated)
            case _:
                asked[item.id] = Asked(item, children=children)
    return asked
