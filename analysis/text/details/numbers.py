"""Numbers that lead to a person: NHS and National Insurance numbers, case numbers, dates of birth."""

import re
from collections.abc import Iterator

from analysis.text.details.detail import Detail, Span

# In a test number and in a real one alike, ten digits of which the last is made from the nine before.
_TEN_DIGITS = re.compile(
    r"(?<!\d)(?<!\+\d\d)(?<!\+\d\d[ -])(?<!\+\d{3}[ -])(?<!00\d\d[ -])(?<!\(0\))"
    r"[1-9]\d{2}[^\S\n]?[-–.]?[^\S\n]?\d{3}[^\S\n]?[-–.]?[^\S\n]?\d{4}(?!\d)"
)
_CALLED_NHS = re.compile(
    r"\bNHS\b(?:[\s.:#=-]|\b(?:no|num|number|id|is|was)\b){1,8}(?P<value>\d(?:[ .–-]{0,2}\d){9})(?!\d)", re.IGNORECASE
)
_INSURANCE = re.compile(r"(?<![^\W_])[A-Z]{2}(?:[ -]?\d\d){3}[ -]?[A-D](?![^\W_])", re.IGNORECASE)

# A pupil's number, a tribunal's (EH888/21/00012), and a reference with the office's letters before it (EHC/12345).
_LETTERED = re.compile(
    r"(?<![^\W_])(?:[A-Z]\d{11}[A-Z0-9]|EH\d{3}/\d{2}/\d{4,5}"
    r"|(?:EHCP?|EHCNA|SEND?|SENDIST|LCC|CSC|CAF|CASE)"
    r"(?:[/_#:-](?!(?:19|20)\d\d(?!\d))[A-Z]{0,3}\d{3,12}|[/_#:-](?:19|20)\d\d[/-]\d{3,12}|[ ]?\d{5,12})"
    r"(?:[/-]\d{1,6})?)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"\b(?:case|ref|reference|complaint|urn|upn|uln|tribunal|appeal|sendist|claim|patient|pupil|hospital)\b"
    r"(?:[^\S\n]|[.:#=-]|\b(?:no|num|number|nr|id|ref|reference|code|is|was)\b){1,8}"
    r"(?P<value>[A-Z0-9][A-Z0-9/-]{3,24})(?![^\W_])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[/-]\d{2,4})?$|\d{1,2}[/-](?:\d{1,2}[/-])?\d{2,4}$|\d{1,4}-\d{1,4}$")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[ ]?[-/.][ ]?\d{{1,2}}[ ]?[-/.][ ]?(?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}(?:,?[ -](?:\d{{4}}|'?\d{{2}}))?"
    rf"|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?,?(?:[ ]\d{{4}})?|{_MONTH}[ ]\d{{4}}|\d{{1,2}}[ ]\d{{1,2}}[ ]\d{{2,4}})"
)
_BORN = re.compile(
    r"\b(?:born|d\.?o\.?b\b|date of birth|birth ?date|birthday|b-day)"
    r"(?:(?<=born)[^\S\n](?:[^\W\d_]{1,12}[^\S\n]){1,6}on[^\S\n]"  # born in Burnley on
    r"|(?:[\s.:=,()-]|\b(?:is|was|given as|on|in|the|at|day|mon|tues|wednes|thurs|fri|satur|sun|[1-4]\d weeks)\b)"
    r"{1,12})"
    rf"(?P<value>{_DATE})(?!\d)",
    re.IGNORECASE,
)


def nhs_numbers(text: str) -> Iterator[Span]:
    """Ten digits whose check digit agrees, and ten digits that the writer calls an NHS number, mistyped or not."""
    for found in _TEN_DIGITS.finditer(text):
        if _check_digit_agrees(found[0]):
            yield Span(Detail.NHS_NUMBER, found.start(), found.end())
    yield from _values(_CALLED_NHS, Detail.NHS_NUMBER, text)


def insurance_numbers(text: str) -> Iterator[Span]:
    """National Insurance numbers, by their shape."""
    for found in _INSURANCE.finditer(text):
        yield Span(Detail.NATIONAL_INSURANCE, found.start(), found.end())


def case_numbers(text: str) -> Iterator[Span]:
    """References with their office's letters, and whatever has four digits or more after "case number", "ref" or so."""
    for found in _LETTERED.finditer(text):
        yield Span(Detail.CASE_NUMBER, found.start(), found.end())
    for span in _values(_DECLARED, Detail.CASE_NUMBER, text):
        value = text[span.start : span.end]
        if sum(map(str.isdigit, value)) >= 4 and not _YEARS.match(value):
            yield span


def birth_dates(text: str) -> Iterator[Span]:
    """Dates after "born", "dob" or "birthday": with a day, or a month and a year. A year alone stays."""
    return _values(_BORN, Detail.BIRTH_DATE, text)


def _values(pattern: re.Pattern[str], kind: Detail, text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(kind, *found.span("value"))


def _check_digit_agrees(written: str) -> bool:
    """Whether the tenth digit is the one the modulus 11 rule makes from the nine before it."""
    digits = [int(mark) for mark in written if mark.isdigit()]
    total = sum(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == digits[9]
