"""The public page: made as a preview, published as it was previewed, withdrawn. Each is somebody's act."""

from datetime import datetime

import streamlit as st

from analysis.record import Correction, Record, record
from pages.leaders.action_cards import moment
from pages.leaders.action_forms import PRESSES, Desk
from pages.leaders.book import Book
from pages.ui import doors, markup
from survey import publications
from survey.database import engine, reading
from survey.publications import Frozen

LONGEST_CORRECTION = 300
PRESSED = "publishing-pressed"


def draw(desk: Desk) -> None:
    """What is public now, the preview there is, and a form to make one."""
    book = desk.book
    with reading(engine()) as session:
        versions = publications.published(session, book.wave.consultation_id)
        waiting = publications.preview(session, book.wave.consultation_id)
    _what_is_public(desk, versions)
    if waiting:
        _preview(desk, waiting)
    with st.form("publishing-new"):
        markup.draw(
            markup.paragraph(
                f"A preview freezes what was said in {book.wave.title} and this ledger as they are now, "
                "through the public's rules. What you publish is exactly what you previewed."
            )
        )
        st.text_area("What was wrong in an earlier version, if anything", key="publishing-correction",
                     max_chars=LONGEST_CORRECTION)  # fmt: skip
        PRESSES.submit("Make a preview", _freeze, desk, versions)


def was_pressed() -> bool:
    """Whether the last press on the page was one of these: then what came of it is told here."""
    return st.session_state.get(PRESSED) == PRESSES.times


def _what_is_public(desk: Desk, versions: list[Frozen]) -> None:
    slug = desk.book.wave.slug
    if not versions:
        markup.draw(markup.paragraph("Nothing has been published yet."))
        return
    newest = versions[0]
    told = f"Version {newest.number} was published by {newest.published_by} on {_when(newest.published_at)}."
    if newest.withdrawn_at:
        told += f" {newest.withdrawn_by} withdrew it on {_when(newest.withdrawn_at)}, and its address says so."
    markup.draw(
        markup.paragraph(told),
        markup.paragraph(_made_from(newest), style="heard-small"),
        _link("Open the public page (in a new tab)", doors.what_changed(slug)),
    )
    public = [one for one in versions if one.is_public and one.number]
    if public:
        with st.expander("Withdraw a version"), st.form("publishing-withdraw"):
            names = {f"Version {one.number}": one for one in public}
            key = f"publishing-version-{public[0].number}"  # once there is a newer one, that is what stands chosen
            st.selectbox("Version to withdraw", list(names), key=key, filter_mode=None)
            PRESSES.submit("Withdraw it now", _withdraw, desk, names, key)


def _made_from(version: Frozen) -> str:
    """Everything that has to be the same for the same page to come out."""
    made = Record.model_validate_json(version.content).made_from
    return made.told if made else "From what it was made was not kept with pages then."


def _preview(desk: Desk, waiting: Frozen) -> None:
    told = f"A preview was made by {waiting.made_by} on {_when(waiting.made_at)}. It is not public."
    address = doors.what_changed(desk.book.wave.slug, "preview")
    markup.draw(markup.notice(told), _link("Open the preview (in a new tab)", address))
    with st.form(f"publishing-publish-{waiting.id}"):
        st.checkbox("I have read the preview", key=f"publishing-read-{waiting.id}")
        PRESSES.submit("Publish it", _publish, desk, waiting, primary=True)


def _freeze(desk: Desk, versions: list[Frozen]) -> None:
    typed = str(st.session_state.get("publishing-correction", "")).strip()
    content = frozen(desk.book, typed, versions).model_dump_json()
    desk.do(publications.freeze, content, told="The preview is made. Open it, read it, then publish it.")
    st.session_state[PRESSED] = PRESSES.times


def frozen(book: Book, correction: str, versions: list[Frozen]) -> Record:
    """The page as it would be published now, with every correction that was ever made."""
    earlier = Record.model_validate_json(versions[0].content).corrections if versions else ()
    today = book.today
    now = (Correction(day=today, told=correction),) if correction else ()
    return record(
        book.wave.consultation_title,
        book.state.for_ledger,
        book.actions,
        book.public_outcomes,
        book.named,
        today=today,
        made_from=book.made_from,
        corrections=(*earlier, *now),
    )


def _publish(desk: Desk, waiting: Frozen) -> None:
    if not st.session_state.get(f"publishing-read-{waiting.id}"):
        PRESSES.refuse("Tick the box to say that you have read the preview. Nothing was published.")
    else:
        desk.do(publications.publish, waiting, told="The page is public now. Parents find it from the start page.")
    st.session_state[PRESSED] = PRESSES.times


def _withdraw(desk: Desk, names: dict[str, Frozen], key: str) -> None:
    chosen = names[str(st.session_state.get(key))]
    desk.do(publications.withdraw, chosen.number, told=f"You withdrew version {chosen.number}. Its address says so.")
    st.session_state[PRESSED] = PRESSES.times


def _link(text: str, address: str) -> markup.Piece:
    return markup.link(text, address, new_tab=True)


def _when(at: datetime | None) -> str:
    return moment(at) if at else ""
