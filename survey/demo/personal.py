"""Personal details, all invented, and how they are marked while a comment is being made.

Telephone numbers are from the ranges Ofcom keeps for drama, addresses are at example.org, NHS numbers are from the
test range that begins 999 (with check digits that agree), and postcodes are from districts that do not exist.
"""

import re
from enum import StrEnum
from random import Random
from typing import NamedTuple

from survey.demo.phrases import tables

CLOSE = "\ue0ff"
MARKED = re.compile("([\ue000-\ue0fe])([^\ue0ff]*)\ue0ff")
OUTWARD = ("PR17", "PR23", "BB31", "BB42", "LA38", "LA41", "FY29", "FY33", "OL48", "WN41")
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


class Detail(StrEnum):
    """What kind of personal detail a stretch of words is."""

    NAME = "name"
    SCHOOL = "school"
    PHONE = "phone"
    EMAIL = "e-mail"
    POSTCODE = "postcode"
    ADDRESS = "address"
    NHS_NUMBER = "NHS number"
    BIRTH_DATE = "date of birth"
    CASE_NUMBER = "case number"
    COMBINATION = "combination"


KINDS = tuple(Detail)


class Span(NamedTuple):
    """Where in a comment a personal detail stands: from ``start`` up to ``end``, in characters."""

    start: int
    end: int
    detail: Detail


def marked(detail: Detail, words: str) -> str:
    """The words with a mark before and after, so that noise leaves them alone and they can be found at the end."""
    return f"{chr(0xE000 + KINDS.index(detail))}{words}{CLOSE}"


def unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and where the marked details stand in it."""
    if CLOSE not in text:
        return text, ()
    plain: list[str] = []
    spans: list[Span] = []
    length = at = 0
    for found in MARKED.finditer(text):
        before = text[at : found.start()]
        start = length + len(before)
        length = start + len(found[2])
        plain += [before, found[2]]
        spans.append(Span(start, length, KINDS[ord(found[1]) - 0xE000]))
        at = found.end()
    plain.append(text[at:])
    return "".join(plain), tuple(spans)


def phone(random: Random) -> str:
    """A mobile number from the range kept for drama, in one of the ways people write it."""
    last = f"{random.randrange(1000):03d}"
    return random.choice((f"07700 900{last}", f"07700900{last}", f"07700 900 {last}", f"+44 7700 900{last}"))


def nhs_number(random: Random, *, valid: bool = True) -> str:
    """An NHS number from the test range, or ten digits that only look like one."""
    while True:
        digits = f"{999 if valid else random.randrange(200, 998)}{random.randrange(10**6):06d}"
        check = check_digit(digits)
        if check == 10:
            continue
        last = check if valid else (check + random.randrange(1, 9)) % 10
        whole = f"{digits}{last}"
        return random.choice((f"{whole[:3]} {whole[3:6]} {whole[6:]}", whole)) if valid else whole


def check_digit(nine: str) -> int:
    """The tenth digit of an NHS number by the modulus 11 rule; 10 means that no number begins so."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(nine))
    return (11 - total % 11) % 11


def postcode(random: Random) -> str:
    """A postcode of the right shape in a district that does not exist."""
    inward = f"{random.randrange(1, 10)}{random.choice(INWARD_LETTERS)}{random.choice(INWARD_LETTERS)}"
    outward = random.choice(OUTWARD)
    return random.choice((f"{outward} {inward}", f"{outward} {inward}", f"{outward}{inward}".lower()))


def name(random: Random, what: str) -> str:
    """A made-up name: of ``forenames``, ``adults``, ``surnames``, ``schools`` or ``streets``."""
    known = tables("personal")[what]
    return str(random.choice(known)) if isinstance(known, list) else ""


def staff(random: Random) -> str:
    """A member of staff as parents name them: Mrs Ashmoor, Miss K, Julie."""
    return random.choice(
        (
            f"{name(random, 'titles')} {name(random, 'surnames')}",
            f"{name(random, 'titles')} {random.choice('ABCDHKLMPRSTW')}",
            f"{name(random, 'adults')} {name(random, 'surnames')}",
            name(random, "adults"),
        )
    )


def email(random: Random) -> str:
    """An address that can belong to nobody."""
    first, last = name(random, "adults").lower(), name(random, "surnames").lower()
    return random.choice((f"{first}.{last}@example.org", f"{first}{random.randrange(60, 99)}@example.org"))
