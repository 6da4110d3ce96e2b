"""How cases are listed, and how one is shown to somebody who has opened it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from pages.officers import case_acts
from pages.ui import comments, markup, show
from survey.database import engine, reading
from survey.safeguarding.cases import InFull, Listed, Step, in_full
from survey.safeguarding.choices import choices
from survey.safeguarding.clock import working_time
from survey.tables import CaseState, StepKind

LOCAL = ZoneInfo("Europe/London")
CHOSEN = "cases-chosen"
MOST = 50
STEPS = {
    StepKind.RAISED: "Came into the queue",
    StepKind.OPENED: "Opened",
    StepKind.ESCALATED: "Passed to",
    StepKind.NOTED: "Note",
    StepKind.PROPOSED: "Proposed",
    StepKind.CONFIRMED: "Confirmed",
    StepKind.SENT_BACK: "Not agreed",
    StepKind.REOPENED: "Opened again",
}


def span(length: timedelta | None) -> str:
    """A length of time as people say it: "25 minutes", "2 hours 10 minutes", "3 working days"."""
    if length is None:
        return "–"
    minutes = round(length.total_seconds() / 60)
    hours = choices().working_hours.closes - choices().working_hours.opens
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 60 * hours:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes / 60 / hours:.1f} working days"


def choose(cases: Sequence[Listed], now: datetime) -> None:
    """What is known of each case but its words, and the press that opens one."""
    shown = cases[:MOST]
    rows = [
        (f"Case {one.case_id}", _state(one), _wait(one, now), _kinds(one), *_where(one), _came(one)) for one in shown
    ]
    columns = ["Case", "Now", "First look", "What it may tell of", "Question", "About", "Where", "Wave", "Came"]
    show.table(pd.DataFrame(rows, columns=columns), caption="Unopened first, then oldest")
    if len(cases) > MOST:
        markup.draw(markup.paragraph(f"{len(cases) - MOST} more are not listed here.", style="heard-small"))
    named = {one.case_id: f"Case {one.case_id}: {_kinds(one)}" for one in shown}
    if st.session_state.get(CHOSEN) not in named:
        st.session_state[CHOSEN] = shown[0].case_id
    chosen = st.selectbox("Case", list(named), format_func=named.__getitem__, key=CHOSEN, filter_mode=None)
    st.button(
        "Open this case (that you looked is kept)", key="cases-open", on_click=case_acts.open_case, args=(chosen,)
    )


def draw(who: str, listed: Sequence[int]) -> None:
    """The case that this person has opened, if it is among those listed: its words, what was done, what can be."""
    case_id = case_acts.opened()
    if case_id not in listed:
        return
    with reading(engine()) as session:
        found = in_full(session, case_id)
    if found is None:
        markup.draw(markup.notice("This case is gone: whoever wrote the comment has taken it back."))
        return
    markup.draw(
        markup.subheading(f"Case {case_id}: {_kinds(found.listed)}", level=3),
        comments.block(found.words, found.language),
        markup.paragraph(_about(found.listed), style="heard-small"),
    )
    show.steps([_step(one) for one in found.steps])
    _presses(found, who)


def _presses(found: InFull, who: str) -> None:
    case = found.listed
    st.text_area("Note", key=case_acts.NOTE, height=100, max_chars=4_000)
    if case.state is CaseState.CLOSED:
        st.button("Open this case again", key="cases-reopen", on_click=case_acts.reopen, args=(case.case_id,))
    elif case.outcome:
        _second(case, who)
    else:
        _first(case)
    with st.container(horizontal=True, key="cases-rest"):
        st.button("Keep this note", key="cases-keep-note", on_click=case_acts.add_note, args=(case.case_id,))
        st.button("Take these words off the screen", key="cases-away", on_click=case_acts.put_away)


def _first(case: Listed) -> None:
    """What the first of two people can do."""
    to, outcome = "cases-to", "cases-outcome"
    st.selectbox(
        "Passed to",
        list(choices().escalations),
        key=to,
        format_func=choices().escalations.__getitem__,
        filter_mode=None,
    )
    st.button("Keep that it was passed on", key="cases-escalate", on_click=case_acts.escalate, args=(case.case_id, to))
    st.selectbox(
        "How it ends", list(choices().outcomes), key=outcome, format_func=choices().outcomes.__getitem__,
        filter_mode=None,
    )  # fmt: skip
    st.button("Propose this end", key="cases-propose", on_click=case_acts.propose, args=(case.case_id, outcome))


def _second(case: Listed, who: str) -> None:
    """What can be done about an end that is proposed."""
    proposed = choices().outcomes.get(case.outcome, case.outcome)
    markup.draw(markup.paragraph(f"{case.proposed_by} proposes: {proposed}."))
    if case.proposed_by == who:
        markup.draw(markup.paragraph("Somebody else has to confirm it."))
    else:
        st.button(
            "Confirm, and close the case", type="primary", key="cases-confirm",
            on_click=case_acts.confirm, args=(case.case_id, case.outcome),
        )  # fmt: skip
    label = "Take the proposal back" if case.proposed_by == who else "Do not agree: keep it open"
    st.button(label, key="cases-send-back", on_click=case_acts.send_back, args=(case.case_id,))


def _kinds(case: Listed) -> str:
    return "; ".join(choices().kinds.get(kind, kind) for kind in case.kinds)


def _where(case: Listed) -> tuple[str, str, str, str]:
    return case.question, case.service or "–", case.place or "–", case.wave


def _came(case: Listed) -> str:
    by = f", put in by {case.raised_by}" if case.raised_by else ""
    return f"{_at(case.came_at)}{by}"


def _wait(case: Listed, now: datetime) -> str:
    if case.first_look_at:
        return f"after {span(working_time(case.came_at, case.first_look_at))}"
    return f"waits {span(working_time(case.came_at, now))}"


def _state(case: Listed) -> str:
    outcome = choices().outcomes.get(case.outcome, case.outcome)
    if case.state is CaseState.CLOSED:
        return f"Closed: {outcome}"
    told = "Waiting" if case.state is CaseState.WAITING else str(case.state).capitalize()
    if case.escalated_to:
        told = f"Passed to: {choices().escalations.get(case.escalated_to, case.escalated_to)}"
    return f"{told}. {case.proposed_by} proposes: {outcome}" if outcome else told


def _about(case: Listed) -> str:
    return " · ".join(part for part in (case.question, case.service, case.place, case.wave, _came(case)) if part)


def _step(step: Step) -> str:
    named = choices().escalations | choices().outcomes | choices().kinds
    what = f"{STEPS[step.what]}{f': {named.get(step.choice, step.choice)}' if step.choice else ''}"
    who = step.by or "found by its words"
    return f"{what}, {who}, {_at(step.at)}{f'. {step.note}' if step.note else ''}"


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%-d %B %Y, %H:%M}"
