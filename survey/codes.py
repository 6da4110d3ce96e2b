"""Codes and tokens: made at random, read back forgivingly, stored only as keyed hashes."""

import hashlib
import hmac
import secrets

from survey.settings import settings

# Letters and figures that are not taken for one another when read aloud or written down (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def token() -> str:
    """A secret for a cookie: 24 random bytes."""
    return secrets.token_urlsafe(24)


def code(groups: int) -> str:
    """A code for people, in groups of four: 20 bits each."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(groups))


def tidied(typed: str) -> str:
    """A code as it was made, however it was typed: small letters, spaces, an O for a nought."""
    bare = "".join(letter for letter in typed.upper().translate(READ_AS) if letter in ALPHABET)
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))


def hashed(secret: str, *, purpose: str) -> str:
    """What is stored in place of a code or token. Different for each purpose, useless without our key."""
    return hmac.new(settings().key, f"{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()
