"""How comments are read, as officers and leaders read it, from the router down to a real database."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from survey import check_samples, consultations, database
from survey.settings import settings
from survey.tables import Consultation
from tests.pages.collecting import Group, add_themes, collect
from tests.pages.officers.test_checking import KINDNESS, code_all, end


def opened(app: AppTest) -> AppTest:
    page = app.run().switch_page("officers/methods.py").run()
    assert not page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def draw():
    """Forty-five of fifty comments, to be coded by two people each."""
    add_themes("Waiting", "Kindness")
    collect(Group(30), Group(20, words=KINDNESS))
    with database.writing(database.engine()) as session:
        wave = consultations.wave_named(session, "send-services", "1")
        check_samples.draw(
            session, wave.consultation_id, half_width=0.1, size=45, shared=45, seed=1, by="officer",
            now=datetime.now(UTC),
        )  # fmt: skip


def checked_by_two():
    draw()
    code_all("ada")
    code_all("ben")
    end()


def test_it_says_what_is_done_how_good_it_was_and_what_goes_wrong(leader):
    collect(Group(30))
    told = markup(opened(leader))

    assert "It is cut into clauses" in told
    assert "This makes nobody anonymous" in told
    assert "62% of 42" in told
    assert "30 comments so far, of which 30 have been read." in told
    assert "Nobody has checked the program in this consultation yet." in told
    assert "Checking" not in told
    assert "Read by: plain-1." in told


def test_a_leader_reads_how_good_the_program_is_here_and_is_sent_nowhere_else(leader):
    checked_by_two()
    told = markup(opened(leader))

    assert "45 comments coded, drawn by chance from 50." in told
    assert "On the themes two people agree to 1.00" in told
    assert "How often the computer is right, and how much it finds" in told
    assert "Share of comments that carry each theme" in told
    assert "Checking" not in told


def test_an_officer_reads_the_same_and_where_it_comes_from(officer):
    checked_by_two()

    assert "On the themes two people agree to 1.00" in markup(opened(officer))
    assert "Samples are drawn and coded under “Checking”." in markup(opened(officer))


def test_while_comments_are_being_coded_nothing_is_said_of_how_good_the_program_is(officer):
    draw()

    assert "People are coding comments to check the program." in markup(opened(officer))


def test_a_leader_is_told_rounded_numbers_of_comments(leader):
    collect(Group(32))

    assert "30 comments so far, of which 30 have been read." in markup(opened(leader))


def test_before_there_is_a_consultation_it_still_says_how_comments_are_read(officer):
    with database.writing(database.engine()) as session:
        session.delete(session.exec(select(Consultation)).one())
    told = markup(opened(officer))

    assert "It is cut into clauses" in told
    assert "so far" not in told


def test_the_notice_of_the_word_table_stands_there_where_it_is_used_and_nowhere_else(leader, monkeypatch):
    assert "Llama 2 is licensed under the LLAMA 2 Community License" in markup(opened(leader))

    monkeypatch.setenv("HEARD_VECTORS", "lsa")
    settings.cache_clear()

    assert "LLAMA" not in markup(leader.run())


def test_it_is_for_officers_and_leaders_alone(app):
    with pytest.raises(ValueError, match="Could not find"):
        opened(app)
