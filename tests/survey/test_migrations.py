"""Databases of an earlier version, brought up to date with what was in them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from survey import actions, responses
from survey import database as databases
from survey.actions import Seen
from survey.database import reading, writing
from survey.ledger import Evidence, Plan
from survey.tables import Action, CheckSample, Coding, Comment, GivenBy, Reading, Teaching, Theme
from tests.survey.conftest import NOW, full_answers

CODINGS = SQLModel.metadata.tables["coding"]


def moved(engine: sa.Engine, move: Callable[[Config, str], None], revision: str) -> None:
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(databases.MIGRATIONS))
        config.attributes["connection"] = connection
        move(config, revision)
        connection.commit()


@pytest.fixture
def commented(fieldwork):
    """A comment that somebody has sent, and a theme for it."""
    draft = fieldwork.begin("a phone", full_answers())
    with writing(fieldwork.engine) as session:
        responses.send(session, draft.id, now=NOW)
        session.add(Theme(consultation_id=fieldwork.wave.consultation_id, key="waiting", label="Waiting"))
    return fieldwork


def coded(engine: sa.Engine, **said: object) -> None:
    """Give that comment that theme, past everything but the database itself."""
    row = {"comment_id": 1, "theme_id": 1, "strength": 0.7, "words": "", "given_by": "model", "model": "m"}
    does = {"praise": True, "criticism": False, "request": False}
    with writing(engine) as session:
        session.connection().execute(sa.insert(CODINGS), row | does | said)


def codings(engine: sa.Engine) -> list[tuple[object, ...]]:
    columns = [column for column in CODINGS.c if column.name != "id"]
    with reading(engine) as session:
        return [tuple(row) for row in session.connection().execute(sa.select(*columns).order_by(CODINGS.c.id))]


def rules(engine: sa.Engine, table: str = "coding") -> set[str]:
    """The names of every rule and index of a table."""
    looked = sa.inspect(engine)
    of_table = (
        looked.get_check_constraints,
        looked.get_unique_constraints,
        looked.get_foreign_keys,
        looked.get_indexes,
    )
    return {str(found["name"]) for look in of_table for found in look(table)}


def test_what_was_read_before_it_was_kept_where_details_stand_is_read_again(commented):
    with writing(commented.engine) as session:
        (comment,) = session.exec(select(Comment)).all()
        chances = {"p_negative": 0.2, "p_neutral": 0.2, "p_positive": 0.6}
        session.add(Reading(comment_id=comment.id, model="m", sentiment="positive", read_at=NOW, **chances))

    moved(commented.engine, command.downgrade, "0003")
    moved(commented.engine, command.upgrade, "head")

    with reading(commented.engine) as session:
        assert session.exec(select(Comment.words)).all() == [comment.words]
        assert session.exec(select(Reading)).all() == []


@pytest.mark.parametrize("name", ["", " "])
def test_the_database_refuses_a_model_that_does_not_name_itself(commented, name):
    with pytest.raises(IntegrityError, match="model_is_named"):
        coded(commented.engine, model=name)
    with pytest.raises(IntegrityError, match="model_is_named"), writing(commented.engine) as session:
        session.add(Coding(comment_id=1, theme_id=1, strength=0.7, given_by=GivenBy.MODEL, model=name))

    assert codings(commented.engine) == []


def test_a_person_gives_a_theme_without_naming_a_model(commented):
    coded(commented.engine, given_by="person", model="")

    assert len(codings(commented.engine)) == 1


def test_codings_are_kept_with_all_they_say_when_the_rule_is_added_and_taken_away(commented):
    coded(commented.engine, words="years", margin=0.2)
    before, with_rule = codings(commented.engine), rules(commented.engine)

    moved(commented.engine, command.downgrade, "0008")
    assert codings(commented.engine) == before
    assert rules(commented.engine) == with_rule - {"ck_coding_model_is_named"}

    moved(commented.engine, command.upgrade, "head")
    assert codings(commented.engine) == before
    assert rules(commented.engine) == with_rule


def test_a_model_that_nobody_named_before_there_was_the_rule_is_said_to_be_unknown_and_its_coding_stays(commented):
    moved(commented.engine, command.downgrade, "0008")
    coded(commented.engine, model="", words="years")

    moved(commented.engine, command.upgrade, "head")

    (kept,) = codings(commented.engine)
    assert {"not recorded", "years", GivenBy.MODEL} <= set(kept)


def test_a_comment_that_is_deleted_takes_its_codings_along_after_the_upgrade(commented):
    moved(commented.engine, command.downgrade, "0008")
    coded(commented.engine)
    moved(commented.engine, command.upgrade, "head")

    with writing(commented.engine) as session:
        session.delete(session.get_one(Comment, 1))

    assert codings(commented.engine) == []


# -- an action that is done has figures --------------------------------------------------------------------------

VERSIONS = SQLModel.metadata.tables["action_version"]


@pytest.fixture
def decided(fieldwork):
    """An action of a ledger, with no version yet."""
    with writing(fieldwork.engine) as session:
        session.add(Action(consultation_id=fieldwork.wave.consultation_id))
    return fieldwork


def version(decided, number: int, **said: object) -> None:
    """A version of that action which calls it done, past everything but the database itself."""
    wave = decided.wave.id
    row = {"action_id": 1, "version": number, "what": "done", "state": "done", "by": "x", "at": NOW, "told": "Do it",
           "because": "", "service": "slt", "owner": "", "districts": "", "tags": "", "wave_id": wave,
           "compared_wave_id": wave, "compared_word": "felt", "compared_low": 0.1, "compared_high": 0.2}  # fmt: skip
    with writing(decided.engine) as session:
        session.connection().execute(sa.insert(VERSIONS), row | said)


def versions(engine: sa.Engine) -> list[tuple[object, ...]]:
    with reading(engine) as session:
        return [tuple(row) for row in session.connection().execute(sa.select(VERSIONS).order_by(VERSIONS.c.version))]


@pytest.mark.parametrize("lacking", [{"compared_low": None}, {"compared_high": None}])
@pytest.mark.parametrize("word", ["felt", "not felt", ""])
def test_the_database_refuses_an_action_that_is_done_and_says_how_it_went_without_figures(decided, word, lacking):
    with pytest.raises(IntegrityError, match="done_has_figures"):
        version(decided, 1, compared_word=word, **lacking)

    assert versions(decided.engine) == []


def test_a_ledger_is_kept_with_all_it_says_when_the_rule_is_added_and_taken_away(decided):
    few = {"compared_word": "too few to say", "compared_low": None, "compared_high": None}
    version(decided, 1)
    moved(decided.engine, command.downgrade, "0009")
    without_rule = rules(decided.engine, "action_version")
    version(decided, 2, **few)
    version(decided, 3, state="planned", what="reopened", compared_wave_id=None, **few | {"compared_word": ""})
    before = versions(decided.engine)

    moved(decided.engine, command.upgrade, "head")
    assert versions(decided.engine) == before
    assert rules(decided.engine, "action_version") == without_rule | {"ck_action_version_done_has_figures"}

    moved(decided.engine, command.downgrade, "0009")
    assert versions(decided.engine) == before
    assert rules(decided.engine, "action_version") == without_rule


def test_an_action_called_done_before_with_too_few_to_say_may_still_be_worded_better(decided):
    moved(decided.engine, command.downgrade, "0009")
    version(decided, 1, compared_word="too few to say", compared_low=None, compared_high=None)
    moved(decided.engine, command.upgrade, "head")

    plan = Plan("Do it soon", decided.wave.id, service="slt")
    with writing(decided.engine) as session:
        actions.change(session, decided.wave.consultation_id, Seen(1, 1), plan, Evidence(), by="x")

    with reading(decided.engine) as session:
        (kept,) = actions.ledger(session, decided.wave.consultation_id)
    assert (kept.plan.told, kept.compared.word) == ("Do it soon", "too few to say")


def test_a_word_that_somebody_stored_without_figures_becomes_too_few_to_say(decided):
    moved(decided.engine, command.downgrade, "0009")
    version(decided, 1, compared_low=None)

    moved(decided.engine, command.upgrade, "head")

    (kept,) = versions(decided.engine)
    assert "too few to say" in kept


def test_a_sample_drawn_before_it_was_kept_what_it_left_out_is_told_it_as_far_as_that_is_known(fieldwork):
    day = timedelta(days=1)
    own = {"consultation_id": fieldwork.wave.consultation_id, "asked_by": "ada"}
    with writing(fieldwork.engine) as session:
        session.add(Teaching(**own, asked_at=NOW, switched_on_at=NOW + day, switched_off_at=NOW + 4 * day))
        session.add(Teaching(**own, asked_at=NOW + day, switched_on_at=NOW + 4 * day))
        session.add(Teaching(**own, asked_at=NOW + 2 * day))
    moved(fieldwork.engine, command.downgrade, "0010")
    insert = sa.text(
        "INSERT INTO check_sample (consultation_id, half_width, comments, size, shared, seed, drawn_by, drawn_at, "
        "ended_by) VALUES (:consultation, 0.1, 9, 9, 0, 1, 'ada', :at, 'ada')"
    ).bindparams(sa.bindparam("at", type_=sa.DateTime(timezone=True)))
    with writing(fieldwork.engine) as session:
        for days in (0, 2, 5):
            values = {"consultation": fieldwork.wave.consultation_id, "at": NOW + days * day}
            session.connection().execute(insert, values)

    moved(fieldwork.engine, command.upgrade, "head")

    with reading(fieldwork.engine) as session:
        known = session.exec(select(CheckSample.taught_until).order_by(CheckSample.id)).all()
    assert known == [None, NOW, NOW + day]
