"""One report as it was signed off, with what has moved since, and what officers may do about it."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from analysis.report.content import Content, Quote, loaded
from analysis.report.moved import moved
from pages.leaders import behind, spine, taking, telling, whole
from pages.leaders.spine import Around
from pages.ui import data, markup, show
from pages.ui.acting import Presses
from pages.ui.doors import REPORTS
from survey import reports
from survey.reports import Listed, Quoted, Signed
from survey.tables import RoleName

PRESSES = Presses(REPORTS, frozenset({RoleName.OFFICER}))
STAND_NOW = (
    "These are the comments that stand now. Since this was signed off somebody may have taken theirs back, and a theme "
    "may have been given to others. Figures stay as they were signed off."
)


def show_list(listed: Sequence[Listed]) -> None:
    """Every report, the latest first, as a link to it."""
    if not listed:
        markup.draw(markup.paragraph("No report has been signed off yet. An officer signs a summary off on “Summary”."))
        return
    for one in listed:
        markup.draw(
            markup.link(f"Report {one.id}: {one.title}", f"{REPORTS.address}?report={one.id}"),
            markup.paragraph(f"Signed off by {one.made_by} on {one.made_at:%-d %B %Y}.", style="heard-small"),
        )


def show_it(signed: Signed, *, officer: bool) -> None:
    """One report, and whatever in it is not as it was."""
    report = signed.report
    wave = next(one for one in data.waves() if one.id == report.wave_id)
    present = whole.watched(wave, data.waves(), show.look()).content
    state = data.now(wave)
    content = loaded(report.content).with_quotes(tuple(_quote(one, state) for one in signed.quotes))
    since = moved(content, present)
    labels = {finding.theme: finding.label for finding in content.findings}
    around = Around(content, labels, state.approved.districts.to_dict(), signed.wordings, since)

    st.title(report.title, anchor=False)
    show.demonstration(wave)
    markup.draw(markup.paragraph(f"Report {report.id}. Signed off by {report.made_by} on {report.made_at:%-d %B %Y}."))
    _news(len(since), signed.gone)
    taking.of_report(report.id or 0)
    spine.sentences(content.opening, around)
    st.header("Main themes", anchor=False)
    telling.findings(content, around)
    telling.beside(content.beside)
    telling.decided(content, around, now=present.decided)
    telling.coverage(content, around)
    telling.drawing(content)
    st.header("Tables", anchor=False)
    for table in (*content.profile, *content.tables):
        with st.expander(table.title):
            spine.table(table)
    _made(content)
    _behind(state, around, report.id or 0, officer=officer)
    if officer:
        _wording(signed, content)


def _news(changed: int, gone: int) -> None:
    told = [f"{changed} of its sentences would say something else now. They are marked." if changed else ""]
    told.append(f"{gone} of its quotations are not shown any more." if gone else "")
    if any(told):
        markup.draw(markup.notice(" ".join(one for one in told if one)))


def _made(content: Content) -> None:
    """Everything that has to be the same for the same report to come out."""
    made = content.versions
    st.header("How this was made", anchor=False)
    show.sentences(
        [
            f"Answers: up to change {made.change:,}.",
            f"Themes: coding frame {made.frame}, after act {made.act if made.act is not None else 'none'}.",
            f"Program: {made.code}.",
            f"Comments read by: {', '.join(made.readers) or 'nobody'}.",
            f"Chance: begins from {made.seed}.",
        ]
    )
    with st.expander("Methods and limits"):
        show.sentences([*content.methods, *content.here, *content.wrong, *content.limits])


def _behind(state: data.State, around: Around, number: int, *, officer: bool) -> None:
    """The comments behind its sentences, of those that stand now."""
    if officer:
        st.header("For officers", anchor=False)
    show_behind = behind.for_officers if officer else behind.for_leaders
    show_behind(state, around, key=f"report-behind-{number}", note=STAND_NOW)


def _wording(signed: Signed, content: Content) -> None:
    """Put a sentence in other words. What was computed is kept beside it."""
    offered = {sentence.key: sentence.text for sentence in content.sentences}
    PRESSES.tell()
    with st.expander("Put a sentence in other words"):
        key = st.selectbox("Sentence", list(offered), format_func=lambda one: offered[one], key="report-sentence")
        last = signed.wordings.get(key)
        number = signed.report.id or 0
        with st.form("report-wording"):
            box = f"report-words-{number}-{key}"
            st.text_area(
                "In other words", last.words if last else offered[key], key=box, max_chars=reports.LONGEST_WORDING
            )
            markup.draw(
                markup.paragraph(
                    "Use only the numbers the computed sentence has. Leave it empty to let the computed text stand. "
                    "Readers see that it was edited, by whom, and what was computed."
                )
            )
            PRESSES.submit("Save wording", _word, number, key, box, offered[key])


def _word(report_id: int, key: str, box: str, computed: str) -> None:
    words = str(st.session_state.get(box, ""))

    def word(session: Session, by: str, now: datetime) -> str:
        reports.word(session, report_id, key, words, computed=computed, by=by, now=now)
        if not words.strip():
            return "The sentence stands as it was computed again."
        return "The sentence is in your words now. What was computed stands below it."

    PRESSES.do(word)


def _quote(one: Quoted, state: data.State) -> Quote:
    place = str(state.approved.districts.get(one.district, ""))
    return Quote(one.comment_id, one.words, one.language, one.sentiment, place, one.theme)
