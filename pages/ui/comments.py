"""A comment as an officer sees it who has to do something about it."""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape

from analysis.text.details.detail import Detail
from pages.ui import tongues
from pages.ui.markup import Piece
from survey.details import Piece as Stretch

_HIDDEN = re.compile(rf"\[(?:{'|'.join(map(re.escape, Detail))})\]")
_MARK = r'<mark class="heard-hidden">\g<0></mark>'


def block(words: str, tag: str) -> Piece:
    """Words in their language, from the side they are read from."""
    lines = "<br>".join(escape(line) for line in words.splitlines() if line.strip())
    return Piece(f'<blockquote class="heard-comment" {tongues.attributes(tag)}>{lines}</blockquote>')


def covered(words: str, tag: str) -> Piece:
    """Words as they may be shown to everybody, with what is hidden in them marked: "[name]"."""
    lines = "<br>".join(_HIDDEN.sub(_MARK, escape(line)) for line in words.splitlines() if line.strip())
    return Piece(f'<blockquote class="heard-comment" {tongues.attributes(tag)}>{lines}</blockquote>')


def marked(pieces: Sequence[Stretch], tag: str) -> Piece:
    """A comment with what is to be decided marked in it."""
    told = "".join(
        f"<mark>{escape(piece.words)}</mark>" if piece.detail else escape(piece.words).replace("\n", "<br>")
        for piece in pieces
    )
    return Piece(f'<blockquote class="heard-comment" {tongues.attributes(tag)}>{told}</blockquote>')


def day(moment: datetime) -> str:
    """A day as it stands beside a comment."""
    return f"{moment:%-d %B %Y}"
