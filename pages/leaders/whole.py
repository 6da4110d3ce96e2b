"""The summary of a wave whole: what was said, and what the ledger has of what was decided about it."""

from dataclasses import replace

from analysis.charts.chart import Look
from analysis.suppression import LEADER
from pages.leaders import book
from pages.ui import data
from pages.ui.data import Report
from survey.consultations import WaveFacts


def summed_up(wave: WaveFacts, known: list[WaveFacts], look: Look) -> Report:
    """The summary as it stands at this moment, with the ledger as it stands."""
    state, before = data.now(wave), data.before(wave, known)
    made = data.report(state, data.now(before) if before else None, LEADER, look, data.asked(state))
    ledger = tuple(book.opened(wave, known).decided.values())
    return made._replace(content=replace(made.content, decided=ledger))
