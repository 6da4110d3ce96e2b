"""Telephone numbers, as people write them."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import phonenumbers

from analysis.text.details.detail import Detail, Span
from analysis.text.details.seen import Seen

_BETWEEN = r"[^\S\n]?[-.‐-―()/]{0,2}[^\S\n]?"
_DIALLED = re.compile(
    rf"(?<![^\W_])(?:\(?\+[^\S\n]?|\(?(?=[0٠۰]|44(?:[^\S\n]|-)?[1237]\d{{2}}))\d(?:{_BETWEEN}\d){{6,17}}(?!\d)"
)
_LETTER_FOR_NOUGHT = re.compile(r"[Oo](?<![^\W_].)[1237]\d{2,3}(?:(?:[^\S\n]|-)?\d){6,7}(?!\d)")
_FIGURE = "(?:zero|nought|oh|one|two|three|four|five|six|seven|eight|nine)"
_SPELT = re.compile(
    rf"\b(?:zero|nought|oh|o|0)(?:[\s,-]{{1,3}}(?:(?:double|triple|treble)[\s-])?(?:{_FIGURE}|hundred|thousand)){{6,12}}\b",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 7  # in any number, with its nought or the code of its country
_DATED = re.compile(r"\d\d?[-./ ]\d\d?[-./ ](?:19|20)?\d\d(?!\d)")
# Without its first nought, or without the code of the place, only where the words around it say that it is a number.
_ASKED = re.compile(
    r"\b(?:(?:ring|call|phone|text|tel|telephone|mobile|mob|whatsapp|dial)(?:[^\S\n]+(?:me|us|him|her|them|back))?"
    r"|(?:my|our|his|her|phone|mobile|contact|home|work|telephone)[^\S\n]+(?:number|no))"
    r"(?:[^\S\n]+(?:on|at|no|number|is))?[^\S\n]?[.:]?[^\S\n]?"
    r"(?P<value>(?!116|(?:19|20)\d\d[^\S\n-])\d{3}(?:[^\S\n-]?\d){3,8})(?!\d)",
    re.IGNORECASE,
)
# Quick: what most comments have not.
_SEVEN_DIGITS = re.compile(rf"\d(?:{_BETWEEN}\d){{6}}")
_SIX_DIGITS = re.compile(r"\d{3}(?:[^\S\n-]?\d){3}")
_FIGURE_WORDS = frozenset(
    {
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "zero",
        "nought",
        "oh",
        "hundred",
        "thousand",
    }
)


def phones(seen: Seen) -> Iterator[Span]:
    """Numbers of this country and of others, with a nought, the letter O for it, or a plus before them.

    Possible numbers count, not only those in use: people mistype, and a wrong number may be somebody else's.
    """
    if not _SEVEN_DIGITS.search(seen.near_digits):
        return
    text, at, standing = seen.text, 0, cache(_standing)  # remembered for this comment alone
    for lettered in _LETTER_FOR_NOUGHT.finditer(text):
        yield Span(Detail.PHONE, *lettered.span())
    while found := _DIALLED.search(text, at):
        if end := _whole_number(found, standing):
            start = found.start()
            if text[start] == "(" and text.count("(", start, end) > text.count(")", start, end):
                start += 1  # the bracket is around more than the number
            yield Span(Detail.PHONE, start, end)
        at = end or _first_group(found)


def phones_to_ring(seen: Seen) -> Iterator[Span]:
    """Numbers after words like "ring me on", without their nought or without the code of the place."""
    for asked in _ASKED.finditer(seen.text) if _SIX_DIGITS.search(seen.near_digits) else ():
        yield Span(Detail.PHONE, *asked.span("value"))


def phones_spelt(seen: Seen) -> Iterator[Span]:
    """Numbers in words: "zero seven seven double zero …"."""
    for found in _SPELT.finditer(seen.text) if len(_FIGURE_WORDS & seen.words) > 2 else ():
        yield Span(Detail.PHONE, *found.span())


def _whole_number(found: re.Match[str], standing_of: Callable[[str], str]) -> int | None:
    """Where the telephone number ends that begins here: two numbers may stand side by side. None if there is none."""
    written = found[0]
    if _DATED.match(written) or re.match(r"0[.]\d", written):
        return None
    ends = [place.end() for place in re.finditer(r"\d(?!\d)", written)]
    ends = [end for end in ends if sum(map(str.isdigit, written[:end])) >= _FEWEST_DIGITS]
    possible = None
    for end in reversed(ends):
        standing = standing_of(written[:end])
        if standing == "whole":
            return found.start() + end
        possible = possible or (end if standing == "possible" else None)
    return found.start() + possible if possible else None


def _standing(written: str) -> str:
    """Whether this is a telephone number to the last digit ("whole"), may be one ("possible"), or neither ("")."""
    try:
        number = phonenumbers.parse(f"+{written}" if written.startswith("44") else written, "GB")
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_valid_number(number):
        return "whole"
    if not phonenumbers.is_possible_number(number):
        return ""
    national = len(str(number.national_number))
    if number.country_code == 44:
        return {10: "whole", 9: "possible"}.get(national, "")
    return "possible"


def _first_group(found: re.Match[str]) -> int:
    """Where the first run of digits ends."""
    first = re.search(r"\d+", found[0])
    return found.start() + (first.end() if first else 1)
