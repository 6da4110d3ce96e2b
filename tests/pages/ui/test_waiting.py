"""Whoever waits for a summary is told what is being made and how far it is, and nothing that is not so."""

from threading import Event

import pytest
from lxml import html

from analysis.charts.chart import LIGHT
from analysis.report.steps import Step
from analysis.suppression import LEADER
from pages.ui import data, waiting
from pages.ui.data import Making
from tests.pages.collecting import Group, add_themes, collect
from tests.pages.leaders.test_reports import markup, opened


def test_a_step_is_said_in_words_with_how_many_there_are_and_the_bar_has_moved_by_those_that_are_done():
    for done, step in enumerate(Step):
        said = html.fromstring(waiting.how_far(step))
        bar = said.find(".//progress")

        assert said.get("role") == "status"
        assert said.findtext("p") == f"Making the summary. Step {done + 1} of {len(Step)}: {step}."
        assert (bar.get("value"), bar.get("max"), bar.get("aria-label")) == (str(done), str(len(Step)), "Done so far")


def test_what_is_being_made_says_at_which_step_it_is():
    begun, go_on = Event(), Event()

    def make(tell):
        tell(Step.DRAWING)
        begun.set()
        go_on.wait()
        return "made"

    making = Making(make)
    begun.wait()
    assert (making.step, making.is_made(within=0)) == (Step.DRAWING, False)
    go_on.set()
    assert making.report == "made"
    assert making.is_made(within=0)


def test_what_could_not_be_made_says_why_to_whoever_waits():
    def make(tell):
        raise LookupError("gone")

    making = Making(make)
    assert making.is_made(within=60)
    assert making.has_failed
    with pytest.raises(LookupError, match="gone"):
        _ = making.report


def test_a_summary_is_made_once_however_often_it_is_asked_for_and_ends_with_the_last_step(consultation):
    add_themes("Waiting")
    collect(Group(60))
    state = data.now(data.waves()[0])
    asked = data.asked(state)

    making = data.making(state, None, LEADER, LIGHT, asked)

    assert making.report is data.making(state, None, LEADER, LIGHT, asked).report
    assert making.step is Step.WRITING


def test_once_the_summary_is_there_nothing_is_left_of_the_waiting(leader):
    add_themes("Waiting")
    collect(Group(60))

    told = markup(opened(leader, "summary"))

    assert "Making the summary" not in told
    assert "Reading the answers" not in told
    assert "Most of those who commented" in told or "commented raised this" in told


def test_whoever_opens_comments_that_nobody_has_looked_through_is_told_what_is_being_done(consultation, monkeypatch):
    collect(Group(1, words="The bus never comes"))
    state = data.now(data.waves()[0])
    told = []
    monkeypatch.setattr(waiting, "_told", lambda what, done, of: told.append(what) or what)

    first = waiting.for_comments(state)
    again = waiting.for_comments(state)

    assert told == [f"Looking through the comments of {state.wave.title}."]
    assert first is again
    assert len(first.ids) == 1
