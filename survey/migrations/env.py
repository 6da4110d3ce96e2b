"""How Alembic finds our tables: on the connection that ``database.prepare`` gives it."""

from alembic import context
from sqlmodel import SQLModel

from survey import tables  # noqa: F401  (the tables register themselves)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
