"""Codes and tokens: made at random, read back forgivingly, stored only as keyed hashes."""

import hashlib
import hmac
import secrets

from survey.settings import settings

# Letters and figures that are not taken for one another when read aloud or written down (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKED_LENGTH = 8
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


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


def _luhn(letters: list[int]) -> int:
    """Every second one is doubled, from the right; what that makes in two figures is added up."""
    size, total = len(ALPHABET), 0
    for place, letter in enumerate(reversed(letters)):
        doubled = letter * 2 if place % 2 else letter
        total += doubled // size + doubled % size
    return total % size


def hashed(secret: str, *, purpose: str) -> str:
    """What is stored in place of a code or token. Different for each purpose, useless without our key."""
    return hmac.new(settings().key, f"{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()
