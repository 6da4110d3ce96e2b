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
from survey.questionnaire import AnswerKey, Section
from survey.routing import Page

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


class Written(NamedTuple):
    """What somebody has typed into a form, and what is wrong with it."""

    raw: Raw
    problems: dict[AnswerKey, str]
    token: str  # which blank form this was
    copy: str = ""
    known_copy: str = ""  # the officer has been told that this copy was keyed before
    others: Problems = ()  # what is wrong besides the answers
    notice: str = ""
    is_new: bool = False


def page(officer: str, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page for somebody who is signed in."""
    body = html.filled(template, officer=officer, doors=doors, link=files().link, say=OFFICERS, **values)
    return HTMLResponse(body, status_code=status, headers=NOT_KEPT)


def whole_form(desk: Desk, template: str, written: Written, *, status: int = 200, **values: object) -> HTMLResponse:
    """Every question at once, in the order of the paper; what follows from an answer opens when it is given."""
    groups = _groups(desk, written)
    problems = [*written.others, *_links(groups)]
    return page(
        desk.officer,
        template,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems else status,
        desk=desk,
        groups=groups,
        problems=problems,
        written=written,
        first_empty="" if written.is_new or problems else _first_empty(groups),
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


def _groups(desk: Desk, written: Written) -> list[Group]:
    asked = desk.questionnaire
    answers = boxes.understood(asked, written.raw)
    walk = routing.pages(asked, answers)
    return [
        Group(
            OFFICERS.of(section.title),
            OFFICERS.of(section.intro) if section.intro else "",
            _parts(desk, section, written, walk),
            boxes.when(asked, section.ask_if, AnswerKey(section.asked_items[0].id)),
            section.ask_if is None or any(at.section == section.id for at in walk),
        )
        for section in asked.sections
    ]


def _parts(desk: Desk, section: Section, written: Written, walk: list[Page]) -> list[Part]:
    asked = desk.questionnaire
    answers = boxes.understood(asked, written.raw)
    return [
        Part(
            telling.heading(asked, at, OFFICERS) if section.block else "",
            [
                boxes.box(asked, item, AnswerKey(item.id, at.service, at.child), written.raw, answers, written.problems)
                for item in section.asked_items
                if item.id != asked.roles.channel
            ],
            boxes.when_page(asked, section, at),
            section.block is None or at in walk,
        )
        for at in boxes.every_page(asked, section)
    ]


def _boxes(groups: list[Group]) -> list[Box]:
    return [
        box
        for group in groups
        if group.is_open
        for part in group.parts
        if part.is_open
        for box in part.boxes
        if box.is_open
    ]


def _links(groups: list[Group]) -> Problems:
    return [(box.id, box.problem) for box in _boxes(groups) if box.problem]


def _first_empty(groups: list[Group]) -> str:
    return next((box.id for box in _boxes(groups) if not box.value), "save")
