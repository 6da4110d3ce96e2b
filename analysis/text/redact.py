"""What a comment says, without the personal details that can be found in it."""

from enum import StrEnum
from typing import NamedTuple


class Detail(StrEnum):
    """A kind of personal detail. In a redacted comment its value stands in square brackets: [phone]."""

    PHONE = "phone"
    EMAIL = "e-mail"
    WEB = "web address"
    POSTCODE = "postcode"
    NHS_NUMBER = "NHS number"
    BIRTH_DATE = "date of birth"
    CASE_NUMBER = "case number"
    NAME = "name"
    SCHOOL = "school"


class Span(NamedTuple):
    """Where in a comment a detail stands: from ``start`` up to ``end``, in characters."""

    kind: Detail
    start: int
    end: int


class Redacted(NamedTuple):
    """A comment with what was found replaced, and where it was found in the comment as given, in order."""

    text: str
    found: tuple[Span, ...]


def redact(text: str) -> Redacted:
    """The comment with a word in square brackets wherever a personal detail was found: [phone], [name], [school].

    Gives it back unchanged where nothing was found. This does not make a comment anonymous: a name that nothing around
    it gives away stays in, and so does what tells who somebody is without naming them. Let a person read it before
    anybody outside sees it.
    """
    raise NotImplementedError
