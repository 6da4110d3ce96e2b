"""Looking for candidate themes as officers see it: asked for, followed, stopped, and due by itself."""

import re

from sqlmodel import col, select

from survey import consultations, database, fits
from survey.suggested import LOOK_AGAIN
from survey.tables import AuditEntry, CandidateTheme, FitState
from tests.pages.collecting import Group, collect
from tests.pages.officers.test_themes import markup, opened, press
from tests.survey.conftest import NOW


def test_a_search_for_themes_is_asked_for_followed_and_stopped(officer):
    collect(Group(3))
    page = opened(officer)
    assert "No search for further themes has been made yet. One begins by itself once enough" in markup(page)

    page = press(page, "Look for themes now")
    assert "It begins when the worker is free." in markup(page)
    assert "Look for themes now" not in [button.label for button in page.button]

    page = press(page, "Stop looking")
    assert "The last search for themes was stopped on" in markup(page)
    with database.reading(database.engine()) as session:
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
    assert [entry.what for entry in entries][-2:] == ["asked for candidate themes", "cancelled the search for themes"]


def test_whoever_asks_for_a_search_or_stops_it_is_led_to_what_happens_now_and_it_is_announced(officer):
    collect(Group(3))
    page = opened(officer)
    assert 'data-focus="heard-search-news"' not in markup(page)

    page = press(page, "Look for themes now")
    assert 'data-step="themes-Themes-1"' in markup(page)
    assert 'data-focus="heard-search-news"' in markup(page)
    assert re.search(r'role="status"><p>A search for themes is asked for\.', markup(page))

    with database.writing(database.engine()) as session:
        running = fits.waiting(session)[0]
        fits.begin(session, fits.latest(session, running).id, 3)
    page = press(page, "Stop looking")
    assert 'data-step="themes-Themes-2"' in markup(page)
    assert 'data-focus="heard-search-news"' in markup(page)
    assert 'role="status"><p>Stopping …' in markup(page)
    assert "Stop looking" not in [button.label for button in page.button]

    with database.writing(database.engine()) as session:
        fits.end(session, fits.latest(session, running).id, FitState.CANCELLED, now=NOW)
    page.run()
    assert 'role="status"><p>The last search for themes was stopped on' in markup(page)
    assert 'data-step="themes-Themes-2"' in markup(page), "it ends by itself, and takes nobody's place from them"


def test_where_enough_comments_without_a_theme_wait_it_says_that_a_search_is_due(officer):
    collect(Group(8))

    assert "One is due, and begins by itself shortly." in markup(opened(officer))


def test_once_words_were_taken_back_it_says_that_another_search_begins_shortly(officer):
    collect(Group(3))
    with database.writing(database.engine()) as session:
        owner = consultations.wave_named(session, "send-services", "1").consultation_id
        fits.end(session, fits.ask(session, owner, by="officer", now=NOW).id, FitState.STORED, now=NOW)
        session.add(CandidateTheme(consultation_id=owner, key="hoist", label="Hoist", fitted_at=LOOK_AGAIN))

    assert "Themes were last looked for on" in markup(page := opened(officer))
    assert "Words were taken back since: another begins by itself shortly." in markup(page)


def test_a_search_that_runs_says_how_far_it_is_and_a_leader_cannot_stop_it(leader):
    collect(Group(3))
    with database.writing(database.engine()) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        fit = fits.ask(session, wave.consultation_id, by="officer", now=NOW)
        fits.begin(session, fit.id, 40)
        fits.came_to(session, fit.id, 25)
    page = opened(leader)

    assert "25 of 40 comments have been given theirs so far" in markup(page)
    assert not {"Stop looking", "Look for themes now"} & {button.label for button in page.button}
