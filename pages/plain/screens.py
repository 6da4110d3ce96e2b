"""Each page of the plain door, filled in. What a page says is worked out here; how it looks is in ``templates/``."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

import sqlalchemy as sa
from starlette.responses import HTMLResponse, Response

from pages.plain import blank, changed
from pages.plain.doubt import BOX, Doubt
from pages.plain.form import field_id
from pages.plain.look import changes
from pages.plain.pace import wait
from pages.plain.visit import Visit
from pages.serving import html
from pages.serving.files import files
from pages.serving.forms import NOT_KEPT, to
from pages.ui import pictures
from survey import answering, equality, routing, telling, translations
from survey.checking import DAY_PARTS, Problem
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.own_response import Own
from survey.questionnaire import AnswerKey, Date, Questionnaire, SimpleItem
from survey.routing import TASKS, Answers, Page, Typed
from survey.wording import Words


class Choice(NamedTuple):
    """One of the answers offered."""

    code: str
    text: str
    hint: str
    chosen: bool
    picture: str = ""


class Field(NamedTuple):
    """One question as its form shows it."""

    id: str
    name: str
    kind: str
    text: str
    hint: str
    problem: str
    value: str
    parts: list[tuple[str, str, str]]  # of a day: each part, what it is called and what was typed
    choices: list[Choice]
    most: int  # characters that may be written, or 0
    picture: str = ""

    @property
    def described(self) -> str:
        """The ids of what belongs to the question besides its words."""
        return " ".join(f"{self.id}-{part}" for part in ("hint", "problem") if getattr(self, part))


class Block(NamedTuple):
    """One page's answers, on "check your answers"."""

    subject: str
    heading: str
    address: str
    rows: list[tuple[str, list[str]]]


def start(visit: Visit, *, notice: str = "", typed: str = "", problem: str = "", status: int = 200) -> HTMLResponse:
    """What this is, who asks, how long it takes, what happens to the answers, when it closes.

    ``typed`` and ``problem``: the invitation code as it was entered, and what to put right about it.
    """
    words, asked = visit.words, visit.questionnaire
    with reading(engine()) as session:
        unchecked = translations.is_unchecked(session, words.language)
    return _page(
        visit,
        "start.html",
        status,
        wrong=status != HTTPStatus.OK,
        title=words.of(asked.title),
        facts=telling.facts(asked, visit.wave, words),
        notice=notice,
        typed=typed,
        problem=problem,
        unchecked=unchecked,
        published=changed.is_public(visit.wave.consultation_id),
    )


def not_open(visit: Visit) -> HTMLResponse:
    """That a consultation has closed, or has not opened yet, and when."""
    title, told = telling.not_open(visit.wave, visit.words, visit.now)
    status = HTTPStatus.NOT_FOUND if visit.wave.opens_at > visit.now else HTTPStatus.GONE
    published = changed.is_public(visit.wave.consultation_id)
    return _page(visit, "not_open.html", status, title=title, told=told, published=published)


def question(
    visit: Visit,
    page: Page,
    *,
    held: dict[AnswerKey, Typed] | None = None,
    problems: Sequence[Problem] = (),
    notice: str = "",
    changing: bool = False,
    status: int = 200,
) -> HTMLResponse:
    """One page of questions, with what was answered before or has just been typed."""
    typed = visit.answers if held is None else held
    items = routing.items_on(visit.questionnaire, page, typed)
    address = visit.address_of(page)
    progress = telling.progress(visit.questionnaire, page, visit.walk, visit.words) if page in visit.walk else ""
    if not (problems or notice or any(key in typed for _, key in items)):
        asked = tuple(key for _, key in items)
        drawn = _unanswered(engine(), visit.wave, page, asked, visit.words, visit.look, visit.preview, changing)
        return _sent_as(blank.made_out_to(visit, drawn, address=address, progress=progress), status)
    return _page(
        visit,
        "question.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problems else status,
        wrong=bool(problems or notice),
        progress=progress,
        address=address,
        changing=changing,
        notice=notice,
        **_asked(visit, visit.questionnaire, page, items, typed, problems),
    )


@lru_cache(maxsize=blank.REMEMBERED)
def _unanswered(
    _: sa.Engine,
    wave: WaveFacts,
    page: Page,
    asked: tuple[AnswerKey, ...],
    words: Words,
    look: str,
    preview: bool,
    changing: bool,
) -> str:
    """The page with those questions, as nobody has answered it: see ``blank``."""
    nobody = blank.visit(wave, words, look, preview=preview)
    items = [(nobody.questionnaire.item(key.item), key) for key in asked]
    return _drawn(
        nobody,
        "question.html",
        progress=blank.PROGRESS,
        address=blank.ADDRESS,
        changing=changing,
        notice="",
        **_asked(nobody, nobody.questionnaire, page, items, {}, ()),
    )


