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
from survey.database import Connected
from survey.errors import AnotherDraftHere, DraftTooLarge, UnknownResumeCode
from survey.questionnaire import AnswerKey
from survey.routing import CHECK_ANSWERS, Answers, Page, Typed
from survey.tables import Draft

MOST_BYTES = 400_000  # some sixty pages of writing: nobody answers at that length, a pasted file does
KEPT_FOR = timedelta(days=60)  # after the last Continue, and until the consultation closes

# Every Continue of every respondent runs these: made once, and without an object for each row.
DRAFTS, WAVES = (SQLModel.metadata.tables[name] for name in ("draft", "wave"))
THIS = DRAFTS.c.id == sa.bindparam("draft")
HELD = sa.select(DRAFTS).where(THIS).with_for_update()
KEPT = sa.update(DRAFTS).where(THIS)
DROP = sa.delete(DRAFTS).where(THIS)
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
    preview: bool = False
    look: str = ""  # how its owner wants the plain pages to look


def begin(session: Session, *, wave_id: int, device: str, language: str, now: datetime, preview: bool = False) -> Saved:
    """The draft of this device in that wave: the one it has, or a new and empty one.

    One begun in preview never becomes a response, and is found by nobody who is not looking at a preview.
    """
    held = of_device(session, wave_id=wave_id, device=device, preview=preview)
    if held is not None:
        return held
    draft = Draft(
        wave_id=wave_id,
        device_hash=_device(device, preview=preview),
        language=language,
        preview=preview,
        started_at=now,
        saved_at=now,
        answers="{}",
    )
    try:
        with session.begin_nested():
            session.add(draft)
    except IntegrityError:  # the button was chosen twice, and the other click came first
        if (held := of_device(session, wave_id=wave_id, device=device, preview=preview)) is None:
            raise
        return held
    return _saved(draft)


def of_device(session: Connected, *, wave_id: int, device: str, preview: bool = False) -> Saved | None:
    """The draft that was begun, or brought back, on this device, if there is one; the preview's, if asked for."""
    sought = {"wave": wave_id, "device": _device(device, preview=preview)}
    found = session.connection().execute(OF_DEVICE, sought).one_or_none()
    return _saved(found) if found else None


def put(session: Connected, draft_id: UUID, *, given: Answers, place: Page | None, now: datetime) -> Saved | None:
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
    document = _document(held)
    if len(document) > MOST_BYTES:
        raise DraftTooLarge("That is too much text to save. Shorten it to a few pages and continue again.")
    changed = {"answers": document, "place": str(place) if place else "", "saved_at": now}
    session.connection().execute(KEPT, {"draft": draft_id, **changed})
    return draft._replace(place=place, answers=held)


def locked(session: Connected, draft_id: UUID) -> Saved | None:
    """A draft that nobody else changes until this transaction ends, if it is still there."""
    held = session.connection().execute(HELD, {"draft": draft_id}).one_or_none()
    return _saved(held) if held else None


def speak(session: Connected, draft_id: UUID, language: str) -> None:
    """Go on in another language. What was answered stays as it is."""
    session.connection().execute(KEPT, {"draft": draft_id, "language": language})


def look(session: Connected, draft_id: UUID, wanted: str) -> None:
    """Show the plain pages that way from now on."""
    session.connection().execute(KEPT, {"draft": draft_id, "look": wanted})


def resume_code(session: Connected, draft_id: UUID) -> str:
    """A new code with which this draft can be brought back on another device. Only its hash is kept: show it now."""
    made = codes.phrase()
    session.connection().execute(KEPT, {"draft": draft_id, "resume_hash": codes.hashed(made, purpose="resume")})
    return made


