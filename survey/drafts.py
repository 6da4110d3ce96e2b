"""Drafts: what somebody has answered so far. Every Continue is one transaction here, and nothing is lost after it.

A draft is one document, found by the cookie of the device it was begun on, or by a code its owner asked for.
"""

import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from survey import codes
from survey.errors import DraftTooLarge, UnknownResumeCode
from survey.questionnaire import AnswerKey
from survey.routing import Answers, Page, Typed
from survey.tables import Draft

MOST_BYTES = 400_000  # some sixty pages of writing: nobody answers at that length, a pasted file does
KEPT_FOR = timedelta(days=60)  # and never longer than that after the last Continue
RESUME_GROUPS = 3  # 60 bits: not to be guessed

# Every Continue of every respondent runs these: made once, and without an object for each row.
DRAFTS = SQLModel.metadata.tables["draft"]
THIS = DRAFTS.c.id == sa.bindparam("draft")
HELD = sa.select(DRAFTS).where(THIS).with_for_update()
KEPT = sa.update(DRAFTS).where(THIS)
OF_DEVICE = sa.select(DRAFTS).where(
    DRAFTS.c.wave_id == sa.bindparam("wave"), DRAFTS.c.device_hash == sa.bindparam("device")
)


class Saved(NamedTuple):
    """A draft as it stands in the database."""

    id: UUID
    wave_id: int
    place: Page | None
    answers: dict[AnswerKey, Typed]
    language: str
    device_hash: str | None
    started_at: datetime


def begin(session: Session, *, wave_id: int, device: str, language: str, now: datetime) -> Saved:
    """The draft of this device in that wave: the one it has, or a new and empty one."""
    held = of_device(session, wave_id=wave_id, device=device)
    if held is not None:
        return held
    draft = Draft(
        wave_id=wave_id, device_hash=_device(device), language=language, started_at=now, saved_at=now, answers="{}"
    )
    try:
        with session.begin_nested():
            session.add(draft)
    except IntegrityError:  # the button was chosen twice, and the other click came first
        if (held := of_device(session, wave_id=wave_id, device=device)) is None:
            raise
        return held
    return _saved(draft)


def of_device(session: Session, *, wave_id: int, device: str) -> Saved | None:
    """The draft that was begun, or brought back, on this device, if there is one."""
    found = session.connection().execute(OF_DEVICE, {"wave": wave_id, "device": _device(device)}).one_or_none()
    return _saved(found) if found else None


def put(session: Session, draft_id: UUID, *, given: Answers, place: Page | None, now: datetime) -> Saved | None:
    """Keep what was given on one page, and the place reached, beside what the draft holds already.

    None if the draft is gone: it was sent or deleted meanwhile. Two tabs on one draft each keep their own pages.
    Raises DraftTooLarge, having kept what was there before, if it is longer than anybody writes.
    """
    draft = locked(session, draft_id)
    if draft is None:
        return None
    held = draft.answers | {key: typed for key, typed in given.items() if typed}
    for key in [key for key, typed in given.items() if not typed]:
        held.pop(key, None)
    document = json.dumps({str(key): typed for key, typed in held.items()}, ensure_ascii=True)
    if len(document) > MOST_BYTES:
        raise DraftTooLarge("That is too much text to save. Shorten it to a few pages and continue again.")
    changed = {"answers": document, "place": str(place) if place else "", "saved_at": now}
    session.connection().execute(KEPT, {"draft": draft_id, **changed})
    return draft._replace(place=place, answers=held)


def locked(session: Session, draft_id: UUID) -> Saved | None:
    """A draft that nobody else changes until this transaction ends, if it is still there."""
    held = session.connection().execute(HELD, {"draft": draft_id}).one_or_none()
    return _saved(held) if held else None


def resume_code(session: Session, draft_id: UUID) -> str:
    """A new code with which this draft can be brought back on another device. Only its hash is kept: show it now."""
    made = codes.code(RESUME_GROUPS)
    draft = session.get_one(Draft, draft_id)
    draft.resume_hash = codes.hashed(made, purpose="resume")
    session.add(draft)
    return made


def bring_back(session: Session, *, typed_code: str, wave_id: int, device: str) -> Saved:
    """The draft that goes with a code, which is from now on this device's.

    Raises UnknownResumeCode if none does. An empty draft begun on this device gives way; one with answers in it
    is set aside without a device, so that its own code still finds it.
    """
    digest = codes.hashed(codes.tidied(typed_code), purpose="resume")
    found = session.exec(select(Draft).where(Draft.resume_hash == digest, Draft.wave_id == wave_id)).one_or_none()
    if found is None:
        raise UnknownResumeCode("No saved answers go with that code. Check it and enter it again.")
    here = session.exec(
        select(Draft).where(Draft.wave_id == wave_id, Draft.device_hash == _device(device), Draft.id != found.id)
    ).one_or_none()
    if here is not None:
        _give_way(session, here)
    found.device_hash = _device(device)
    session.add(found)
    session.flush()
    return _saved(found)


def drop(session: Session, draft_id: UUID) -> None:
    """Delete a draft, as its owner asked."""
    session.connection().execute(sa.delete(DRAFTS).where(DRAFTS.c.id == draft_id))


def forget_old(session: Session, now: datetime) -> int:
    """Delete drafts that nobody has touched for longer than we say we keep them. Gives their number."""
    return session.connection().execute(sa.delete(DRAFTS).where(DRAFTS.c.saved_at < now - KEPT_FOR)).rowcount


def _give_way(session: Session, draft: Draft) -> None:
    if draft.answers == "{}":
        session.delete(draft)
    else:
        draft.device_hash = None
        session.add(draft)
    session.flush()


def _device(device: str) -> str:
    return codes.hashed(device, purpose="device")


def _saved(draft: Draft | sa.Row[Any]) -> Saved:
    place = Page.parse(draft.place) if draft.place else None
    answers = {
        AnswerKey.parse(key): typed if isinstance(typed, str) else tuple(typed)
        for key, typed in json.loads(draft.answers).items()
    }
    return Saved(draft.id, draft.wave_id, place, answers, draft.language, draft.device_hash, draft.started_at)