def tasks(visit: Visit) -> HTMLResponse:
    """Every page there is to answer, in whatever order, and which are done."""
    words, asked = visit.words, visit.questionnaire
    listed = [
        (telling.heading(asked, task.page, words), visit.address_of(task.page), task.done)
        for task in answering.tasks(asked, visit.answers, words, today=visit.now.date())
    ]
    return _page(visit, "tasks.html", 200, title=words("tasks.title"), tasks=listed)


def equality_offer(visit: Visit, *, notice: str = "", status: int = 200) -> HTMLResponse:
    """Whether somebody who has sent their answers wants to be asked about equality, and why we ask."""
    shown = {"title": visit.words("equality.offer"), "asked": equality.questions(), "notice": notice}
    code = visit.receipt.private_code(visit.now) if visit.receipt else ""
    return _page(visit, "equality_offer.html", status, wrong=bool(notice), code=code, **shown)


def equality_question(
    visit: Visit,
    page: Page,
    given: dict[AnswerKey, Typed],
    *,
    problems: Sequence[Problem] = (),
    notice: str = "",
    status: int = 200,
) -> HTMLResponse:
    """One page of the equality questions, with what was answered before or has just been chosen."""
    asked = equality.questions()
    return _page(
        visit,
        "equality_question.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problems else status,
        wrong=bool(problems or notice),
        progress=telling.progress(asked, page, routing.pages(asked, given), visit.words),
        address=equality_address(visit, page, given),
        changing=False,
        notice=notice,
        **_asked(visit, asked, page, routing.items_on(asked, page, given), given, problems),
    )


def equality_address(visit: Visit, page: Page, given: Answers) -> str:
    """Where a page of the equality questions is: by its number. Any that is not asked: where they are offered."""
    walk = routing.pages(equality.questions(), given)
    return visit.place.to(f"equality/{walk.index(page) + 1}" if page in walk else "equality")


def check(
    visit: Visit, *, correcting: bool = False, notice: str = "", news: str = "", status: int = 200, boxed: str = ""
) -> HTMLResponse:
    """Everything said, what is about one child together, with a way to change each page, before it is sent."""
    together = telling.together(visit.questionnaire, visit.walk)
    return _page(
        visit,
        "check.html",
        status,
        wrong=bool(notice),
        title=visit.words("check.title"),
        groups=[(child, [_block(visit, page) for page in pages]) for child, pages in together],
        told=routing.children_told(visit.questionnaire, visit.answers),
        back=visit.address_of(TASKS if visit.questionnaire.any_order else visit.walk[-1]),
        notice=notice,
        news=news,
        correcting=correcting,
        box=BOX,
        boxed=boxed,
    )


def doubted(visit: Visit, doubt: Doubt) -> Response:
    """The same, with what to do to show that a person is sending it."""
    told = check(visit, notice=visit.words(doubt.sentence), status=doubt.status, boxed=doubt.boxed)
    return wait(told, doubt.seconds) if doubt.seconds else told


def sent(visit: Visit) -> HTMLResponse:
    """A thank-you, a reference, a private code, and what happens next."""
    code = visit.receipt.private_code(visit.now) if visit.receipt else ""
    shown = {"receipt": visit.receipt, "code": code, "published": changed.is_public(visit.wave.consultation_id)}
    return _page(visit, "sent.html", 200, title=visit.words("thanks.title"), **shown)


def private_code(visit: Visit, *, typed: str = "", problem: str = "", status: int = 200) -> HTMLResponse:
    """Where somebody who has sent answers enters their private code."""
    title = visit.words("mine.title")
    return _page(visit, "private_code.html", status, wrong=bool(problem), title=title, typed=typed, problem=problem)


def mine(visit: Visit, own: Own, code: str, *, notice: str = "", status: int = 200) -> HTMLResponse:
    """What somebody sent, to read, print, change or withdraw."""
    visit = replace(visit, wave=own.wave, draft=None, returned=own.answers)
    blocks = [_block(visit, page) for page in visit.walk]
    title, day = visit.words("mine.title"), visit.words.day(own.sent_at)
    shown = {"title": title, "blocks": blocks, "own": own, "code": code, "day": day, "notice": notice}
    shown["became"] = changed.became(visit, own)
    return _page(visit, "mine.html", status, wrong=bool(notice), **shown)


def sure(visit: Visit, own: Own, code: str) -> HTMLResponse:
    """Whether they mean to withdraw what they sent."""
    return _page(visit, "sure.html", 200, title=visit.words("mine.sure_title"), own=own, code=code)


