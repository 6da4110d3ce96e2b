"""Rows of an export in the form of the tables: what each cell must be, on its own."""

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from survey.exchange.reading import Problems, Row
from survey.tables import Channel, ResponseState

MOMENT = "write a time with its zone, such as 2026-03-01T14:05:00+00:00"
ADVICE = {
    "reference": "write a reference of 1 to 20 characters",
    "public_id": "write an id such as 6f9619ff-8b86-4d11-b42d-00c04fc964ff",
    "state": f"write {' or '.join(ResponseState)}",
    "channel": f"write one of {', '.join(Channel)}",
    "variant": "write at most 32 characters",
    "language": "write a language such as en",
    "district": "write a district's code, at most 32 characters",
    "quotable": "write yes or no",
    "notice_version": "write the privacy notice's version, at most 32 characters, or leave it empty",
    "started_at": MOMENT,
    "sent_at": MOMENT,
    "child": "write the number of the child, or leave it empty",
    "code": "write at most 32 characters",
    "number": "write a number, or leave it empty",
    "day": "write a day such as 2026-03-01, or leave it empty",
}


def _or_none(cell: object) -> object:
    return None if cell == "" else cell


def _or_nought(cell: object) -> object:
    return 0 if cell == "" else cell


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ResponseRow(_Line):
    """A response, but for the numbers that the database gives."""

    reference: Annotated[str, Field(min_length=1, max_length=20)]
    public_id: UUID
    wave: str
    state: ResponseState
    channel: Channel
    variant: Annotated[str, Field(max_length=32)]
    language: Annotated[str, Field(max_length=8)]
    district: Annotated[str, Field(max_length=32)]
    quotable: bool
    notice_version: Annotated[str, Field(max_length=32)]
    started_at: AwareDatetime
    sent_at: AwareDatetime


class _About(_Line):
    reference: str
    item: str
    service: str
    child: Annotated[int, Field(ge=0), BeforeValidator(_or_nought)]


class AnswerRow(_About):
    """An answer: a code, a number or a day."""

    code: Annotated[str, Field(max_length=32)]
    number: Annotated[float | None, Field(allow_inf_nan=False), BeforeValidator(_or_none)]
    day: Annotated[date | None, BeforeValidator(_or_none)]


class CommentRow(_About):
    """A comment as it was written."""

    words: str


Line = TypeVar("Line", bound=_Line)


def read(kind: type[Line], row: Row, problems: Problems) -> Line | None:
    """The row, or None if a cell of it is not what it must be: each is then among the problems."""
    try:
        return kind.model_validate(row.cells)
    except ValidationError as problem:
        for column in dict.fromkeys(str(error["loc"][0]) for error in problem.errors(include_url=False)):
            problems.add(row, column, f"{row.cells[column]!r} will not do; {ADVICE[column]}.")
        return None
