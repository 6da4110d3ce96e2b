"""The frames that every figure is made from: their columns, what each holds, and a check.

A frame is read once (from the database, or from an exported file) and then only looked at.
Nothing in this room asks where it came from.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import pandas as pd
from pandas.api import types

RESAMPLES = 20
"""How many times themes are looked for again in a part of the comments, to see which of them hold."""


class Sentiment(StrEnum):
    """The tone of a comment, as far as it can be told."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    MIXED = "mixed / unclear"


class Stance(StrEnum):
    """What one clause of a comment does."""

    PRAISE = "praise"
    CRITICISM = "criticism"
    REQUEST = "request"  # asks for something to be done, or to be there from now on
    NEUTRAL = "neutral"


class Channel(StrEnum):
    """How a response reached us."""

    WEB = "web"
    PHONE = "phone"
    IN_PERSON = "in_person"
    PAPER = "paper"


class Kind(StrEnum):
    """What sort of value a column holds."""

    WHOLE = "whole numbers"
    NUMBER = "numbers (missing where there is none)"
    TEXT = "text, or categories of text"
    MOMENT = "times in UTC"
    FLAG = "true or false"


class Column(NamedTuple):
    """One column of a frame."""

    name: str
    kind: Kind
    meaning: str


class Columns(NamedTuple):
    """The columns of one frame, under the name the frame goes by."""

    frame: str
    columns: tuple[Column, ...]


RESPONSES = Columns(
    "responses",
    (
        Column("response_id", Kind.WHOLE, "one respondent's return; unique in this frame"),
        Column("wave", Kind.TEXT, "the period of fieldwork it belongs to"),
        Column("sent_at", Kind.MOMENT, "when it was sent"),
        Column("channel", Kind.TEXT, "web, phone, in_person or paper"),
        Column("district", Kind.TEXT, "area code, 'not_sure', 'outside', or '' when not given"),
        Column("language", Kind.TEXT, "the language it was answered in"),
        Column(
            "variant", Kind.TEXT, "the manner of that language: standard or easy_read; counted alike in every figure"
        ),
        Column("age_band", Kind.TEXT, "the child's age band; '' when not given, or asked for each child (CHILDREN)"),
        Column("plan", Kind.TEXT, "the child's plan status; '' when not given, or asked for each child (CHILDREN)"),
        Column("quotable", Kind.FLAG, "whether they said that their words may be quoted"),
    ),
)

ANSWERS = Columns(
    "answers",
    (
        Column("response_id", Kind.WHOLE, "whose answer it is"),
        Column("item", Kind.TEXT, "the item answered"),
        Column("service", Kind.TEXT, "the service it is about, '' when about none"),
        Column("child", Kind.WHOLE, "the child it is about, counted from 1; 0 when about none"),
        Column("code", Kind.TEXT, "the option chosen, '' when the answer is not a choice"),
        Column("number", Kind.NUMBER, "the number given"),
    ),
)

CHILDREN = Columns(
    "children",
    (
        Column("response_id", Kind.WHOLE, "the family's return; with child unique in this frame"),
        Column("child", Kind.WHOLE, "which child of the family, counted from 1"),
        Column("age_band", Kind.TEXT, "the child's age band, '' when not given"),
        Column("plan", Kind.TEXT, "the child's plan status, '' when not given"),
    ),
)
"""Made from the answers by ``analysis.children``; empty where a questionnaire asks about one child alone."""

COMMENTS = Columns(
    "comments",
    (
        Column("comment_id", Kind.WHOLE, "one comment; unique in this frame"),
        Column("response_id", Kind.WHOLE, "whose comment it is"),
        Column("item", Kind.TEXT, "the item it answers"),
        Column("service", Kind.TEXT, "the service it is about, '' when about none"),
        Column("child", Kind.WHOLE, "the child it is about, counted from 1; 0 when about none"),
        Column("words", Kind.TEXT, "what was said, with personal details taken out; '' until read"),
        Column("language", Kind.TEXT, "the language it is in"),
        Column("sentiment", Kind.TEXT, "one of Sentiment, '' until read; what a person said last, if anybody did"),
        Column("p_negative", Kind.NUMBER, "how likely it is negative, 0 to 1"),
        Column("p_neutral", Kind.NUMBER, "how likely it is neutral, 0 to 1"),
        Column("p_positive", Kind.NUMBER, "how likely it is positive, 0 to 1"),
        Column("unsure", Kind.FLAG, "whether the model does not claim the sentiment it found likeliest"),
    ),
)

CODINGS = Columns(
    "codings",
    (
        Column("comment_id", Kind.WHOLE, "the comment"),
        Column("theme", Kind.TEXT, "key of the theme it was given; with comment_id unique in this frame"),
        Column("strength", Kind.NUMBER, "how strongly it carries the theme, 0 to 1; 1 where a person says so"),
        Column("praise", Kind.FLAG, "whether what it says of the theme is praise"),
        Column("criticism", Kind.FLAG, "whether it is criticism; it may be both"),
        Column("request", Kind.FLAG, "whether it asks for something"),
        Column("given_by", Kind.TEXT, "model or person"),
    ),
)

THEMES = Columns(
    "themes",
    (
        Column("theme", Kind.TEXT, "its key; unique in this frame"),
        Column("label", Kind.TEXT, "its name for people"),
        Column("description", Kind.TEXT, "what belongs under it"),
        Column("candidate", Kind.FLAG, "true until a person has approved it"),
    ),
)


def _is_text(values: pd.Series) -> bool:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return types.is_string_dtype(values.cat.categories.dtype)
    return types.is_string_dtype(values)


_HOLDS: dict[Kind, Callable[[pd.Series], bool]] = {
    Kind.WHOLE: types.is_integer_dtype,
    Kind.NUMBER: types.is_float_dtype,
    Kind.TEXT: _is_text,
    Kind.MOMENT: lambda values: isinstance(values.dtype, pd.DatetimeTZDtype),
    Kind.FLAG: types.is_bool_dtype,
}

_EMPTY: dict[Kind, str] = {
    Kind.WHOLE: "int64",
    Kind.NUMBER: "float64",
    Kind.TEXT: "str",
    Kind.MOMENT: "datetime64[us, UTC]",
    Kind.FLAG: "bool",
}


def check(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """The frame itself, once its columns are known to be there and to hold what they should.

    Columns beyond those named are allowed. Raises ValueError naming the frame, the columns
    at fault and what they should hold. Looks at types only, so it costs the same for ten
    rows as for a million; it does not notice an unknown code.
    """
    lacking = [column.name for column in columns.columns if column.name not in frame]
    if lacking:
        raise ValueError(f"The {columns.frame} frame lacks {', '.join(lacking)}.")
    wrong = [
        f"{column.name} should hold {column.kind}, not {frame[column.name].dtype}"
        for column in columns.columns
        if not _HOLDS[column.kind](frame[column.name])
    ]
    if wrong:
        raise ValueError(f"The {columns.frame} frame cannot be used: {'; '.join(wrong)}.")
    return frame


def empty(columns: Columns) -> pd.DataFrame:
    """A frame with these columns and no rows: what there is before anybody has answered."""
    return pd.DataFrame({column.name: pd.Series(dtype=_EMPTY[column.kind]) for column in columns.columns})
