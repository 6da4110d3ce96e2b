"""Each page of the plain door, filled in. What a page says is worked out here; how it looks is in ``templates/``."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

from starlette.responses import HTMLResponse, RedirectResponse, Response

from pages.plain.doubt import BOX, Doubt
from pages.plain.form import DAY_PARTS, field_id
from pages.plain.pace import wait
from pages.plain.visit import Visit
from pages.serving import html
from pages.serving.files import files
from survey import routing, telling
from survey.checking import Problem
from survey.questionnaire import AnswerKey, Date, SimpleItem
from survey.routing import Page, Typed

NOT_KEPT = {"cache-control": "no-store"}


class Choice(NamedTuple):
    """One of the answers offered."""

    code: str
    text: str
    hint: str
    chosen: bool


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

    @property
    def described(self) -> str:
        """The ids of what belongs to the question besides its words."""
        return " ".join(f"{self.id}-{part}" for part in ("hint", "problem") if getattr(self, part))


class Block(NamedTuple):
    """One page's answers, on "check your answers"."""

    heading: str
    address: str
    rows: list[tuple[str, list[str]]]


def start(visit: Visit, *, notice: str = "", status: int = 200) -> HTMLResponse:
    """What this is, who asks, how long it takes, what happens to the answers, when it closes."""
    words, asked = visit.words, visit.questionnaire
    facts = telling.facts(asked, visit.wave, words)
    wrong = status != HTTPStatus.OK
    return _page(visit, "start.html", status, wrong=wrong, title=words.of(asked.title), facts=facts, notice=notice)


def not_open(visit: Visit) -> HTMLResponse:
    """That a consultation has closed, or has not opened yet, and when."""
    title, told = telling.not_open(visit.wave, visit.words, visit.now)
    status = HTTPStatus.NOT_FOUND if visit.wave.opens_at > visit.now else HTTPStatus.GONE
    return _page(visit, "not_open.html", status, title=title, told=told)


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
    wrong = {problem.key: problem.message for problem in problems}
    fields = [
        _field(visit, item, key, typed.get(key), wrong.get(key, ""))
        for item, key in routing.items_on(visit.questionnaire, page, typed)
    ]
    intro, safety = telling.intro(visit.questionnaire, page, visit.words)
    walk = visit.walk
    return _page(
        visit,
        "question.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problems else status,
        wrong=bool(problems or notice),
        title=telling.heading(visit.questionnaire, page, visit.words),
        progress=telling.progress(visit.questionnaire, page, walk, visit.words) if page in walk else "",
        intro=intro,
        safety=safety,
        fields=fields,
        page=str(page),
        address=visit.address_of(page),
        changing=changing,
        problems=[(_first_input(field), field.problem) for field in fields if field.problem],
        notice=notice,
    )


def check(visit: Visit, *, notice: str = "", status: int = 200, boxed: str = "") -> HTMLResponse:
    """Everything said, with a way to change each page, before it is sent."""
    return _page(
        visit,
        "check.html",
        status,
        wrong=bool(notice),
        title=visit.words("check.title"),
        blocks=[_block(visit, page) for page in visit.walk],
        back=visit.address_of(visit.walk[-1]),
        notice=notice,
        box=BOX,
        boxed=boxed,
    )


def doubted(visit: Visit, doubt: Doubt) -> Response:
    """The same, with what to do to show that a person is sending it."""
    told = check(visit, notice=visit.words(doubt.sentence), status=doubt.status, boxed=doubt.boxed)
    return wait(told, doubt.seconds) if doubt.seconds else told


def sent(visit: Visit) -> HTMLResponse:
    """A thank-you, a reference, and what happens next."""
    return _page(visit, "sent.html", 200, title=visit.words("thanks.title"), receipt=visit.receipt)


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
            visit.words.of(section.title),
            [_field(visit, item, AnswerKey(item.id), None, "") for item in section.asked_items],
        )
        for section in visit.questionnaire.sections
    ]
    return _page(visit, "all_questions.html", 200, title=visit.words("start.all_questions"), sections=sections)


def elsewhere(visit: Visit) -> Response:
    """There is nothing to go on with here: it has been sent, or was never begun, or was deleted."""
    return to(visit.place.to("sent") if visit.receipt else visit.place.start)


def to(address: str) -> Response:
    """Have the browser ask for that page, so that loading it again sends nothing twice."""
    return RedirectResponse(address, status_code=303, headers=NOT_KEPT)


def _page(visit: Visit, template: str, status: int, *, wrong: bool = False, **values: object) -> HTMLResponse:
    of, link = visit.words.of, files().link
    body = html.filled(template, visit=visit, say=visit.words, of=of, link=link, wrong=wrong, **values)
    return HTMLResponse(body, status_code=status, headers=NOT_KEPT)


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
                option.code, words.of(option.text), words.of(option.hint) if option.hint else "", option.code in chosen
            )
            for option in getattr(item, "options", ())
        ],
    )


def _first_input(field: Field) -> str:
    """Where a link to a question leads: to its first input."""
    if field.choices:
        return f"{field.id}-{field.choices[0].code}"
    return f"{field.id}-{DAY_PARTS[0]}" if field.parts else field.id


def _block(visit: Visit, page: Page) -> Block:
    asked = routing.items_on(visit.questionnaire, page, visit.answers)
    return Block(
        telling.heading(visit.questionnaire, page, visit.words),
        f"{visit.address_of(page)}?change",
        [(visit.words.of(item.text), telling.answer(item, visit.answers.get(key), visit.words)) for item, key in asked],
    )
