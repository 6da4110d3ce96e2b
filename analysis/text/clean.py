"""A comment as it can be read: the same words without what hides in them."""

import html
import re
import unicodedata
from functools import lru_cache

LONGEST = 20_000  # characters read of one comment: longer than any story, shorter than a pasted document

_TAG = re.compile(
    r"<(?:script|style)\b[^>]{0,200}>.{0,5000}?</(?:script|style)\s*>|</?[a-z][^<>]{0,500}>|<!--.{0,5000}?-->",
    re.IGNORECASE | re.DOTALL,
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_REMEMBERED = 8_192  # comments: each is asked for several times while it is read
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " "})
# Controls but for line breaks and tabs, halves of characters, private ones, and those that only steer how others are
# shown. Joiners shape words in Urdu and join emoji, and are kept there; in plain English they only hide things.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)


def safe(text: str) -> str:
    """The comment without control, bidirectional, zero-width and broken characters, otherwise as written.

    Line breaks stay. Text that was clean comes back unchanged but for Unicode composition (NFC).
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text))


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
    text = _DRAWN_OUT.sub(r"\1\1", text.translate(_STRAIGHT))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text[:LONGEST].splitlines())))
