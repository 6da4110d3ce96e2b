"""Early warnings that somebody has looked at."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from survey.column_types import moment


class WarningLook(SQLModel, table=True):
    """That somebody looked at an early warning, when, and how many people it was about then.

    What it is about is kept as codes: a theme's key or ``words``, and a district's or service's code. No words are.
    """

    __tablename__ = "warning_look"

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id", ondelete="CASCADE", index=True)
    about: str = Field(max_length=64)
    place: str = Field(max_length=32)
    people: int
    by: str = Field(max_length=64)
    at: datetime = Field(sa_column=moment())
