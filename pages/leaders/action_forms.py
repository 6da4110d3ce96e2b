"""What officers and leaders do to the ledger: a form for each act. Each act is kept with who did it and when."""

from collections.abc import Callable
from datetime import date, datetime

import streamlit as st
from sqlmodel import Session

from analysis.ledger import compared_of, evidence_of, figure, subject_of
from analysis.suppression import PUBLIC
from pages.leaders.book import Book
from pages.ui import data, markup
from pages.ui.acting import Presses
from pages.ui.doors import ACTIONS
from survey import actions
from survey.actions import LONGEST_OWNER, LONGEST_TOLD, MOST_POINTS, Seen
from survey.languages import ENGLISH, LANGUAGES
from survey.ledger import Action, ActionState, Evidence, Plan, Wording

PRESSES = Presses(ACTIONS)
NEW = "A new action"
WAYS = ("No prediction", "Up", "Down")


class Desk:
    """Where somebody decides about the actions of one consultation."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def do(self, act: Callable[..., object], *wanted: object, told: str) -> bool:
        """One act, as a whole; and a sentence about it. Whether it was done."""

        def do(session: Session, who: str, _: datetime) -> str:
            act(session, self.book.wave.consultation_id, *wanted, by=who)
            return told

        if not PRESSES.do(do):
            return False
        data.look_again(self.book.wave)
        return True


def decide(desk: Desk) -> None:
    """Choose an action, and do something about it; or add one."""
    offered = {f"{number}. {one.plan.told[:70]}": one for number, one in enumerate(desk.book.actions, start=1)}
    chosen = st.selectbox("Action to decide about", [NEW, *offered], key="actions-chosen", filter_mode=None)
    one = offered.get(chosen)
    if one is None:
        _plan_form(desk, None, "actions-new", "Add this action")
        return
    key = f"actions-{one.id}-{one.version}"
    markup.draw(markup.paragraph(one.plan.told))
    if one.state is ActionState.PLANNED:
        _finish(desk, one, key)
        with st.expander("Decide against it"):
            _refuse(desk, one, key)
    else:
        done = "You planned this action again. What it was is kept in its history."
        st.button("Plan it again", key=f"{key}-reopen", on_click=_reopen, args=(desk, one, done))
    with st.expander("Change it"):
        _plan_form(desk, one, key, "Save")
    with st.expander("Put it into another language"):
        _into(desk, one, key)


def _plan_form(desk: Desk, one: Action | None, key: str, label: str) -> None:
    """Everything an action says. What it is about comes first, because the evidence hangs on it."""
    book, was = desk.book, one.plan if one else None
    subjects, waves = _subjects(book, one), {title: number for number, title in book.named.waves.items()}
    names, places = list(subjects), book.named.districts
    with st.form(f"{key}-plan"):
        st.selectbox("Theme or service it is about", names, index=_place(names, _subject_name(book, one)),
                     key=f"{key}-about", filter_mode=None)  # fmt: skip
        chosen = book.named.waves[was.wave_id if was else book.wave.id]
        place = _place(list(waves), chosen)
        st.selectbox("Wave that the evidence is from", list(waves), index=place, key=f"{key}-wave", filter_mode=None)
        st.multiselect("Districts (none: the whole county)", list(places.values()), key=f"{key}-districts",
                       default=[places[code] for code in was.districts if code in places] if was else [])  # fmt: skip
        st.text_area("What is done or decided", was.told if was else "", key=f"{key}-told", max_chars=LONGEST_TOLD)
        st.text_input("Owner: a job, not a name (may wait)", was.owner if was else "", key=f"{key}-owner",
                      max_chars=LONGEST_OWNER)  # fmt: skip
        st.date_input("Due (may wait)", was.due if was else None, key=f"{key}-due", format="DD/MM/YYYY",
                      min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))  # fmt: skip
        predicted = was.predicted or 0 if was else 0
        st.radio("What the share is expected to do", WAYS, index=0 if not predicted else 1 if predicted > 0 else 2,
                 key=f"{key}-way", horizontal=True)  # fmt: skip
        st.number_input("By how many points", 1, MOST_POINTS, abs(predicted) or 10, key=f"{key}-points")
        st.multiselect("Frameworks it answers to", list(book.tags.values()), key=f"{key}-tags",
                       default=[book.tags[tag] for tag in was.tags if tag in book.tags] if was else [])  # fmt: skip
        PRESSES.submit(label, _keep, desk, one, key, primary=one is None)


def _keep(desk: Desk, one: Action | None, key: str) -> None:
    plan = _typed_plan(desk.book, one, key)
    evidence = _evidence(desk.book, plan)
    if one is None:
        if desk.do(actions.add, plan, evidence, told="You added this action. Its evidence is kept as it is today."):
            for name in [name for name in st.session_state if str(name).startswith(f"{key}-")]:
                del st.session_state[name]
    else:
        told = "You changed this action. What it was is kept in its history."
        desk.do(actions.change, Seen(one.id, one.version), plan, evidence, told=told)


def _typed_plan(book: Book, one: Action | None, key: str) -> Plan:
    """What the form says. Tags whose framework cannot be read now are not on it, and stay."""

    def typed(name: str) -> object:
        return st.session_state.get(f"{key}-{name}")

    theme_id, service = _subjects(book, one).get(str(typed("about")), (None, ""))
    codes = {name: code for code, name in book.named.districts.items()}
    tags = {label: tag for tag, label in book.tags.items()}
    waves = {title: number for number, title in book.named.waves.items()}
    way, size = typed("way"), typed("points")
    due = typed("due")
    return Plan(
        told=str(typed("told") or ""),
        wave_id=waves[str(typed("wave"))],
        theme_id=theme_id,
        service=service,
        owner=str(typed("owner") or ""),
        due=due if isinstance(due, date) else None,
        districts=tuple(codes[name] for name in _listed(typed("districts"))),
        predicted=(size if way == WAYS[1] else -size) if isinstance(size, int) and way != WAYS[0] else None,
        tags=(
            *(tags[name] for name in _listed(typed("tags"))),
            *(tag for tag in (one.plan.tags if one else ()) if tag not in book.tags),
        ),
    )


def _evidence(book: Book, plan: Plan) -> Evidence:
    """The figure as it is today, released as for the public: what is kept may be published."""
    state = next(one for one in book.states if one.wave.id == plan.wave_id)
    about = subject_of(plan, book.theme_keys)
    return evidence_of(figure(state.for_ledger, about, PUBLIC) if about else None)


def _finish(desk: Desk, one: Action, key: str) -> None:
    st.button("Call it done, with what later waves say", key=f"{key}-done", on_click=_done, args=(desk, one))


def _done(desk: Desk, one: Action) -> None:
    outcome = desk.book.outcomes.get(one.id)
    told = f"You called this action done. What later waves say: {outcome.felt if outcome else ''}."
    desk.do(actions.finish, Seen(one.id, one.version), compared_of(outcome), told=told)


def _refuse(desk: Desk, one: Action, key: str) -> None:
    with st.form(f"{key}-refuse"):
        st.text_area("We are not doing this, because", key=f"{key}-because", max_chars=LONGEST_TOLD)
        PRESSES.submit("Keep this decision", _refused, desk, one, key)


def _refused(desk: Desk, one: Action, key: str) -> None:
    because = str(st.session_state.get(f"{key}-because", ""))
    desk.do(actions.refuse, Seen(one.id, one.version), because, told="You decided against this action.")


def _reopen(desk: Desk, one: Action, told: str) -> None:
    desk.do(actions.reopen, Seen(one.id, one.version), told=told)


def _into(desk: Desk, one: Action, key: str) -> None:
    others = {known.english: code for code, known in LANGUAGES.items() if code != ENGLISH}
    with st.form(f"{key}-into"):
        st.selectbox("Language", list(others), key=f"{key}-language", filter_mode=None)
        st.text_area("What is done or decided, in that language", key=f"{key}-into-told", max_chars=LONGEST_TOLD)
        if one.because:
            st.text_area("Why not, in that language", key=f"{key}-into-because", max_chars=LONGEST_TOLD)
        PRESSES.submit("Keep this wording", _worded, desk, one, key, others)


def _worded(desk: Desk, one: Action, key: str, others: dict[str, str]) -> None:
    chosen = str(st.session_state.get(f"{key}-language"))
    told, because = (str(st.session_state.get(f"{key}-into-{name}", "")) for name in ("told", "because"))
    done = f"The public page will say this in {chosen} from its next version on."
    desk.do(actions.put_into, Seen(one.id, one.version), others[chosen], Wording(told, because), told=done)


def _subjects(book: Book, one: Action | None) -> dict[str, tuple[int | None, str]]:
    """What an action can be about, by what it is called: for one that is there also what it is about already.

    That may be a theme that was merged into another or retired since: a better wording makes it about nothing else.
    """
    themes: dict[str, tuple[int | None, str]] = {f"Theme: {theme.label}": (theme.id, "") for theme in book.themes}
    services = {f"Service: {name}": (None, code) for code, name in book.named.services.items()}
    own = {_subject_name(book, one): (one.plan.theme_id, one.plan.service)} if one else {}
    return themes | services | own


def _subject_name(book: Book, one: Action | None) -> str:
    if one is None:
        return ""
    return f"{'Service' if one.plan.theme_id is None else 'Theme'}: {book.about(one)}"


def _place(names: list[str], name: str) -> int:
    return names.index(name) if name in names else 0


def _listed(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []
