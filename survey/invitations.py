"""Invitations: codes with which people may begin in a wave that is not open to everybody. Only hashes are kept.

A code is used up in the transaction that begins a draft, so that nobody who has written anything is ever refused.
Nothing ties a code to the draft it began: whoever sent the codes out cannot learn from them who said what.
"""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from survey import audit, codes, drafts, responses
from survey.consultations import WaveFacts
from survey.drafts import Saved
from survey.errors import InvitationError
from survey.wording import Words

GROUPS: Final = 3  # 60 bits: not to be guessed
MOST_AT_ONCE: Final = 5_000
PURPOSE: Final = "invitation"

INVITATIONS = SQLModel.metadata.tables["invitation"]


class Count(NamedTuple):
    """How many codes a wave has, and how many of them somebody has begun with."""

    made: int
    used: int


def make(session: Session, wave: WaveFacts, number: int, *, by: str) -> list[str]:
    """So many new codes for a wave, shown this once.

    Raises InvitationError if the wave is open to everybody, or that is not a number of codes that can be made at once.
    """
    if not wave.by_invitation:
        raise InvitationError(f"{wave.title} is open to everybody, so it has no codes.")
    if not 1 <= number <= MOST_AT_ONCE:
        raise InvitationError(f"Choose between 1 and {MOST_AT_ONCE:,} codes at once.")
    made = list(dict.fromkeys(codes.code(GROUPS) for _ in range(number)))
    rows = [{"code_hash": _hashed(code), "wave_id": wave.id} for code in made]
    session.connection().execute(sa.insert(INVITATIONS), rows)
    audit.record(session, who=by, what="make invitations", subject=f"{wave.slug} {wave.code}: {len(made)}")
    return made


def as_csv(made: Sequence[str], address: str) -> bytes:
    """Codes as a file for a letter: each beside the address, which never holds the code."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(("code", "address"))
    rows.writerows((code, address) for code in made)
    return written.getvalue().encode()


def counted(session: Session, wave_id: int) -> Count:
    """How many codes the wave has, and how many are used."""
    sought = sa.select(sa.func.count(), sa.func.count(INVITATIONS.c.used_at)).where(INVITATIONS.c.wave_id == wave_id)
    return Count(*session.connection().execute(sought).one())


def begin(session: Session, wave: WaveFacts, words: Words, *, typed_code: str, device: str, now: datetime) -> Saved:
    """The draft of this device in that wave: the one it has, or a new one, for which a wave may ask a code.

    Raises InvitationError, in the respondent's language, if the code is lacking, unknown or used.
    """
    held = drafts.of_device(session, wave_id=wave.id, device=device)
    if held is None and wave.by_invitation and not _use(session, wave, typed_code, now):
        held = drafts.of_device(session, wave_id=wave.id, device=device)  # the first of two clicks has begun it
        if held is None:
            raise InvitationError(_told(session, wave, words, typed_code))
    return held or drafts.begin(session, wave_id=wave.id, device=device, language=words.language, now=now)


def drop(session: Session, wave: WaveFacts, draft_id: UUID) -> Saved | None:
    """Delete a draft's answers, as its owner asked. Whoever was invited keeps the empty draft, so may begin again.

    A draft that was to correct a response is not what a code was given for: it goes.
    """
    if wave.by_invitation and responses.receipt(session, draft_id) is None:
        return drafts.emptied(session, draft_id)
    drafts.drop(session, draft_id)
    return None


def _use(session: Session, wave: WaveFacts, typed_code: str, now: datetime) -> bool:
    """Use a code up, unless it is unknown or used: of two people who try at once, one has it.

    What is kept is the day. The moment would lead to the response that was begun in it.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    unused = sa.update(INVITATIONS).where(_is(wave, typed_code), INVITATIONS.c.used_at.is_(None)).values(used_at=day)
    return session.connection().execute(unused).rowcount == 1


def _told(session: Session, wave: WaveFacts, words: Words, typed_code: str) -> str:
    if not typed_code.strip():
        return words("invitation.missing")
    known = session.connection().execute(sa.select(INVITATIONS.c.used_at).where(_is(wave, typed_code))).first()
    return words("invitation.used") if known else words("invitation.unknown")


def _is(wave: WaveFacts, typed_code: str) -> sa.ColumnElement[bool]:
    return sa.and_(INVITATIONS.c.code_hash == _hashed(codes.tidied(typed_code)), INVITATIONS.c.wave_id == wave.id)


def _hashed(code: str) -> str:
    return codes.hashed(code, purpose=PURPOSE)
