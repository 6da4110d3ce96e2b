"""What officers find below a summary: comments behind it, those it leaves out, quotations to strike, signing off."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from analysis.report.content import Content, dumped
from pages.leaders import behind, left_out
from pages.leaders.behind import cut
from pages.leaders.spine import Around
from pages.ui import markup, show
from pages.ui.acting import Presses
from pages.ui.data import Report, State
from pages.ui.doors import SUMMARY
from survey import reports
from survey.database import engine, reading
from survey.reports import Struck
from survey.tables import RoleName

PRESSES = Presses(SUMMARY, frozenset({RoleName.OFFICER}))


def show_all(state: State, report: Report, around: Around) -> None:
    """Everything that officers see and leaders do not."""
    st.header("For officers", anchor=False)
    PRESSES.tell()
    behind.for_officers(state, around)
    left_out.for_officers(state, report)
    strike_out(report.content)
    with reading(engine()) as session:
        struck = reports.struck(session, state.wave.id)
    struck_out(struck)
    sign_off(state, report)


def strike_out(content: Content) -> None:
    """Strike a quotation out, with the reason; the next by the rule takes its place."""
    quotes = {quote.comment_id: quote for quote in content.quotes}
    if not quotes:
        return
    with st.expander("Strike a quotation out"), st.form("summary-strike"):
        markup.draw(
            markup.paragraph(
                "Only for a reason, such as that somebody may be recognised. It goes from every report too. Here the "
                "next by the rule takes its place. None can be picked."
            )
        )
        st.selectbox(
            "Quotation", list(quotes), format_func=lambda one: cut(quotes[one].words), key="summary-strike-which"
        )
        st.text_input("Reason", key="summary-strike-why", max_chars=reports.LONGEST_REASON)
        PRESSES.submit("Strike it out", _strike)


def struck_out(struck: list[Struck]) -> None:
    """What was struck out, why, and the way back."""
    if not struck:
        return
    with st.expander(f"Struck out ({len(struck)})"):
        for one in struck:
            markup.draw(markup.paragraph(f"“{one.words}” Struck out by {one.by} on {one.at:%-d %B %Y}: {one.reason}"))
            st.button(
                "Let it stand again", key=f"summary-stand-{one.comment_id}", on_click=_let_stand, args=(one.comment_id,)
            )


def sign_off(state: State, report: Report) -> None:
    """Sign the summary off as it is on this screen."""
    if not report.content.findings:
        return
    with st.expander("Sign this off as a report"), st.form("summary-sign"):
        markup.draw(
            markup.paragraph(
                "Its figures are kept for ever as they are on this screen. Quotations are kept by reference: what is "
                "taken back goes from the report too. You can put sentences in other words there."
            )
        )
        st.text_input("Title", show.full_title(state.wave), key="summary-title", max_chars=reports.LONGEST_TITLE)
        PRESSES.submit("Sign off", _sign, state, report, primary=True)


def _sign(state: State, report: Report) -> None:
    content = report.content
    title = str(st.session_state.get("summary-title", ""))

    def keep(session: Session, by: str, now: datetime) -> str:
        number = reports.sign_off(
            session,
            state.wave,
            title=title,
            content=dumped(content),
            made_with=reports.Version(content.versions.frame, content.versions.act, content.versions.code),
            change=content.versions.change,
            seed=content.versions.seed,
            quotes=[(quote.comment_id, quote.theme, quote.words) for quote in content.quotes],
            by=by,
            now=now,
        )
        return f"Signed off as report {number}. You find it under Reports."

    PRESSES.do(keep)


def _strike() -> None:
    which, why = st.session_state.get("summary-strike-which"), str(st.session_state.get("summary-strike-why", ""))

    def strike(session: Session, by: str, now: datetime) -> str:
        reports.strike(session, int(which or 0), why, by=by, now=now)
        return "The quotation is struck out, and the next by the rule has taken its place."

    PRESSES.do(strike)


def _let_stand(comment_id: int) -> None:
    def stand(session: Session, by: str, _: datetime) -> str:
        reports.let_stand(session, comment_id, by=by)
        return "That comment may be quoted again."

    PRESSES.do(stand)
