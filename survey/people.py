"""The people who work here: who they are, what they may do, and whether they are signed in."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from survey import audit, codes
from survey.tables import Person, PersonRole, RoleName, StaffSession, stored_id

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # so that looking at a page is not a write
FAILURES_BEFORE_WAIT = 5
WAIT = timedelta(seconds=30)  # long enough to stop guessing, short enough not to lock anybody out for long
PASSWORD_GROUPS = 4

NOT_TOGETHER = "The name and password do not go together. Check both and enter them again."
TOO_MANY = "There were too many tries. Wait half a minute, then enter the name and password again."


class SignIn(NamedTuple):
    """What came of a try to sign in: a token for the browser, or what to tell the person."""

    token: str = ""
    refused: str = ""


class SignedIn(NamedTuple):
    """Somebody who is signed in, with what they may do."""

    name: str
    roles: frozenset[RoleName]
    seen_at: datetime


def grant(session: Session, name: str, *roles: RoleName) -> str:
    """Let somebody in with these roles, with a new random password, which is given back once and stored nowhere."""
    password = codes.code(PASSWORD_GROUPS).lower()
    person = session.exec(select(Person).where(Person.name == name)).one_or_none() or Person(
        name=name, password_hash=""
    )
    person.password_hash = _hasher().hash(password)
    person.failures, person.locked_until = 0, None
    session.add(person)
    session.flush()
    for role in roles:
        if session.get(PersonRole, (stored_id(person), role)) is None:
            session.add(PersonRole(person_id=stored_id(person), role=role))
    session.exec(delete(StaffSession).where(StaffSession.person_id == person.id))  # type: ignore[arg-type]
    audit.record(session, who="command line", what="grant", subject=f"{name}: {', '.join(roles)}")
    return password


def sign_in(session: Session, name: str, password: str, *, now: datetime) -> SignIn:
    """A token for the browser of somebody who gave the right password; otherwise the sentence to show.

    The sentence is the same, after the same work, whether the name or the password is wrong. After several failures
    each further try must wait a little. Failures are counted, so the caller keeps the transaction either way.
    """
    person = session.exec(select(Person).where(Person.name == name).with_for_update()).one_or_none()
    matches = _matches(person.password_hash if person else _nobodys_hash(), password)
    if person is None:
        return SignIn(refused=NOT_TOGETHER)
    if person.locked_until and now < person.locked_until:
        return SignIn(refused=TOO_MANY)
    session.add(person)
    if not matches:
        person.failures += 1
        person.locked_until = now + WAIT if person.failures % FAILURES_BEFORE_WAIT == 0 else None
        return SignIn(refused=NOT_TOGETHER)
    person.failures, person.locked_until = 0, None
    token = codes.token()
    session.add(StaffSession(token_hash=_digest(token), person_id=stored_id(person), started_at=now, seen_at=now))
    audit.record(session, who=person.name, what="sign in")
    return SignIn(token=token)


def signed_in(session: Session, token: str, *, now: datetime) -> SignedIn | None:
    """Who a browser's token belongs to, unless it is unknown, idle too long or too old."""
    sought = select(StaffSession).where(StaffSession.token_hash == _digest(token), *_stands(now))
    held = session.exec(sought).one_or_none()
    if held is None:
        return None
    person = session.get_one(Person, held.person_id)
    roles = session.exec(select(PersonRole.role).where(PersonRole.person_id == held.person_id)).all()
    return SignedIn(person.name, frozenset(RoleName(role) for role in roles), held.seen_at)


def roles_of(session: Session, tokens: Collection[str], *, now: datetime) -> dict[str, frozenset[RoleName]]:
    """What the people may do to whom those browsers' tokens belong, by token; those not signed in are left out.

    One look for all of them, as ``signed_in`` has it for one.
    """
    by_digest = {_digest(token): token for token in tokens}
    found: dict[str, frozenset[RoleName]] = {}
    held = (
        select(StaffSession.token_hash, PersonRole.role)
        .join(PersonRole, col(PersonRole.person_id) == col(StaffSession.person_id))
        .where(col(StaffSession.token_hash).in_(by_digest), *_stands(now))
    )
    for digest, role in session.exec(held):
        token = by_digest[digest]
        found[token] = found.get(token, frozenset()) | {RoleName(role)}
    return found


def _stands(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of a sign-in: that it has not been idle too long and is not too old."""
    return col(StaffSession.seen_at) >= now - IDLE, col(StaffSession.started_at) >= now - LONGEST


def seen(session: Session, token: str, *, now: datetime) -> None:
    """Note that a signed-in browser is still in use, at most once a minute."""
    held = session.get(StaffSession, _digest(token))
    if held is not None and now - held.seen_at > SEEN_EVERY:
        held.seen_at = now
        session.add(held)


def sign_out(session: Session, token: str) -> None:
    """End one browser's session."""
    session.exec(delete(StaffSession).where(StaffSession.token_hash == _digest(token)))  # type: ignore[arg-type]


def _digest(token: str) -> str:
    return codes.hashed(token, purpose="staff")


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher().verify(stored, password)
    except VerifyMismatchError:
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    """Checked when the name is unknown, so that the answer takes as long as for a name that is known."""
    return _hasher().hash(secrets.token_hex(16))
