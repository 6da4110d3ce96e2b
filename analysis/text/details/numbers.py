"""Numbers that lead to a person: NHS and National Insurance numbers, case numbers, dates of birth."""

import re
from collections.abc import Iterator

from analysis.text.details import vocabulary
from analysis.text.details.detail import MASK, Detail, Span
from analysis.text.details.seen import Seen

_BREAK = r"[^\S\n]{0,2}[-–./_]?[^\S\n]{0,2}"
# In a test number and in a real one alike, ten digits of which the last is made from the nine before.
_TEN_DIGITS = re.compile(
    r"(?<!\d)(?<!\+\d\d)(?<!\+\d\d[ -])(?<!\+\d{3}[ -])(?<!00\d\d[ -])(?<!\(0\))"
    rf"(?=[1-9])(?:\d{{3}}{_BREAK}\d{{3}}{_BREAK}\d{{4}}|\d{{5}}{_BREAK}\d{{5}}|\d{{4}}{_BREAK}\d{{3}}{_BREAK}\d{{3}})(?!\d)"
)
_CALLED_NHS = re.compile(
    r"\bNHS\b(?:[\s.:#=-]|\b(?:no|num|number|id|is|was)\b){1,8}(?P<value>\d(?:[ ./_–-]{0,2}\d){9})(?!\d)", re.IGNORECASE
)
_INSURANCE_SIGN = re.compile(r"\d\d[ -]?[a-d](?![^\W_])")
_INSURANCE = re.compile(r"(?<![^\W_])[A-Z]{2}(?:[ -]?\d\d){3}[ -]?[A-D](?![^\W_])", re.IGNORECASE)

# A pupil's number, a tribunal's (EH888/21/00012), and a reference with the office's letters before it (EHC/12345).
_BEFORE_NUMBER = ("EHCP", "EHC", "EHCNA", "SEND", "SEN", "SENDIST", "LCC", "CSC", "CAF", "CASE")
_LETTERED = re.compile(
    r"(?<![^\W_])(?:[A-Z]\d{11}[A-Z0-9]|EH\d{3}/\d{2}/\d{4,5}"
    rf"|(?:{'|'.join(_BEFORE_NUMBER)})"
    r"(?:[/_#:-](?!(?:19|20)\d\d(?!\d))[A-Z]{0,3}\d{3,12}|[/_#:-](?:19|20)\d\d[/-]\d{3,12}|[ ]?\d{5,12})"
    r"(?:[/-]\d{1,6})?)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_OFFICE = (
    r"\b(?:case|ref|reference|complaint|urn|upn|uln|tribunal|appeal|sendist|claim|patient|pupil|hospital|las|lcs"
    r"|liquid ?logic|mosaic|capita|synergy|child id|carefirst)\b"
)
_DECLARED = re.compile(
    rf"{_OFFICE}"
    r"(?:[^\S\n]|[.:#=-]|\b(?:no|nos|num|number|nr|id|ref|reference|code|is|was|it's)\b){1,8}"
    r"(?P<value>(?-i:[A-Z]{2,4})[ ]\d{3,8}(?:[ ]\d{2,5}){0,3}|\d{3,5}(?:[ ]\d{3,5}){1,3}|[A-Z0-9][A-Z0-9/-]{3,24})"
    r"(?![^\W_])",
    re.IGNORECASE,
)
# What has a number of its own, whatever it is called: five digits at least, or a mark before them.
_CALLED_NUMBER = ("number", "num", "no", "nr", "id")
_NUMBERED = re.compile(
    rf"\b(?:{'|'.join(_CALLED_NUMBER)})\b(?:[^\S\n]|[.:#=-]|\b(?:is|was)\b){{1,6}}"
    r"(?P<value>[A-Z]{0,4}[-/]?\d(?:[/-]?[A-Z0-9]){4,20})(?![^\W_])|(?<![^\W_])#[^\S\n]?(?P<marked>[A-Z]{0,3}-?\d{4,12})(?![^\W_])",
    re.IGNORECASE,
)
# Quick, for what stands near digits, in small letters: what most comments have not.
_TEN_SIGN = re.compile(r"\d[\d ./_–-]{8,}\d")
_LETTERED_SIGN = re.compile(r"[/_#:-][a-z]{0,3}\d|\d{5}")
_LETTERED_WORDS = frozenset(["eh", *map(str.lower, _BEFORE_NUMBER)])
_PUPIL_SIGN = re.compile(r"[a-z]\d{11}")
_DECLARED_SIGN = re.compile(_OFFICE.removeprefix(r"\b"))  # what begins with a letter is found quickly
_OFFICE_WORDS = frozenset(re.findall("[a-z]+", _OFFICE.replace(r"\b", "").replace("child", ""))) | {"liquidlogic"}
_NUMBERED_SIGN = re.compile(r"\d(?:[/-]?[a-z0-9]){4}|#")
_NUMBERED_WORDS = frozenset(_CALLED_NUMBER)
_YEARS = re.compile(
    r"(?:19|20)\d\d(?:[/-](?:\d\d|(?:19|20)\d\d))?(?:[ ](?:19|20)\d\d)*$"
    r"|\d{1,2}[/-](?:\d{1,2}[/-])?\d{2,4}$|\d{1,4}-\d{1,4}$"
)

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[ ]?[-/.][ ]?\d{{1,2}}[ ]?[-/.][ ]?(?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}(?:,?[ -](?:\d{{4}}|'?\d{{2}}))?"
    rf"|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?,?(?:[ ]\d{{4}})?|{_MONTH}[ ]\d{{4}}|\d{{1,2}}[ ]\d{{1,2}}[ ]\d{{2,4}})"
)
_DAY_AND_YEAR = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[ ]?[-/.][ ]?\d{{1,2}}[ ]?[-/.][ ]?(?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -](?:\d{{4}}|'?\d{{2}}))"
)
_AGE = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)"
_BIRTH = re.compile(
    rf"(?:\b(?:born|d\W?o\W?b(?![^\W\d_])|date of birth|birth ?date|(?:birth|b)[- ]?day(?:['’]s)?"
    rf"|turn(?:s|ed|ing)?[^\S\n]{_AGE})|\(b\b)"
)
_BIRTH_WORDS = frozenset(
    ["born", "birth", "birthdate", "birthday", "bday", "b", "ob", "dob", "turn", "turns", "turned", "turning"]
)
_ITS_DATE = re.compile(
    r"(?:(?<=born)[^\S\n](?:[^\W\d_]{1,12}[^\S\n]){1,6}on[^\S\n]"  # born in Burnley on
    r"|(?:[\s.:=,()-]|\b(?:is|was|given as|that is|that['’]s|falls"
    r"|on|in|the|at|day|mon|tues|wednes|thurs|fri|satur|sun|[1-4]\d weeks)\b)"
    r"{1,12})"
    rf"(?P<value>{_DATE})(?!\d)",
    re.IGNORECASE,
)
_DATE_CLOSE = re.compile(r"(?:[\s.:=-]|is\b|was\b){0,5}(?P<value>\d{6}|\d{8})(?!\d)", re.IGNORECASE)
_BETWEEN_MARKS = re.compile(rf"[,(\[][^\S\n]?{_DAY_AND_YEAR}", re.IGNORECASE)  # quick: most have none
# A whole date beside a child or a name, in brackets or between commas, is when they were born.
_BESIDE = re.compile(
    rf"(?:\b{vocabulary.either('kin')}|{MASK[Detail.NAME]})[^\S\n]?(?:,[^\S\n]?(?P<apart>{_DAY_AND_YEAR})(?=[^\S\n]?[,.;]|$)"
    rf"|[(\[][^\S\n]?(?P<value>{_DAY_AND_YEAR})(?=[^\S\n]?[,)\]]))",
    re.IGNORECASE,
)


