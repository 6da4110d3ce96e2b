"""The actions of a ledger, one card each: what was decided, on what evidence, and what later waves say."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

import streamlit as st

from analysis.phrases import counted, listed
from pages.leaders.book import Book
from pages.ui import markup
from pages.ui.markup import Piece
from survey.languages import LANGUAGES
from survey.ledger import Action, ActionActKind, ActionState, Did
from survey.local_days import LOCAL

NO_OWNER, OVERDUE, PLANNED, DONE, REFUSED = "No owner yet", "Overdue", "Planned", "Done", "Not doing, and why"
ACTS = {
    ActionActKind.ADDED: "Added",
    ActionActKind.CHANGED: "Changed",
    ActionActKind.DONE: "Called done",
    ActionActKind.REFUSED: "Decided against",
    ActionActKind.REOPENED: "Planned again",
}


def draw(book: Book, actions: Sequence[Action]) -> None:
    """Every action under the heading it belongs to; those without an owner first."""
    groups: dict[str, list[Action]] = {}
    for one in actions:
        groups.setdefault(_group(one, book), []).append(one)
    for name, members in groups.items():
        st.header(f"{name} ({len(members)})", anchor=False)
        markup.draw(Piece(f'<ul class="heard-cards">{"".join(_card(one, book) for one in members)}</ul>'))


def _group(action: Action, book: Book) -> str:
    if action.state is not ActionState.PLANNED:
        return DONE if action.state is ActionState.DONE else REFUSED
    if not action.plan.owner:
        return NO_OWNER
    return OVERDUE if action.is_overdue(book.today) else PLANNED


def _card(action: Action, book: Book) -> str:
    lines = "".join(f"<p>{line}</p>" for line in _lines(action, book))
    told = "".join(f"<li>{escape(_history(one))}</li>" for one in action.history)
    summary = f"What was done to it: {counted(len(action.history), 'act', 'acts')}"
    history = f"<details><summary>{escape(summary)}</summary><ul>{told}</ul></details>"
    return f"<li><h3>{escape(book.about(action))}</h3>{lines}{_wordings(action)}{history}</li>"


def _lines(action: Action, book: Book) -> Iterator[str]:
    """The card line by line, each escaped already."""
    told = book.decided[action.id]
    yield f"<strong>{escape(told.told)}</strong>"
    yield from (escape(line if isinstance(line, str) else line.text) for line in told.lines)


def _wordings(action: Action) -> str:
    if not action.wordings:
        return ""
    told = "".join(
        f'<li lang="{LANGUAGES[code].tag}" dir="{LANGUAGES[code].direction}">'
        f"{escape(' '.join(part for part in wording if part))}</li>"
        for code, wording in action.wordings.items()
    )
    names = listed([LANGUAGES[code].english for code in action.wordings])
    return f"<details><summary>Also in {escape(names)}</summary><ul>{told}</ul></details>"


def _history(did: Did) -> str:
    plan = did.plan
    facts = [plan.owner or "no owner", f"due {plan.due:%-d %B %Y}" if plan.due else "no date", f"“{plan.told}”"]
    facts += [did.because] if did.because else []
    return f"{ACTS[did.what]} by {did.by}, {moment(did.at)}: {'; '.join(facts)}"


def moment(at: datetime) -> str:
    """When something happened, as clocks here showed it."""
    return f"{at.astimezone(LOCAL):%-d %B %Y, %H:%M}"
