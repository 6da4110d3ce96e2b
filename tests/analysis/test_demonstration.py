"""The demonstration's ledger and page are made once everything in it has been read, and only once."""

from datetime import date

import pytest
from sqlmodel import select

from analysis.demonstration import Showing, show
from analysis.record import Record
from analysis.worker import read_batch
from survey import actions, consultations, demo, publications
from survey.database import reading, writing
from survey.ledger import ActionState, Evidence, Plan
from survey.tables import Action
from tests.pages.collecting import Plain


@pytest.fixture
def county(database, tmp_path):
    demo.load(database, waves=(200, 200, 200), today=date(2026, 6, 1), truth=tmp_path / "truth")
    return database


def read_everything(engine) -> None:
    while read_batch(engine, Plain()):
        pass


def ledger(engine):
    with reading(engine) as session:
        return actions.ledger(session, 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_waits_until_all_has_been_read_and_then_shows_every_kind_of_action(county):
    chore = Showing(county)
    chore()
    assert ledger(county) == []

    read_everything(county)
    chore()
    chore()

    kept = ledger(county)
    assert len(kept) == 7
    assert {one.state for one in kept} == set(ActionState)
    assert [one.plan.owner for one in kept].count("") == 1
    assert any(one.is_overdue(date.max) for one in kept)
    assert all(one.compared for one in kept if one.state is ActionState.DONE)
    assert "ur" in kept[0].wordings
    with reading(county) as session:
        newest = publications.newest(session, 1)
    assert newest.number == 1
    assert newest.is_public
    assert len(Record.model_validate_json(newest.content).decided) == 7


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_ledger_that_somebody_has_begun_is_left_alone(county):
    with writing(county) as session:
        wave = consultations.waves(session, slug="send-services")[0]
        plan = Plan("Our own", wave.id, service="slt")
        actions.add(session, wave.consultation_id, plan, Evidence(), by="an officer")

    assert show(county)
    assert [one.plan.told for one in ledger(county)] == ["Our own"]


def test_a_consultation_that_is_no_demonstration_gets_none(database):
    assert not show(database)
    Showing(database)()
    with reading(database) as session:
        assert session.exec(select(Action)).all() == []
