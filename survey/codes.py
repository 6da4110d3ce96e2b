"""Codes and tokens: made at random, read back forgivingly, stored only as keyed hashes."""

import hmac
import re
import secrets
import unicodedata
from difflib import get_close_matches
from pathlib import Path

from survey.settings import settings

# Letters and figures that are not taken for one another when read aloud or written down (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKED_LENGTH = 8
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})

# A person writes words down more surely than letters and figures. 512 of them are 9 bits each.
WORDS = tuple(
    word
    for line in Path(__file__).with_name("code_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
LONGEST = 100  # of what is read as a code at all
PHRASE_WORDS = 5  # 45 bits, and guessing is slowed down
_KNOWN = frozenset(WORDS)
ALIKE = 0.75  # one letter wrong, lacking or too many; two letters changing places


def token() -> str:
    """A secret for a cookie: 24 random bytes."""
    return secrets.token_urlsafe(24)


def code(groups: int) -> str:
    """A code for people, in groups of four: 20 bits each."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(groups))


def checked() -> str:
    """A code of two groups whose last character depends on all the others: see ``checks``."""
    letters = [secrets.randbelow(len(ALPHABET)) for _ in range(CHECKED_LENGTH - 1)]
    last = -_luhn([*letters, 0]) % len(ALPHABET)
    whole = "".join(ALPHABET[letter] for letter in [*letters, last])
    return f"{whole[:4]}-{whole[4:]}"


def checks(typed: str) -> bool:
    """Whether that is a code as ``checked`` makes them: with one character mistyped it is not.

    The check is Luhn's, modulo 32 instead of 10. Two neighbours that changed places are noticed too, but for 0 and Z.
    """
    bare = tidied(typed).replace("-", "")
    return len(bare) == CHECKED_LENGTH and _luhn([ALPHABET.index(letter) for letter in bare]) == 0


def tidied(typed: str) -> str:
    """A code as it was made, however it was typed: small letters, spaces, an O for a nought."""
    bare = "".join(letter for letter in typed.upper().translate(READ_AS) if letter in ALPHABET)
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))


def phrase() -> str:
    """A code for people, in plain words: ``lemon-river-candle-tiger-stone``."""
    return "-".join(secrets.choice(WORDS) for _ in range(PHRASE_WORDS))


def phrase_from(secret: str, *, purpose: str) -> str:
    """The code in plain words that goes with a secret: always the same, and not to be guessed without our key."""
    number = int(hashed(secret, purpose=purpose), 16)
    chosen = []
    for _ in range(PHRASE_WORDS):
        number, place = divmod(number, len(WORDS))
        chosen.append(WORDS[place])
    return "-".join(chosen)


def tidied_phrase(typed: str) -> str:
    """Words as they were made, however they were typed: capitals, commas, run together, a letter wrong."""
    plain = unicodedata.normalize("NFKD", typed[:200]).casefold()
    words = re.findall(r"[a-z]+", plain)
    together = _parted("".join(words)) if len(words) != PHRASE_WORDS else None
    return "-".join(together or [_nearest(word) for word in words])


def _parted(letters: str) -> list[str] | None:
    """The words that stand in a row of letters, if it consists of them."""
    ways: dict[int, list[str]] = {0: []}
    for end in range(1, len(letters) + 1):
        for word in (letters[start:end] for start in range(max(0, end - 7), end) if start in ways):
            if word in _KNOWN:
                ways[end] = [*ways[end - len(word)], word]
                break
    return ways.get(len(letters)) or None


def _nearest(word: str) -> str:
    return word if word in _KNOWN else next(iter(get_close_matches(word, WORDS, n=1, cutoff=ALIKE)), word)


def _luhn(letters: list[int]) -> int:
    """Every second one is doubled, from the right; what that makes in two figures is added up."""
    size, total = len(ALPHABET), 0
    for place, letter in enumerate(reversed(letters)):
        doubled = letter * 2 if place % 2 else letter
        total += doubled // size + doubled % size
    return total % size


def hashed(secret: str, *, purpose: str) -> str:
    """What is stored in place of a code or token. Different for each purpose, useless without our key."""
    return hmac.digest(settings().key, f"{purpose}:{secret}".encode(), "sha256").hex()
