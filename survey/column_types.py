"""What all tables share: how constraints are called, and the two kinds of column that databases disagree on."""

from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def stored(kind: type[StrEnum], name: str) -> sa.Enum:
    """An enumeration kept by value, with the values as a named constraint, alike on every database."""
    return sa.Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name,
    )


class Moment(sa.TypeDecorator[datetime]):
    """A time in UTC, given back with its zone on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """In UTC, for SQLite forgets the zone. A time without one is refused: nobody knows when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("Times are stored in UTC: give one with a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """SQLite forgets the zone; it was UTC."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def moment(*, index: bool = False, nullable: bool = False) -> sa.Column[datetime]:
    """A column for a time."""
    return sa.Column(Moment(), index=index, nullable=nullable)
