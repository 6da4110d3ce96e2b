"""Keying a form of the sample again: which are waiting, the blank form, and the two answers side by side."""

import logging
from typing import NamedTuple

import pandas as pd
from sqlalchemy.exc import OperationalError
from starlette.datastructures import FormData
from starlette.responses import Response

from analysis.proportions import effective_base, shares
from pages.keying import boxes, paper, screens
from pages.keying.boxes import OFFICERS
from pages.keying.desk import Desk
from pages.keying.screens import Written
from pages.serving import forms
from survey import codes, second_keying, telling
from survey.checking import Stored
from survey.database import engine, reading, writing
from survey.errors import KeyingError
from survey.questionnaire import AnswerKey, Optioned, SimpleItem
from survey.routing import Page, Typed
from survey.second_keying import Checked, Choice, Difference, Waiting
from survey.settings import settings

log = logging.getLogger(__name__)
TEMPLATE = "keying_form_again.html"
OPEN = "Choose which answer is right"


class Sides(NamedTuple):
    """One answer that differs, with both values in words."""

    id: str
    name: str
    about: str
    first: list[str]
    second: list[str]
    chosen: str


def listed(desk: Desk, *, notice: str = "") -> Response:
    """The forms that wait to be keyed again: first those that somebody else keyed."""
    with reading(engine()) as session:
        waiting = second_keying.waiting(session, desk.wave, settings().key_again_one_in)
        checked = second_keying.checked(session, desk.wave)
    return screens.page(
        desk.officer,
        "keying_again.html",
        desk=desk,
        waiting=sorted(waiting, key=lambda one: one.keyed_by == desk.officer),
        told=rate(checked),
        notice=notice,
    )


def blank(desk: Desk, reference: str) -> Response:
    """A blank form to key that copy into once more, without the first answers in sight."""
    form = _waiting(desk, reference)
    if form is None:
        return forms.to(desk.to("/again"))
    return screens.whole_form(desk, TEMPLATE, Written({}, {}, codes.token(), is_new=True), form=form)


def take(desk: Desk, reference: str, sent: FormData, *, is_ours: bool) -> Response:
    """Compare the second keying with the first; if they differ, ask which is right; then keep it."""
    form = _waiting(desk, reference)
    if form is None:  # somebody else was quicker, or this was sent twice
        return forms.to(desk.to("/again"))
    written = paper.as_typed(desk, sent)
    go = boxes.text(sent, "go")
    if not is_ours:
        return _again(desk, form, written._replace(others=[("save", paper.STALE)]))
    if go not in {"save", "settle"}:
        return _again(desk, form, paper.without_child(desk, written, go))
    written, answers, raised = paper.judged(desk, written)
    if written.problems or raised:
        return _again(desk, form, written)
    try:
        return _settled(desk, form, written, answers, sent if go == "settle" else FormData())
    except KeyingError as problem:
        return listed(desk, notice=str(problem))
    except OperationalError as problem:
        log.warning("a second keying could not be saved: %s", type(problem.orig).__name__)
        return _again(desk, form, written._replace(others=[("save", paper.BUSY)]))


def rate(checked: list[Checked]) -> str:
    """How often the two keyings of a form differed: the share with its base and interval, in words."""
    if not checked:
        return "No form of this wave has been keyed twice yet."
    forms = pd.DataFrame(checked)
    groups = pd.Series("wave", index=forms.index)
    base = effective_base(forms["differences"], forms["questions"], groups)
    counts = pd.DataFrame(
        {"count": [forms["differences"].sum()], "base": [forms["questions"].sum()], "effective": [base.iloc[0]]}
    )
    found = shares(counts).iloc[0]
    keyed = "1 form was" if len(checked) == 1 else f"{len(checked):,} forms were"
    return (
        f"{keyed} keyed twice. {int(found['count']):,} of {int(found['base']):,} answers differed: "
        f"{found['share']:.1%}, and between {found['low']:.1%} and {found['high']:.1%} allowing for chance."
    )


def _settled(desk: Desk, form: Waiting, written: Written, answers: dict[AnswerKey, Typed], sent: FormData) -> Response:
    """Keep it if nothing differs or all is decided; otherwise show what differs."""
    with writing(engine()) as session:
        found = second_keying.differences(session, desk.wave, form.reference, answers, desk.now)
        right = _decided(found, sent)
        if len(right) == len(found):
            second_keying.settle(session, desk.wave, form.reference, answers, right, by=desk.officer, now=desk.now)
            return forms.to(desk.to("/again"))
    return _side_by_side(desk, form, written, found, right, was_asked=bool(sent))


def _decided(found: list[Difference], sent: FormData) -> dict[AnswerKey, Choice]:
    chosen: dict[AnswerKey, Choice] = {}
    for one in found:
        match boxes.text(sent, f"right {one.key}"):
            case "first":
                chosen[one.key] = "first"
            case "second":
                chosen[one.key] = "second"
    return chosen


def _side_by_side(
    desk: Desk,
    form: Waiting,
    written: Written,
    found: list[Difference],
    right: dict[AnswerKey, Choice],
    *,
    was_asked: bool,
) -> Response:
    sides = [
        Sides(
            f"d{number}",
            f"right {one.key}",
            _about(desk, one),
            _in_words(one.item, one.first),
            _in_words(one.item, one.second),
            right.get(one.key, ""),
        )
        for number, one in enumerate(found, 1)
    ]
    left = [(f"{one.id}-first", f"{OPEN}: {one.about}") for one in sides if not one.chosen] if was_asked else []
    return screens.page(
        desk.officer,
        "keying_differences.html",
        status=422 if left else 200,
        desk=desk,
        form=form,
        sides=sides,
        typed=[(str(key), value) for key, value in written.raw.items()],
        problems=left,
    )


def _about(desk: Desk, one: Difference) -> str:
    key = one.key
    text = OFFICERS.of(one.item.text)
    if not (key.service or key.child):
        return text
    section = next(section for section, item in desk.questionnaire.items() if item.id == key.item)
    return f"{telling.heading(desk.questionnaire, Page(section.id, key.service, key.child), OFFICERS)}: {text}"


def _in_words(item: SimpleItem, stored: Stored | None) -> list[str]:
    if stored is None:
        return ["Not given"]
    if isinstance(item, Optioned):
        return [OFFICERS.of(option.text) for option in item.options if option.code in stored.codes]
    if stored.day:
        return [f"{stored.day:%-d %B %Y}"]
    return stored.words.splitlines() if stored.words else [f"{stored.number:g}"]


def _waiting(desk: Desk, reference: str) -> Waiting | None:
    with reading(engine()) as session:
        known = second_keying.waiting(session, desk.wave, settings().key_again_one_in)
    return next((one for one in known if one.reference == reference), None)


def _again(desk: Desk, form: Waiting, written: Written) -> Response:
    return screens.whole_form(desk, TEMPLATE, written, form=form)
