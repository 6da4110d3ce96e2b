"""Keying in a pile: a blank form, what was typed into it, and the next one."""

import logging

from sqlalchemy.exc import OperationalError
from starlette.datastructures import FormData
from starlette.responses import Response

from pages.keying import boxes, screens
from pages.keying.boxes import Raw
from pages.keying.desk import Desk
from pages.keying.screens import Written
from pages.serving import forms
from survey import codes, keying, routing, second_keying
from survey.checking import clean
from survey.database import engine, reading, writing
from survey.errors import ConsultationClosed, DraftTooLarge
from survey.questionnaire import AnswerKey, SimpleItem
from survey.routing import Typed
from survey.settings import settings

log = logging.getLogger(__name__)
TEMPLATE = "keying_form.html"
BUSY = "The form could not be saved just now. Everything you typed is still here: choose Save again"
CLOSED = "The time for keying in forms of this wave is over. Ask whoever runs the consultation"
TOO_LARGE = "That is too much text to save. Shorten the comments to a few pages and save again"
MISTYPED = (
    "The reference does not check: one of its characters seems to be another. Compare it with the form. "
    "If it stands there just like this, choose Save again"
)
STALE = "This page was not opened by you. Everything typed is still here: choose Save again"


def blank(desk: Desk) -> Response:
    """The next form of the pile, with what became of the one before."""
    with reading(engine()) as session:
        count = keying.count_today(session, desk.wave, desk.officer, desk.now)
        last = keying.last_of(session, desk.wave, desk.officer) if count else None
    again = bool(last) and desk.is_paper and second_keying.is_chosen(last.public_id, settings().key_again_one_in)
    fresh = Written({}, {}, codes.token(), is_new=True)
    return screens.whole_form(
        desk, TEMPLATE, fresh, count=count, last=last, again=again, late=not desk.wave.is_open(desk.now)
    )


def take(desk: Desk, sent: FormData, *, is_ours: bool) -> Response:
    """Store the form and show the next; or show what follows from it, or what is to be put right."""
    written = as_typed(desk, sent)
    if not is_ours:
        return _again(desk, written._replace(others=[("save", STALE)]))
    go = boxes.text(sent, "go")
    if go != "save":
        return _again(desk, without_child(desk, written, go))
    written, answers, raised = judged(desk, written)
    written = _with_copy_told(desk, written)
    if written.problems or written.others or raised:
        notice = "Key what follows from the answers so far, then save" if raised else ""
        return _again(desk, written._replace(notice=notice))
    try:
        with writing(engine()) as session:
            keying.key_in(
                session,
                desk.wave,
                answers,
                entered=desk.entered,
                language=desk.language,
                copy=written.copy,
                form=written.token,
                now=desk.now,
            )
    except ConsultationClosed:
        return _again(desk, written._replace(others=[("save", CLOSED)]))
    except DraftTooLarge:
        return _again(desk, written._replace(others=[("save", TOO_LARGE)]))
    except OperationalError as problem:
        log.warning("a form could not be saved: %s", type(problem.orig).__name__)
        return _again(desk, written._replace(others=[("save", BUSY)]))
    return forms.to(desk.to())


def as_typed(desk: Desk, sent: FormData) -> Written:
    """The form as it was sent, nothing judged yet."""
    return Written(
        boxes.sent_in(desk.questionnaire, sent),
        {},
        boxes.text(sent, "token")[:64],
        copy=clean(boxes.text(sent, "copy"))[: keying.LONGEST_COPY],
        known_copy=boxes.text(sent, "known_copy")[: keying.LONGEST_COPY],
    )


def without_child(desk: Desk, written: Written, go: str) -> Written:
    """The form without the child that a button says was keyed by mistake; as it is if the button says another thing."""
    asked = desk.questionnaire
    told = routing.children_told(asked, boxes.understood(asked, written.raw))
    child = next((number for number in range(1, told + 1) if go == f"take out {number}"), 0)
    if not child or told == 1:
        return written
    return written._replace(raw=boxes.without(asked, written.raw, child), taken_out=child)


def judged(desk: Desk, written: Written) -> tuple[Written, dict[AnswerKey, Typed], bool]:
    """The form with its problems, its answers, and whether these raise questions that it did not show.

    Questions raised just now are no mistakes: they are opened, and the form is shown again.
    """
    asked = _asked(desk, written.raw)
    shown = [(item, key) for item, key in asked if key in written.raw]
    read = boxes.read(desk.questionnaire, shown, written.raw, desk.now.date())
    return written._replace(problems=read.problems), read.typed, len(shown) < len(asked)


def _asked(desk: Desk, raw: Raw) -> list[tuple[SimpleItem, AnswerKey]]:
    answers = boxes.understood(desk.questionnaire, raw)
    walk = routing.pages(desk.questionnaire, answers)
    return [asked for at in walk for asked in boxes.asked_on(desk.questionnaire, at, answers)]


def _with_copy_told(desk: Desk, written: Written) -> Written:
    """The same, with a problem if the reference seems mistyped or was keyed before, unless that has been told."""
    if keying.tidied(written.copy) == written.known_copy:
        return written
    if keying.is_mistyped(written.copy):
        return written._replace(known_copy=keying.tidied(written.copy), others=[("copy", MISTYPED)])
    with reading(engine()) as session:
        before = keying.keyed_before(session, desk.wave, written.copy)
    if before is None or _is_same_form(desk, written, before.reference):
        return written
    told = (
        f"A form with this reference was keyed on {before.at:%-d %B at %H:%M} by {before.by} ({before.reference}). "
        "Check the pile. If this is another form, change the reference, or choose Save again to keep both"
    )
    return written._replace(known_copy=keying.tidied(written.copy), others=[("copy", told)])


def _is_same_form(desk: Desk, written: Written, reference: str) -> bool:
    """Whether the earlier one is this very form, sent a second time."""
    with reading(engine()) as session:
        sent = keying.receipt_of(session, desk.wave, desk.officer, written.token)
    return sent is not None and sent.reference == reference


def _again(desk: Desk, written: Written) -> Response:
    with reading(engine()) as session:
        count = keying.count_today(session, desk.wave, desk.officer, desk.now)
    return screens.whole_form(
        desk, TEMPLATE, written, count=count, last=None, again=False, late=not desk.wave.is_open(desk.now)
    )
