"""A comment as it can be read: the same words without what hides in them."""

import html
import re
from functools import lru_cache

from survey.written import safe

__all__ = ["LONGEST", "plain", "safe"]

LONGEST = 20_000  # characters read of one comment: longer than any story, shorter than a pasted document

_TAG = re.compile(
    r"<(?:script|style)\b[^>]{0,200}>.{0,5000}?</(?:script|style)\s*>|</?[a-z][^<>]{0,500}>|<!--.{0,5000}?-->",
    re.IGNORECASE | re.DOTALL,
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_THRICE = re.compile(r"([a-z])\1\1")
_REMEMBERED = 8_192  # comments: each is asked for several times while it is read
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " "})


@lru_cache(maxsize=_REMEMBERED)
def plain(text: str) -> str:
    """The comment as one line of words for a model to read, at most LONGEST characters of it.

    Tags are taken out, entities become the marks they stand for, curly quotation marks become straight and
    drawn-out letters ("soooo") are shortened to two.
    """
    text = safe(text[: LONGEST * 2])
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = safe(html.unescape(text))
    text = text.replace("`", "'") if text.isascii() else text.translate(_STRAIGHT)
    if _may_be_drawn_out(text):
        text = _DRAWN_OUT.sub(r"\1\1", text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text[:LONGEST].splitlines())))


def _may_be_drawn_out(text: str) -> bool:
    """Whether it is worth looking for drawn-out letters of any alphabet: that takes longer than all the rest."""
    return not text.isascii() or _THRICE.search(text.lower()) is not None
