"""The inspection page drawn: a table of evidence and one of actions for each outcome, and what is missing."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.inspection import Known, Pack, Sought, pack
from analysis.report import pack as files
from analysis.report.decided import SAYS
from analysis.report.pack import PackFile
from analysis.suppression import LEADER
from pages.leaders import book, taking
from pages.leaders.book import Book
from pages.ui import data, markup, show
from pages.ui.doors import INSPECTION
from survey.consultations import WaveFacts
from survey.frameworks import Framework


def assembled(opened: Book, known: list[WaveFacts], framework: Framework) -> Pack:
    """Everything for an inspection, from the wave that somebody chose and the one before."""
    before = data.before(opened.wave, known)
    sought = [Sought(framework.tag_id(one), one.label, one.item, one.themes, one.services) for one in framework.tag]
    said = {
        number: " ".join(told.text for told in (one.since, one.beside) if told).removeprefix(SAYS)
        for number, one in opened.decided.items()
        if one.since is not None
    }
    return pack(
        opened.wave.title,
        framework.source,
        sought,
        opened.state.for_ledger,
        data.now(before).for_ledger if before else None,
        Known(opened.named.themes, opened.named.services, opened.actions, opened.outcomes, said),
        LEADER,
        today=opened.today,
    )


def made(kind: PackFile, wave: WaveFacts, framework: Framework) -> bytes:
    """One file of the pack as it stands at this moment."""
    known = data.waves()
    opened = book.opened(wave, known)
    return files.made(
        kind,
        assembled(opened, known, framework),
        owner=wave.owner,
        notes=(*show.reading_notes_of(LEADER, opened.state.scope), opened.made_from.told),
        made_up=wave.demonstration,
    )


def draw(pack: Pack) -> None:
    """The whole pack, outcome by outcome."""
    markup.draw(markup.paragraph(f"Made on {pack.made:%-d %B %Y}. {pack.source}"))
    for section in pack.sections:
        st.header(section.label, anchor=False)
        for table in files.tables(section):
            show.table(pd.DataFrame(table.rows, columns=list(table.columns)), caption=table.title)
        show.sentences(section.gaps)


def offer(make: Callable[[PackFile], bytes]) -> None:
    """The pack as a file, by one press."""
    taking.offer(files.OFFERED, INSPECTION, make)