def nhs_numbers(seen: Seen) -> Iterator[Span]:
    """Ten digits whose check digit agrees, and ten digits that the writer calls an NHS number, mistyped or not."""
    if not _TEN_SIGN.search(seen.near_digits):
        return
    for found in _TEN_DIGITS.finditer(seen.text):
        if _check_digit_agrees(found[0]):
            yield Span(Detail.NHS_NUMBER, found.start(), found.end())
    yield from _values(_CALLED_NHS, Detail.NHS_NUMBER, seen.text)


def insurance_numbers(seen: Seen) -> Iterator[Span]:
    """National Insurance numbers, by their shape."""
    for found in _INSURANCE.finditer(seen.text) if _INSURANCE_SIGN.search(seen.near_digits) else ():
        yield Span(Detail.NATIONAL_INSURANCE, found.start(), found.end())


def case_numbers(seen: Seen) -> Iterator[Span]:
    """References with their office's letters, and whatever has four digits or more after "case number", "ref" or so."""
    for found in _LETTERED.finditer(seen.text) if _may_be_lettered(seen) else ():
        yield Span(Detail.CASE_NUMBER, found.start(), found.end())
    numbered = _values(_NUMBERED, Detail.CASE_NUMBER, seen.text) if _may_be_numbered(seen) else ()
    for span in (*_declared(seen), *numbered):
        value = seen.text[span.start : span.end]
        if sum(map(str.isdigit, value)) >= 4 and not _YEARS.match(value):
            yield span


def _may_be_lettered(seen: Seen) -> bool:
    lettered = not _LETTERED_WORDS.isdisjoint(seen.words) and _LETTERED_SIGN.search(seen.near_digits)
    return bool(lettered or (seen.digits > 10 and _PUPIL_SIGN.search(seen.near_digits)))


def _may_be_numbered(seen: Seen) -> bool:
    named = "#" in seen.text or not _NUMBERED_WORDS.isdisjoint(seen.words)
    return named and _NUMBERED_SIGN.search(seen.near_digits) is not None


def _declared(seen: Seen) -> Iterator[Span]:
    for office in _DECLARED_SIGN.finditer(seen.low) if not _OFFICE_WORDS.isdisjoint(seen.words) else ():
        if found := _DECLARED.match(seen.text, office.start()):
            yield Span(Detail.CASE_NUMBER, *found.span("value"))


def birth_dates(seen: Seen) -> Iterator[Span]:
    """Dates after "born", "dob", "birthday" or "turned six", with a day, or a month and a year; a year alone stays.

    And whole dates in brackets, or between commas, beside a child or a name.
    """
    for birth in _BIRTH.finditer(seen.low) if not _BIRTH_WORDS.isdisjoint(seen.words) else ():
        if found := _ITS_DATE.match(seen.text, birth.end()) or _DATE_CLOSE.match(seen.text, birth.end()):
            yield Span(Detail.BIRTH_DATE, *found.span("value"))
    if _BETWEEN_MARKS.search(seen.near_digits):
        yield from _values(_BESIDE, Detail.BIRTH_DATE, seen.text)


def _values(pattern: re.Pattern[str], kind: Detail, text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(kind, *found.span(found.lastgroup or "value"))


def _check_digit_agrees(written: str) -> bool:
    """Whether the tenth digit is the one the modulus 11 rule makes from the nine before it."""
    digits = [int(mark) for mark in written if mark.isdigit()]
    total = sum(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == digits[9]
