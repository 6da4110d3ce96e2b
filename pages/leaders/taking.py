"""The files that a report or a summary can be taken away as. Each is made when somebody asks for it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from analysis import issuing
from analysis.charts.chart import LIGHT
from analysis.report import files
from analysis.report.edition import Edition
from analysis.report.files import Given, Kind
from analysis.report.pack import Offered
from pages.leaders import whole
from pages.ui import access, data, markup, show
from pages.ui.doors import REPORTS, SUMMARY, Door
from survey.consultations import WaveFacts
from survey.database import engine, reading
from survey.errors import NotAllowed

Wanted = TypeVar("Wanted", bound=StrEnum)
MADE_WHEN_ASKED = "Each is made when you choose it, with the quotations that may be shown at that moment."


def of_report(number: int) -> None:
    """A button for each file of a signed report."""
    with st.expander("Take it away as a file"):
        markup.draw(markup.paragraph(f"The same figures as on this page. {MADE_WHEN_ASKED}"))
        offer(files.GIVEN, REPORTS, lambda kind: signed(number, kind), named=f"report-{number}-")


def of_summary(wave: WaveFacts) -> None:
    """The same of the summary, as a report would be if it were signed off now."""
    with st.expander("Preview it as a file"):
        markup.draw(markup.paragraph(f"As a report would be if it were signed off now. {MADE_WHEN_ASKED}"))
        offer(files.GIVEN, SUMMARY, lambda kind: previewed(wave, kind), named="preview-")


def signed(number: int, kind: Kind) -> bytes:
    """One file of a report as it may be given out at this moment."""
    with reading(engine()) as session:
        edition = issuing.edition(session, number)
    return files.made(kind, edition)


def previewed(wave: WaveFacts, kind: Kind) -> bytes:
    """One file of a summary as it stands at this moment."""
    report = whole.summed_up(wave, data.waves(), LIGHT)
    return files.made(kind, Edition(show.full_title(wave), report.content, datetime.now(UTC)))


def offer(
    kinds: Mapping[Wanted, Given | Offered], door: Door, make: Callable[[Wanted], bytes], *, named: str = ""
) -> None:
    """A button for each of these files, which begin with that name: each is made when it is chosen.

    Under them heard.js says which is being made, and how that ended.
    """
    token = st.context.cookies.get(access.STAFF_COOKIE)
    with st.container(horizontal=True, key=f"heard-files-{named}"):
        for kind, given in kinds.items():
            st.download_button(
                given.label,
                for_whoever_may(str(token or ""), door, kind, make),
                file_name=f"{named}{kind}",
                mime=given.mime,
                on_click="ignore",
                key=f"take-{named}{kind.name}",
            )
        st.html('<p class="heard-making" role="status"></p>')


def for_whoever_may(token: str, door: Door, kind: Wanted, make: Callable[[Wanted], bytes]) -> Callable[[], bytes]:
    """What makes a file when its button is pressed: if whoever presses it is still signed in and may."""

    def made() -> bytes:
        present = access.holder(token)
        if present is None or not present.roles & {*door.roles}:
            raise NotAllowed("Your sign-in does not cover this any more. Sign in again.")
        return make(kind)

    return made
