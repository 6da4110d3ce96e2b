"""Whether an answer will do, and the form it is stored in.

An answer arrives as it was typed. Each kind of item has one check; what it says is in ``wording/``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from survey.questionnaire import AnswerKey, Comment, Date, Number, Optioned, Several, SimpleItem
from survey.routing import Typed
from survey.wording import Words

# Controls that people do not write on purpose: all but tab and line feed, and the ones that turn text round.
UNWRITTEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
DAY_PARTS = ("day", "month", "year")  # in the order they are asked
DAY = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")


class Problem(NamedTuple):
    """Something to put right before going on."""

    key: AnswerKey
    message: str


class Stored(NamedTuple):
    """An answer as the tables hold it: codes, or a number, or a day, or words."""

    codes: tuple[str, ...] = ()
    number: float | None = None
    day: date | None = None
    words: str = ""


class Checked(NamedTuple):
    """What came of checking one answer: the problem with it, or its stored form (None if it was left out)."""

    problem: str | None = None
    stored: Stored | None = None


def clean(text: str) -> str:
    """The text as it was written, less what no hand writes (NULs, controls, marks that turn the line round)."""
    return unicodedata.normalize("NFC", UNWRITTEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def check(item: SimpleItem, typed: Typed | None, words: Words, *, today: date) -> Checked:
    """The problem with one answer, in words that say what to do, or the form it is stored in."""
    if isinstance(item, Optioned):
        return _check_codes(item, typed, words)
    text = clean(typed if isinstance(typed, str) else "")
    if not text:
        return Checked() if item.optional else Checked(words.missing(item))
    if isinstance(item, Number):
        return _check_number(item, text, words)
    if isinstance(item, Date):
        return _check_day(item, text, words, today)
    return _check_comment(item, text, words)


def as_typed(item: SimpleItem, stored: Stored) -> Typed:
    """A stored answer as it would have been typed."""
    if stored.codes:
        return stored.codes if isinstance(item, Several) else stored.codes[0]
    if stored.day:
        return stored.day.isoformat()
    return stored.words if stored.number is None else str(int(stored.number))


def problems(
    asked: Iterable[tuple[SimpleItem, AnswerKey]],
    typed: Callable[[AnswerKey], Typed | None],
    words: Words,
    *,
    today: date,
) -> list[Problem]:
    """Everything to put right among these items, in the order they are asked."""
    checked = ((key, check(item, typed(key), words, today=today)) for item, key in asked)
    return [Problem(key, outcome.problem) for key, outcome in checked if outcome.problem]


def _check_codes(item: SimpleItem, typed: Typed | None, words: Words) -> Checked:
    assert isinstance(item, Optioned)  # noqa: S101  (for the type checker: the caller looked)
    codes = (typed,) if isinstance(typed, str) and typed else tuple(dict.fromkeys(typed or ()))
    if not codes:
        return Checked() if item.optional else Checked(words.missing(item))
    if any(item.option(code) is None for code in codes) or (len(codes) > 1 and not isinstance(item, Several)):
        return Checked(words("problem.not_offered"))
    return Checked(stored=Stored(codes=codes))


def _check_number(item: Number, text: str, words: Words) -> Checked:
    bare = text.replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?\d{1,9}", bare):
        return Checked(words("problem.not_a_number"))
    number = int(bare)
    if not item.at_least <= number <= item.at_most:
        return Checked(words("problem.number_out_of_range", least=item.at_least, most=item.at_most))
    return Checked(stored=Stored(number=float(number)))


def _check_day(item: Date, text: str, words: Words, today: date) -> Checked:
    written = DAY.fullmatch(text)
    try:
        day = date(*(int(part) for part in written.groups())) if written else None
    except ValueError:  # the 31st of February
        day = None
    if day is None:
        return Checked(words("problem.not_a_day"))
    if day > today and not item.may_be_future:
        return Checked(words("problem.day_in_future"))
    if item.earliest and day < item.earliest:
        return Checked(words("problem.day_too_early", earliest=f"{item.earliest:%-d %B %Y}"))
    return Checked(stored=Stored(day=day))


def _check_comment(item: Comment, text: str, words: Words) -> Checked:
    if len(text) > item.max_length:
        return Checked(words("problem.too_long", most=f"{item.max_length:,}", now=f"{len(text):,}"))
    return Checked(stored=Stored(words=text))
