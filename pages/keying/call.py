"""Taking a call: the notice first, then one page after another, each kept, and at the end a reference to read out."""

import logging
from typing import NamedTuple

from sqlalchemy.exc import OperationalError
from starlette.datastructures import FormData
from starlette.responses import Response

from pages.keying import boxes, screens
from pages.keying.boxes import OFFICERS, Raw
from pages.keying.desk import Desk
from pages.serving import forms
from pages.ui import doors
from survey import children, drafts, keying, responses, routing, telling
from survey.database import engine, reading, writing
from survey.errors import AnswerError, ConsultationClosed, DraftTooLarge, KeyingError
from survey.keying import Call
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS, Page

log = logging.getLogger(__name__)
BUSY = "That could not be saved just now. Everything you typed is still here: choose the button again"
CLOSED = "This wave has closed, so the answers cannot be sent"
TOO_LARGE = "That is too much text to save. Shorten it to a few pages and continue"
REMOVED = (
    "A child has been taken out, and any after it have moved up. Nothing has been sent. To bring it back, change the "
    "last child's answer to say that there is another."
)
NOT_AGREED = "Tick that you have read this out and that they agreed. If they did not, end the call here"


class Block(NamedTuple):
    """One page of a conversation as it is read back."""

    subject: str
    heading: str  # the same, with which child it is about
    at: str
    rows: list[tuple[str, str]]


def notice(desk: Desk, *, problem: str = "") -> Response:
    """What is read out before the first question."""
    facts = telling.facts(desk.questionnaire, desk.wave, OFFICERS)
    return screens.page(
        desk.officer,
        "keying_notice.html",
        status=422 if problem else 200,
        desk=desk,
        questionnaire=desk.questionnaire,
        facts=facts,
        problem=problem,
    )


def begin(desk: Desk, sent: FormData) -> Response:
    """Begin a conversation with somebody who has heard the notice and agreed."""
    if not desk.wave.is_open(desk.now):
        return notice(desk, problem=CLOSED)
    if not boxes.text(sent, "agreed"):
        return notice(desk, problem=NOT_AGREED)
    try:
        with writing(engine()) as session:
            call = keying.begin_call(
                session, desk.wave, desk.officer, channel=desk.channel, language=desk.language, now=desk.now
            )
    except KeyingError as problem:
        return notice(desk, problem=str(problem).rstrip("."))
    return forms.to(desk.to(f"/call/{call.number}"))


def show(desk: Desk, number: int, *, removed: bool = False) -> Response:
    """The page that a conversation has reached; with the news, if so, that a child has been taken out of it."""
    call = _held(desk, number)
    if call is None:
        return forms.to(doors.KEYING)
    return (
        _read_back(desk, call, removed=removed)
        if call.draft.place == CHECK_ANSWERS
        else _page(desk, call, _place(desk, call))
    )


def sent(desk: Desk) -> Response:
    """The reference and the private code to read out, of what this officer sent last."""
    with reading(engine()) as session:
        last = keying.last_of(session, desk.wave, desk.officer)
        receipt = responses.receipt(session, last.public_id) if last else None
    if last is None or receipt is None:
        return forms.to(desk.to())
    code = receipt.private_code(desk.now)
    return screens.page(desk.officer, "keying_sent.html", desk=desk, last=last, code=code)


def take(desk: Desk, number: int, posted: FormData) -> Response:
    """Keep what was said on this page, and go on, back, or to the end."""
    call = _held(desk, number)
    if call is None:  # sent in another window, or deleted
        return forms.to(desk.to("/sent"))
    go = boxes.text(posted, "go")
    if go == "delete":
        with writing(engine()) as session:
            drafts.drop(session, call.draft.id)
        return forms.to(f"{doors.KEYING}?deleted")
    try:
        if go in {"change", "remove"}:
            return _change(desk, call, posted) if go == "change" else _remove(desk, call, posted)
        return _send(desk, call) if go == "send" else _step(desk, call, posted, go)
    except (DraftTooLarge, OperationalError) as problem:
        log.warning("a call could not be saved: %s", type(problem).__name__)
        told = TOO_LARGE if isinstance(problem, DraftTooLarge) else BUSY
        return _page(desk, call, _place(desk, call), raw=boxes.sent_in(desk.questionnaire, posted), told=told)


