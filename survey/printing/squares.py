"""The squares that a phone's camera reads (QR codes), as pictures for a page, a letter or a screen."""

from io import BytesIO
from typing import Final

import segno

QUIET: Final = 4  # the white border that cameras need, in modules
PIXELS: Final = 20  # a module's side: sharp on a poster


def svg(text: str) -> bytes:
    """The square that says that text, as a drawing that stays sharp at any size."""
    return _saved(text, "svg", scale=1)


def png(text: str) -> bytes:
    """The same as a picture for letters and leaflets."""
    return _saved(text, "png", scale=PIXELS)


def _saved(text: str, kind: str, *, scale: int) -> bytes:
    drawn = BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind=kind, border=QUIET, scale=scale)
    return drawn.getvalue()