def withdrawn(visit: Visit) -> HTMLResponse:
    """That it is gone, and from where."""
    return _page(visit, "withdrawn.html", 200, title=visit.words("mine.withdrawn"))


def resume(visit: Visit, *, typed: str = "", problem: str = "", status: int = 200) -> HTMLResponse:
    """Where somebody who began on another device enters their code."""
    title = visit.words("start.elsewhere")
    return _page(visit, "resume.html", status, wrong=bool(problem), title=title, typed=typed, problem=problem)


def code(visit: Visit, made: str, onward: str) -> HTMLResponse:
    """A code to come back with, shown this once."""
    return _page(visit, "code.html", 200, title=visit.words("step.later"), code=made, onward=onward)


def all_questions(visit: Visit) -> HTMLResponse:
    """Every question there is, to read or print beforehand."""
    sections = [
        (
            telling.in_general(section, visit.words),
            [_field(visit, item, AnswerKey(item.id), None, "") for item in section.asked_items],
        )
        for section in visit.questionnaire.sections
    ]
    return _page(visit, "all_questions.html", 200, title=visit.words("start.all_questions"), sections=sections)


def elsewhere(visit: Visit) -> Response:
    """There is nothing to go on with here: it has been sent, or was never begun, or was deleted."""
    if visit.equality:
        return to(equality_address(visit, visit.equality.place, visit.equality.answers))
    return to(visit.place.to("sent") if visit.receipt else visit.place.start)


def _page(visit: Visit, template: str, status: int, *, wrong: bool = False, **values: object) -> HTMLResponse:
    return _sent_as(_drawn(visit, template, wrong=wrong, **values), status)


def _sent_as(page: str, status: int) -> HTMLResponse:
    return HTMLResponse(page, status_code=status, headers=NOT_KEPT)


def _drawn(visit: Visit, template: str, *, wrong: bool = False, **values: object) -> str:
    return html.filled(
        template,
        visit=visit,
        say=visit.words,
        spoken=visit.words.spoken,
        look=visit.look,
        looks=changes(visit.look),
        of=visit.words.of,
        link=files().link,
        wrong=wrong,
        **values,
    )


def _asked(
    visit: Visit,
    asked: Questionnaire,
    page: Page,
    items: Sequence[tuple[SimpleItem, AnswerKey]],
    typed: Answers,
    problems: Sequence[Problem],
) -> dict[str, object]:
    """What every page of questions shows: its heading, its questions, what was given and what to put right."""
    wrong = {problem.key: problem.message for problem in problems}
    fields = [_field(visit, item, key, typed.get(key), wrong.get(key, "")) for item, key in items]
    intro, safety = telling.intro(asked, page, visit.words)
    return {
        "title": telling.heading(asked, page, visit.words),
        "picture": pictures.heading(asked, page, visit.words),
        "page": str(page),
        "intro": intro,
        "safety": safety,
        "fields": fields,
        "problems": [(_first_input(field), field.problem) for field in fields if field.problem],
    }


def _field(visit: Visit, item: SimpleItem, key: AnswerKey, typed: Typed | None, problem: str) -> Field:
    words = visit.words
    value = typed if isinstance(typed, str) else ""
    chosen = {typed} if isinstance(typed, str) else set(typed or ())
    parts = (*reversed(value.split("-", 2)), "", "")[:3] if isinstance(item, Date) else ()
    return Field(
        id=field_id(key),
        name=str(key),
        kind=item.kind,
        text=telling.question(item, words),
        hint=telling.hint(item, words),
        problem=problem,
        value=value,
        parts=[(part, words(f"step.{part}"), typed_part) for part, typed_part in zip(DAY_PARTS, parts, strict=False)],
        choices=[
            Choice(
                option.code,
                words.of(option.text),
                words.of(option.hint) if option.hint else "",
                option.code in chosen,
                pictures.beside(option, words),
            )
            for option in getattr(item, "options", ())
        ],
        most=getattr(item, "max_length", 0),
        picture=pictures.beside(item, words),
    )


def _first_input(field: Field) -> str:
    """Where a link to a question leads: to its first input."""
    if field.choices:
        return f"{field.id}-{field.choices[0].code}"
    return f"{field.id}-{DAY_PARTS[0]}" if field.parts else field.id


def _block(visit: Visit, page: Page) -> Block:
    asked = routing.items_on(visit.questionnaire, page, visit.answers)
    return Block(
        telling.subject(visit.questionnaire, page, visit.words),
        telling.heading(visit.questionnaire, page, visit.words),
        f"{visit.address_of(page)}?change",
        [(visit.words.of(item.text), telling.answer(item, visit.answers.get(key), visit.words)) for item, key in asked],
    )
