"""Databases of an earlier version, brought up to date with what was in them."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from survey import database as databases
from survey import responses
from survey.database import reading, writing
from survey.tables import Coding, Comment, GivenBy, Reading, Theme
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


def rules(engine: sa.Engine) -> set[str]:
    """The names of every rule and index of the table of codings."""
    looked = sa.inspect(engine)
    of_table = (
        looked.get_check_constraints,
        looked.get_unique_constraints,
        looked.get_foreign_keys,
        looked.get_indexes,
    )
    return {str(found["name"]) for look in of_table for found in look("coding")}


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
