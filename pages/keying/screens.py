"""Each keying page, filled in. What a page says is worked out here; how it looks is in ``templates/``."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

from starlette.responses import HTMLResponse

from pages.keying import boxes
from pages.keying.boxes import OFFICERS, Box, Raw, When
from pages.keying.desk import Desk
from pages.serving import html
from pages.serving.files import files
from pages.serving.forms import NOT_KEPT
from pages.ui import doors
from survey import routing, telling
from survey.questionnaire import AnswerKey, Questionnaire, Section, SimpleItem
from survey.routing import Page, Typed

NOT_TICKED = "The form has no box for this: look whether the pages for another child are filled in"
Problems = Sequence[tuple[str, str]]  # where a link to it leads, and what to do


class Part(NamedTuple):
    """The questions of one page: of a section, or about one service or child."""

    heading: str
    boxes: list[Box]
    when: When | None
    is_open: bool


class Group(NamedTuple):
    """A section of the paper, with its parts."""

    heading: str
    intro: str
    parts: list[Part]
    when: When | None
    is_open: bool


class Stretch(NamedTuple):
    """What is asked of the family, or about one child."""

    child: int  # 0: of the family
    heading: str
    groups: list[Group]
    when: When | None
    is_open: bool
    when_several: When | None  # what makes the child one of several, so that it can be taken out
    is_one_of_several: bool


class Written(NamedTuple):
    """What somebody has typed into a form, and what is wrong with it."""

    raw: Raw
    problems: dict[AnswerKey, str]
    token: str  # which blank form this was
    copy: str = ""
    known_copy: str = ""  # the officer has been told that this copy was keyed before
    others: Problems = ()  # what is wrong besides the answers
    notice: str = ""
    taken_out: int = 0  # the child that was taken out just now
    is_new: bool = False


def page(officer: str, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page for somebody who is signed in."""
    body = html.filled(template, officer=officer, doors=doors, link=files().link, say=OFFICERS, **values)
    return HTMLResponse(body, status_code=status, headers=NOT_KEPT)


def whole_form(desk: Desk, template: str, written: Written, *, status: int = 200, **values: object) -> HTMLResponse:
    """Every question at once, in the order of the paper; what follows from an answer opens when it is given."""
    stretches = _stretches(desk.questionnaire, written)
    open_now = _boxes(stretches)
    problems = [*written.others, *((box.id, box.problem) for box in open_now if box.problem)]
    first_empty = next((box.id for box in open_now if not (box.value or box.may_stay_empty)), "save")
    return page(
        desk.officer,
        template,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems else status,
        desk=desk,
        stretches=stretches,
        problems=problems,
        written=written,
        first=open_now[0].id,
        go_on=first_empty,
        first_empty="" if written.is_new or written.taken_out or problems else first_empty,
        **values,
    )


def one_part(desk: Desk, at: Page, raw: Raw, problems: dict[AnswerKey, str], **values: object) -> HTMLResponse:
    """One page of a conversation."""
    asked, answers = desk.questionnaire, boxes.understood(desk.questionnaire, raw)
    drawn = [boxes.box(asked, item, key, raw, answers, problems) for item, key in boxes.asked_on(asked, at, answers)]
    intro, safety = telling.intro(asked, at, OFFICERS)
    return page(
        desk.officer,
        "keying_call.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems else 200,
        desk=desk,
        title=telling.heading(asked, at, OFFICERS),
        intro=intro,
        safety=safety,
        boxes=[one._replace(when=None) for one in drawn],
        problems=[(one.id, one.problem) for one in drawn if one.problem],
        at=str(at),
        first_empty=next((one.id for one in drawn if not one.value), ""),
        **values,
    )


class _Filled(NamedTuple):
    """A form as far as it is filled in, and where its answers lead."""

    asked: Questionnaire
    written: Written
    answers: dict[AnswerKey, Typed]
    walk: list[Page]


def _stretches(asked: Questionnaire, written: Written) -> list[Stretch]:
    answers = boxes.understood(asked, written.raw)
    filled = _Filled(asked, written, answers, routing.pages(asked, answers))
    told = routing.children_told(asked, answers)
    family = [_group(filled, section, None) for section in asked.on_paper if not section.each_child]
    of_children = [
        Stretch(
            child,
            OFFICERS("step.child", number=child),
            [_group(filled, section, child) for section in asked.for_each_child],
            boxes.when_child(asked, child),
            child <= told,
            boxes.when_more(asked, child) if child == 1 else None,
            told > 1,
        )
        for child in boxes.children(asked)
    ]
    return [Stretch(0, "", family, None, True, None, False), *of_children]


def _group(filled: _Filled, section: Section, child: int | None) -> Group:
    asked = filled.asked
    return Group(
        OFFICERS.of(section.title),
        OFFICERS.of(section.intro) if section.intro else "",
        [_part(filled, section, at) for at in boxes.pages_about(asked, section, child)],
        boxes.when(asked, section.ask_if, AnswerKey(section.asked_items[0].id, child=child)),
        section.ask_if is None or any(at.section == section.id and child in {None, at.child} for at in filled.walk),
    )


def _part(filled: _Filled, section: Section, at: Page) -> Part:
    asked = filled.asked
    return Part(
        telling.subject(asked, at, OFFICERS) if section.block else "",
        [_box(filled, item, key) for item, key in boxes.can_be_keyed(asked, at)],
        boxes.when_page(asked, section, at),
        section.block is None or at in filled.walk,
    )


def _box(filled: _Filled, item: SimpleItem, key: AnswerKey) -> Box:
    written = filled.written
    drawn = boxes.box(filled.asked, item, key, written.raw, filled.answers, written.problems)
    return drawn._replace(hint=NOT_TICKED) if item.id == filled.asked.another_child else drawn


def _boxes(stretches: list[Stretch]) -> list[Box]:
    return [
        box
        for stretch in stretches
        if stretch.is_open
        for group in stretch.groups
        if group.is_open
        for part in group.parts
        if part.is_open
        for box in part.boxes
        if box.is_open
    ]
