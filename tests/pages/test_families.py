"""What officers and leaders see of a questionnaire that goes from child to child: which base a figure has."""

import shutil
from datetime import UTC, datetime

import pytest

from survey import consultations, drafts, responses
from survey.database import engine, writing
from survey.questionnaire_file import shipped
from survey.settings import settings
from tests.pages.leaders import test_summary as summary
from tests.pages.officers import test_live_results as live
from tests.scene import open_consultation
from tests.survey.family import family_answers


@pytest.fixture
def consultation(migrated_file, tmp_path):
    """In place of the usual one: the questionnaire that goes from child to child is open."""
    shutil.copy(migrated_file, tmp_path / "heard.sqlite3")
    open_consultation(settings().url, "send_children")
    return settings().url


def collect(count, *children):
    """So many families, each telling of these children: ratings by service."""
    now = datetime.now(UTC)
    for number in range(count):
        with writing(engine()) as session:
            into = consultations.wave_named(session, "send-children", "1")
            draft = drafts.begin(session, wave_id=into.id, device=f"{number} {children}", language="en", now=now)
            drafts.put(session, draft.id, given=family_answers(*children), place=None, now=now)
            responses.send(session, draft.id, now=now)


def test_live_results_say_how_many_children_in_how_many_families(officer):
    collect(9, {"slt": "good"}, {"slt": "poor"})
    collect(6, {"slt": "good"})
    page = live.opened(officer)

    assert live.numbers(page) == ["15", "0", "39", "24 children in 15 families"]
    assert "Ratings are counted by child, everything else by family." in live.markup(page)
    assert "<caption>Age of the children told of</caption>" in live.markup(page)
    assert "100% of 24" in live.markup(page)
    assert "62%" in live.alt(page, "live-board")


def test_a_service_chosen_leaves_the_children_that_use_it_with_their_ages(officer):
    collect(12, {"slt": "good"}, {"ot": "poor"})
    page = live.choose(live.opened(officer), "service", "Speech and language therapy")

    assert live.numbers(page)[-1] == "12 children in 12 families"
    assert "100% of 12" in live.markup(page)


def test_four_families_are_too_few_to_show_though_they_have_twelve_children(officer):
    collect(4, {"slt": "good"}, {"slt": "poor"}, {"slt": "good"})

    assert "No cell has enough answers to be shown yet." in live.alt(live.opened(officer), "live-board")


def test_the_summary_says_it_too_and_rates_services_by_child(leader):
    collect(30, {"slt": "good"}, {"slt": "good"})
    collect(22, {"slt": "poor"})
    told = summary.markup(summary.opened(leader))

    assert "They tell of about 80 children in about 50 families." in told
    assert "Share of children for whom each service is rated very good or good" in told
    assert "73% of 80" in told


def test_where_no_child_follows_another_nothing_is_said_of_them():
    assert not shipped("send_services").tells_of_children
    assert shipped("short_breaks").tells_of_children
    assert not shipped("short_breaks").is_of_each_child("break_rating")
