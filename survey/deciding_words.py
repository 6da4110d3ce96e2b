"""The words that decided a theme, kept only where they stand in what may be shown of their comment.

Whatever is hidden in a comment, by a rule or by a person, is not told by these words either.
"""

import re
from collections.abc import Collection
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session

from survey import tables

TABLES = tables.Comment.metadata.tables
COMMENTS, CODINGS = TABLES["comment"], TABLES["coding"]

LONGEST: Final = 200  # letters: somebody may write a word that never ends
_HIDDEN: Final = re.compile(r"\[[^\[\]]{1,40}\]")  # "[name]": nobody said that
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")


def standing_in(shown: str, words: str) -> str:
    """Of words that decided a theme, apart by commas, those that stand in the comment as it may be shown; the first."""
    if not words:
        return ""
    plain = _HIDDEN.sub(" ", shown).lower().replace("’", "'")
    there = {*_WORD.findall(plain), *_WORD.findall(_DRAWN_OUT.sub(r"\1\1", plain))}
    return ", ".join(one for one in words.split(", ") if there.issuperset(_WORD.findall(one.lower())))[:LONGEST]


def shown_of(session: Session, comment_ids: Collection[int]) -> dict[int, str]:
    """What may be shown of these comments, of those that have been read."""
    rows = session.connection().execute(
        sa.select(COMMENTS.c.id, COMMENTS.c.redacted).where(
            COMMENTS.c.id.in_(comment_ids), COMMENTS.c.redacted.is_not(None)
        )
    )
    return {row.id: row.redacted for row in rows}


def keep_to_what_is_shown(session: Session, comment_ids: Collection[int]) -> None:
    """Take out of what is kept of these comments every word that decided a theme and may not be shown any more."""
    shown = shown_of(session, comment_ids)
    rows = session.connection().execute(
        sa.select(CODINGS.c.id, CODINGS.c.comment_id, CODINGS.c.words).where(
            CODINGS.c.comment_id.in_(comment_ids), CODINGS.c.words != ""
        )
    )
    changed = [
        {"coding": row.id, "left": left}
        for row in rows
        if (left := standing_in(shown.get(row.comment_id, ""), row.words)) != row.words
    ]
    if changed:
        mine = CODINGS.c.id == sa.bindparam("coding")
        session.connection().execute(sa.update(CODINGS).where(mine).values(words=sa.bindparam("left")), changed)
