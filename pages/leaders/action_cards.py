"""The actions of a ledger, one card each: what was decided, on what evidence, and what later waves say."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

import pandas as pd
import streamlit as st

from analysis.ledger import Felt, Figure, Outcome
from analysis.phrases import counted, listed, points
from pages.leaders.book import Book
from pages.ui import markup
from pages.ui.markup import Piece
from survey.languages import LANGUAGES
from survey.ledger import Action, ActionActKind, ActionState, Did

LOCAL = "Europe/London"
NO_OWNER, OVERDUE, PLANNED, DONE, REFUSED = "No owner yet", "Overdue", "Planned", "Done", "Not doing, and why"
ACTS = {
    ActionActKind.ADDED: "Added",
    ActionActKind.CHANGED: "Changed",
    ActionActKind.DONE: "Called done",
    ActionActKind.REFUSED: "Decided against",
    ActionActKind.REOPENED: "Planned again",
}
WORDS = {
    Felt.FELT: "Felt.",
    Felt.NOT: "Not felt.",
    Felt.EARLY: "Too early: no later wave has asked families since this was due.",
    Felt.FEW: "Too few to say.",
    Felt.OTHER_WORDS: "Not compared.",
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
    plan = action.plan
    yield f"<strong>{escape(plan.told)}</strong>"
    if action.because:
        yield _named("Why not", action.because)
    if plan.districts:
        yield _named("Where", listed([book.named.districts.get(code, code) for code in plan.districts]))
    yield _named("Evidence", _evidence(action, book))
    if action.state is not ActionState.REFUSED:
        yield from _meant(action, book)
    if plan.tags:
        yield _named("For", "; ".join(book.tags.get(tag, tag) for tag in plan.tags))


def _meant(action: Action, book: Book) -> Iterator[str]:
    """Of an action that is meant or done: who sees to it, by when, what is expected, and what came of it."""
    plan = action.plan
    yield _named("Owner", plan.owner or "no owner yet")
    if plan.due:
        late = " It is overdue." if action.is_overdue(book.today) else ""
        yield _named("Due", f"{plan.due:%-d %B %Y}.{late}")
    if plan.predicted:
        yield _named("Expected", f"{points(plan.predicted / 100)} {'up' if plan.predicted > 0 else 'down'}.")
    yield _named("What later waves say", later(book.outcomes.get(action.id), book.felt(action)))
    if action.compared:
        yield _named("When it was called done", f"{action.compared.word}.")


def later(outcome: Outcome | None, felt: Felt) -> str:
    """The word for an action, and the comparison that it rests on."""
    return f"{WORDS[felt]} {outcome.in_words if outcome else 'Its theme was retired.'}".strip()


def _named(name: str, told: str) -> str:
    return f"{escape(name)}: {escape(told)}"


def _evidence(action: Action, book: Book) -> str:
    wave, found = book.named.waves.get(action.plan.wave_id, ""), action.evidence
    if found.share is None or found.low is None or found.high is None or found.base is None:
        return f"{wave}. Too few people to show the figure."
    what = "of those who commented criticise it" if action.plan.theme_id is not None else "rate it well"
    return f"{wave}: {Figure(found.share, found.low, found.high, found.base)} {what}."


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
    return f"{pd.Timestamp(at).tz_convert(LOCAL):%-d %B %Y, %H:%M}"
