"""An action that is done says by how much the share moved: the database refuses one that is felt, or not, without.

Until now an action could be called done once a later wave had opened, even if too few had answered it: its comparison
was the word "too few to say" and no figures. Those stay as they are, because nothing in the ledger is written over, so
the rule lets that word stand without figures. Heard itself calls nothing done that way any more.

No version of Heard has stored any other word without its figures. Should there be one all the same, such as from
somebody's own script, it becomes that word too: without figures nobody can say more.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0010", "0009"
branch_labels = depends_on = None

RULE = "ck_action_version_done_has_figures"
FIGURES = "compared_low IS NOT NULL AND compared_high IS NOT NULL"
HOLDS = f"state <> 'done' OR compared_word = 'too few to say' OR ({FIGURES})"


def upgrade() -> None:
    """Put right what has a word and no figures, and add the rule. Nothing hangs on this table: SQLite may copy it."""
    op.execute(sa.text(f"UPDATE action_version SET compared_word = 'too few to say' WHERE NOT ({HOLDS})"))  # noqa: S608  (our own words)
    with op.batch_alter_table("action_version") as table:
        table.create_check_constraint(op.f(RULE), HOLDS)


def downgrade() -> None:
    """Take the rule away. What was put right stays so: what it said before is not known any more."""
    with op.batch_alter_table("action_version") as table:
        table.drop_constraint(op.f(RULE), type_="check")
