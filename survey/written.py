"""What people write, as it is read and shown: the same words without what hides between them."""

import re
import unicodedata

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
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text))
