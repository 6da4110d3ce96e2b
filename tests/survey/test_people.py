"""Who may come in: passwords are random, said once and stored only as hashes; sessions end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from survey import people
from survey.database import reading, writing
from survey.tables import AuditEntry, Person, RoleName, StaffSession

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def password(database):
    with writing(database) as session:
        return people.grant(session, "officer", RoleName.OFFICER)


def sign_in(database, name, typed, now=NOW):
    with writing(database) as session:
        return people.sign_in(session, name, typed, now=now)


def who(database, token, now=NOW):
    with reading(database) as session:
        return people.signed_in(session, token, now=now)


def test_the_password_that_was_granted_lets_them_in_with_their_role(database, password):
    token = sign_in(database, "officer", password).token

    assert who(database, token)[:2] == ("officer", {RoleName.OFFICER})


@pytest.mark.parametrize(("name", "typed"), [("officer", "wrong"), ("nobody", "wrong"), ("officer", "")])
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(database, password, name, typed):
    outcome = sign_in(database, name, typed)

    assert outcome == ("", "The name and password do not go together. Check both and enter them again.")


def test_guessing_is_slowed_for_half_a_minute_and_then_the_right_password_works(database, password):
    for _ in range(people.FAILURES_BEFORE_WAIT):
        sign_in(database, "officer", "a guess")

    assert "Wait half a minute" in sign_in(database, "officer", password).refused
    assert sign_in(database, "officer", password, NOW + people.WAIT).token


def test_a_session_ends_when_idle_when_too_old_and_when_signed_out(database, password):
    token = sign_in(database, "officer", password).token

    assert who(database, token, NOW + people.IDLE)
    assert who(database, token, NOW + people.IDLE + timedelta(seconds=1)) is None
    with writing(database) as session:
        people.seen(session, token, now=NOW + people.IDLE)
    assert who(database, token, NOW + people.IDLE * 2)
    assert who(database, token, NOW + people.LONGEST + timedelta(seconds=1)) is None
    with writing(database) as session:
        people.sign_out(session, token)
    assert who(database, token) is None


def test_granting_again_makes_a_new_password_and_ends_old_sessions(database, password):
    token = sign_in(database, "officer", password).token
    with writing(database) as session:
        new = people.grant(session, "officer", RoleName.LEADER)

    assert who(database, token) is None
    assert sign_in(database, "officer", password).refused
    assert who(database, sign_in(database, "officer", new).token).roles == {RoleName.OFFICER, RoleName.LEADER}


def test_neither_passwords_nor_tokens_are_stored(database, password):
    token = sign_in(database, "officer", password).token

    with reading(database) as session:
        (person,), (held,) = session.exec(select(Person)).all(), session.exec(select(StaffSession)).all()
        told = [(entry.who, entry.what, entry.subject) for entry in session.exec(select(AuditEntry))]
    assert password not in person.password_hash
    assert person.password_hash.startswith("$argon2id$")
    assert token not in held.token_hash
    assert told == [("command line", "grant", "officer: officer"), ("officer", "sign in", "")]


def test_what_many_may_do_is_what_each_may_do(database, password):
    with writing(database) as session:
        other = people.grant(session, "leader", RoleName.LEADER, RoleName.ADMINISTRATOR)
    idle = sign_in(database, "officer", password, NOW - people.IDLE - timedelta(seconds=1)).token
    old = sign_in(database, "officer", password, NOW - people.LONGEST - timedelta(seconds=1)).token
    tokens = [sign_in(database, "officer", password).token, sign_in(database, "leader", other).token]
    asked = [*tokens, idle, old, "of nobody", ""]
    with writing(database) as session:
        people.seen(session, old, now=NOW)

    with reading(database) as session:
        found = people.roles_of(session, asked, now=NOW)
        alone = {token: people.signed_in(session, token, now=NOW) for token in asked}

    assert found == {token: present.roles for token, present in alone.items() if present}
    assert set(found) == set(tokens)


def test_nobody_may_do_anything_where_nobody_asks(database):
    with reading(database) as session:
        assert people.roles_of(session, [], now=NOW) == {}
