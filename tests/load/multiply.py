"""A county's answers many times over: every response copied, with what it said and what was read in it."""

import sqlalchemy as sa
from sqlmodel import SQLModel

import survey.tables  # noqa: F401  (whose tables are copied)


def multiply(engine: sa.Engine, *, until: int) -> None:
    """Copy the responses of an embedded database, whole rounds at a time, until there are at least that many."""
    with engine.begin() as connection:
        stored = connection.execute(sa.text("select count(*) from response")).scalar_one()
        step = connection.execute(
            sa.text("select 1 + max((select max(id) from response), (select max(id) from comment))")
        ).scalar_one()
        for copy in range(1, -(-until // stored)):
            for statement in COPIES:
                connection.execute(sa.text(statement), {"move": copy * step, "copy": copy, "step": step})


def copies_of(table: str, changed: dict[str, str], owner: str) -> str:
    """Copy the rows that were there at first, whole but for what is changed, and for numbers that are given anew."""
    names = [column.name for column in SQLModel.metadata.tables[table].columns if column.name not in GIVEN_ANEW[table]]
    values = ", ".join(changed.get(name, name) for name in names)
    return f"insert into {table} ({', '.join(names)}) select {values} from {table} where {owner} < :step"


GIVEN_ANEW = {
    "response": {"private_hash"},  # which no two may share
    "answer": {"id"},
    "comment": set[str](),
    "reading": set[str](),
    "coding": {"id"},
}
COPIES = [
    copies_of(
        "response",
        {"id": "id + :move", "public_id": "lower(hex(randomblob(16)))", "reference": "reference || '-' || :copy"},
        "id",
    ),
    copies_of("answer", {"response_id": "response_id + :move"}, "response_id"),
    copies_of("comment", {"id": "id + :move", "response_id": "response_id + :move"}, "id"),
    copies_of("reading", {"comment_id": "comment_id + :move"}, "comment_id"),
    copies_of("coding", {"comment_id": "comment_id + :move"}, "comment_id"),
]