def bring_back(session: Session, *, typed_code: str, wave_id: int, device: str, preview: bool = False) -> Saved:
    """The draft that goes with a code, which is from now on this device's.

    Raises UnknownResumeCode if none does. An empty draft begun on this device gives way; one with answers in it is set
    aside without a device if it has a code of its own to be found by. Raises AnotherDraftHere if it has none.
    """
    digest = codes.hashed(codes.tidied_phrase(typed_code), purpose="resume")
    found = session.exec(
        select(Draft).where(Draft.resume_hash == digest, Draft.wave_id == wave_id, Draft.preview == preview)
    ).one_or_none()
    if found is None:
        raise UnknownResumeCode("No saved answers go with that code. Check it and enter it again.")
    this_device = _device(device, preview=preview)
    here = session.exec(
        select(Draft).where(Draft.wave_id == wave_id, Draft.device_hash == this_device, Draft.id != found.id)
    ).one_or_none()
    if here is not None:
        _give_way(session, here)
    found.device_hash = this_device
    session.add(found)
    session.flush()
    return _saved(found)


def of_response(
    session: Session,
    *,
    draft_id: UUID,
    wave_id: int,
    device: str,
    language: str,
    answers: Answers,
    started_at: datetime,
    now: datetime,
) -> Saved:
    """A draft, on this device, of what a response says: the one there is already, or a new one.

    It has the response's public id, so that sending it puts it in that one's place. Raises AnotherDraftHere if the
    device holds other answers that have not been sent.
    """
    here = of_device(session, wave_id=wave_id, device=device)
    if here is not None and here.id != draft_id:
        if here.answers:
            raise AnotherDraftHere("Other answers on this device have not been sent. Send or delete those first.")
        drop(session, here.id)
    draft = session.get(Draft, draft_id) or Draft(
        id=draft_id,
        wave_id=wave_id,
        language=language,
        place=str(CHECK_ANSWERS),
        answers=_document(answers),
        started_at=started_at,
        saved_at=now,
    )
    draft.device_hash = _device(device)
    session.add(draft)
    session.flush()
    return _saved(draft)


def emptied(session: Session, draft_id: UUID) -> Saved | None:
    """The draft without its answers, its place and its code, if it is still there."""
    nothing = {"answers": "{}", "place": "", "resume_hash": None}
    session.connection().execute(KEPT.values(nothing), {"draft": draft_id})
    return locked(session, draft_id)


def drop(session: Session, draft_id: UUID) -> None:
    """Delete a draft, as its owner asked."""
    session.connection().execute(DROP, {"draft": draft_id})


def forget_old(session: Session, now: datetime) -> int:
    """Delete drafts that nobody has touched for longer than we say we keep them. Gives their number.

    A code works for as long as the consultation is open, so none is deleted before it has closed.
    """
    closed = sa.select(WAVES.c.id).where(WAVES.c.closes_at < now)
    old = sa.and_(DRAFTS.c.saved_at < now - KEPT_FOR, DRAFTS.c.wave_id.in_(closed))
    return session.connection().execute(sa.delete(DRAFTS).where(old)).rowcount


def _give_way(session: Session, draft: Draft) -> None:
    if draft.answers == "{}":
        session.delete(draft)
    elif draft.resume_hash is None:
        raise AnotherDraftHere("Other answers on this device have not been sent. Send or delete those first.")
    else:
        draft.device_hash = None
        session.add(draft)
    session.flush()


def _document(answers: Answers) -> str:
    return json.dumps({str(key): typed for key, typed in answers.items()}, ensure_ascii=True)


def _device(device: str, *, preview: bool = False) -> str:
    """Different for a preview, so that no draft of one kind is ever taken for one of the other."""
    return codes.hashed(device, purpose="preview" if preview else "device")


def _saved(draft: Draft | sa.Row[Any]) -> Saved:
    place = Page.parse(draft.place) if draft.place else None
    answers = {
        AnswerKey.parse(key): typed if isinstance(typed, str) else tuple(typed)
        for key, typed in json.loads(draft.answers).items()
    }
    facts = draft.language, draft.device_hash, draft.started_at, draft.preview, draft.look
    return Saved(draft.id, draft.wave_id, place, answers, *facts)