def _step(desk: Desk, call: Call, posted: FormData, go: str) -> Response:
    asked = desk.questionnaire
    at = _posted_page(desk, posted) or _place(desk, call)
    raw = {key: value for key, value in boxes.sent_in(asked, posted).items() if _is_on(desk, at, key)}
    held = call.draft.answers | boxes.understood(asked, raw)
    on_page = boxes.asked_on(asked, at, held)
    shown = [(item, key) for item, key in on_page if key in raw]
    read = boxes.read(asked, shown, raw, desk.now.date())
    given = {key: read.typed.get(key, "") for key in raw}
    kept = {key: answer for key, answer in (call.draft.answers | given).items() if answer}
    stays = go == "continue" and (read.problems or len(shown) < len(on_page))
    place = at if stays else _next(desk, at, kept, back=go == "back")
    with writing(engine()) as session:
        draft = drafts.put(session, call.draft.id, given=given, place=place, now=desk.now)
    if draft is None:
        return forms.to(desk.to("/sent"))
    if stays:
        return _page(desk, call._replace(draft=draft), at, raw=raw, problems=read.problems)
    return forms.to(desk.to(f"/call/{call.number}"))


def _change(desk: Desk, call: Call, posted: FormData) -> Response:
    with writing(engine()) as session:
        drafts.put(session, call.draft.id, given={}, place=_posted_page(desk, posted), now=desk.now)
    return forms.to(desk.to(f"/call/{call.number}"))


def _remove(desk: Desk, call: Call, posted: FormData) -> Response:
    """Take one child out of what was said; where the form is not of the answers as they are, none."""
    child, told = (forms.number(posted, name) for name in ("child", "told"))
    with writing(engine()) as session:
        left = children.take_out(session, call.draft.id, desk.questionnaire, child, told=told, now=desk.now)
    is_out = left is not None and left.answers != call.draft.answers
    return forms.to(desk.to(f"/call/{call.number}") + ("&removed" if is_out else ""))


def _send(desk: Desk, call: Call) -> Response:
    try:
        with writing(engine()) as session:
            keying.send_call(session, desk.wave, desk.officer, call, now=desk.now)
    except (AnswerError, ConsultationClosed) as problem:
        told = CLOSED if isinstance(problem, ConsultationClosed) else str(problem).rstrip(".")
        return _read_back(desk, call, told=told)
    return forms.to(desk.to("/sent"))


def _page(
    desk: Desk,
    call: Call,
    at: Page,
    *,
    raw: Raw | None = None,
    problems: dict[AnswerKey, str] | None = None,
    told: str = "",
) -> Response:
    asked = desk.questionnaire
    held = {key: boxes.shown(asked.item(key.item), typed) for key, typed in call.draft.answers.items()}
    return screens.one_part(desk, at, held | (raw or {}), problems or {}, call=call, told=told)


def _read_back(desk: Desk, call: Call, *, told: str = "", removed: bool = False) -> Response:
    asked, answers = desk.questionnaire, call.draft.answers
    groups = [
        (child, [block for at in walk if (block := _block(desk, at, answers)).rows])
        for child, walk in telling.together(asked, routing.pages(asked, answers))
    ]
    return screens.page(
        desk.officer,
        "keying_read_back.html",
        status=422 if told else 200,
        desk=desk,
        call=call,
        groups=groups,
        children=routing.children_told(asked, answers),
        told=told,
        notice=REMOVED if removed else "",
    )


def _block(desk: Desk, at: Page, answers: routing.Answers) -> Block:
    on_page = boxes.asked_on(desk.questionnaire, at, answers)
    return Block(
        telling.subject(desk.questionnaire, at, OFFICERS),
        telling.heading(desk.questionnaire, at, OFFICERS),
        str(at),
        [(OFFICERS.of(item.text), boxes.told(item, answers.get(key))) for item, key in on_page],
    )


def _held(desk: Desk, number: int) -> Call | None:
    with reading(engine()) as session:
        return keying.call(session, desk.wave, desk.officer, desk.channel, number)


def _place(desk: Desk, call: Call) -> Page:
    walk = routing.pages(desk.questionnaire, call.draft.answers)
    return call.draft.place if call.draft.place in walk else walk[0]


def _posted_page(desk: Desk, posted: FormData) -> Page | None:
    named = boxes.text(posted, "page")
    every = (at for section in desk.questionnaire.sections for at in boxes.every_page(desk.questionnaire, section))
    return next((at for at in every if str(at) == named), None)


def _is_on(desk: Desk, at: Page, key: AnswerKey) -> bool:
    section = desk.questionnaire.section(at.section)
    names = {item.id for item in section.asked_items} if section else set()
    return key.item in names and (key.service, key.child) == (at.service, at.child)


def _next(desk: Desk, at: Page, answers: routing.Answers, *, back: bool) -> Page:
    """The page after or before, passing over any on which nothing is keyed. Back from the first stays there."""
    asked = desk.questionnaire
    step = routing.page_before if back else routing.page_after
    found = step(asked, at, answers)
    while found and not boxes.asked_on(asked, found, answers):
        found = step(asked, found, answers)
    return found or (at if back else CHECK_ANSWERS)
