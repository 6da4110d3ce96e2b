"""A county's answers many times over: every response copied, with what it said and what was read in it."""

import sqlalchemy as sa


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


def copies_of(table: str, changed: dict[str, str], columns: str, owner: str) -> str:
    """Copy the rows that were there at first, with some columns changed."""
    names = [name.strip() for name in columns.split(",")]
    values = ", ".join(changed.get(name, name) for name in names)
    return f"insert into {table} ({columns}) select {values} from {table} where {owner} < :step"


COPIES = [
    copies_of(
        "response",
        {"id": "id + :move", "public_id": "lower(hex(randomblob(16)))", "reference": "reference || '-' || :copy"},
        "id, public_id, reference, wave_id, state, channel, variant, language, district, quotable, device_hash,"
        " started_at, sent_at, change",
        "id",
    ),
    copies_of(
        "answer",
        {"response_id": "response_id + :move"},
        "response_id, item, service, child, code, number, day",
        "response_id",
    ),
    copies_of(
        "comment",
        {"id": "id + :move", "response_id": "response_id + :move"},
        "id, response_id, item, service, child, words, redacted, language",
        "id",
    ),
    copies_of(
        "reading",
        {"comment_id": "comment_id + :move"},
        "comment_id, model, sentiment, p_negative, p_neutral, p_positive, embedding, read_at",
        "comment_id",
    ),
    copies_of(
        "coding",
        {"comment_id": "comment_id + :move"},
        "comment_id, theme_id, candidate_theme_id, strength, given_by, model",
        "comment_id",
    ),
]
