"""A coding that a model gave names that model: the database refuses one that does not.

No version of Heard has ever stored one without. Should there be any all the same, such as from somebody's own script,
it stays what it is, a model's coding of whose model nobody wrote down, and says so: people may have decided by it.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0009", "0008"
branch_labels = depends_on = None

RULE = "ck_coding_model_is_named"
UNNAMED = "given_by = 'model' AND trim(model) = ''"


def upgrade() -> None:
    """Name what has no name, and add the rule. Nothing hangs on this table, so SQLite may copy it."""
    op.execute(sa.text(f"UPDATE coding SET model = 'not recorded' WHERE {UNNAMED}"))  # noqa: S608  (our own words)
    with op.batch_alter_table("coding") as table:
        table.create_check_constraint(op.f(RULE), f"NOT ({UNNAMED})")


def downgrade() -> None:
    """Take the rule away. What was named stays so: nobody knows any more that it was not."""
    with op.batch_alter_table("coding") as table:
        table.drop_constraint(op.f(RULE), type_="check")
