"""The summary of a wave whole: what was said, and what the ledger has of what was decided about it."""

from dataclasses import replace

from analysis.charts.chart import Look
from analysis.suppression import LEADER
from pages.leaders import book
from pages.ui import data, waiting
from pages.ui.data import Making, Report
from survey.consultations import WaveFacts


def watched(wave: WaveFacts, known: list[WaveFacts], look: Look) -> Report:
    """The summary as it stands at this moment. Where it takes a while, the page says how far it is."""
    waiting.for_answers([one for one in known if one.consultation_id == wave.consultation_id])
    waiting.for_summary(_making(wave, known, look))
    return summed_up(wave, known, look)


def summed_up(wave: WaveFacts, known: list[WaveFacts], look: Look) -> Report:
    """The same where there is no page to say so on."""
    made = _making(wave, known, look).report
    ledger = tuple(book.opened(wave, known).decided.values())
    return made._replace(content=replace(made.content, decided=ledger))


def _making(wave: WaveFacts, known: list[WaveFacts], look: Look) -> Making:
    state, before = data.now(wave), data.before(wave, known)
    return data.making(state, data.now(before) if before else None, LEADER, look, data.asked(state))
