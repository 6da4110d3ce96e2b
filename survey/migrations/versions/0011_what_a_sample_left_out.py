"""A sample says what the computer had been taught when it was drawn: comments it learnt from were left out.

Until now that was worked out from when teaching was switched on and off, of which only the last time is kept: switched
off and on again after a sample was drawn, it seemed to have been off. What can be worked out still is filled in. Where
it was switched on again before this version, nobody knows any more, and the sample stays as it has been shown since.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0011", "0010"
branch_labels = depends_on = None

IN_USE_THEN = """
    SELECT max(asked_at) FROM teaching
    WHERE teaching.consultation_id = check_sample.consultation_id AND teaching.switched_on_at <= check_sample.drawn_at
        AND (teaching.switched_off_at IS NULL OR teaching.switched_off_at > check_sample.drawn_at)
"""


def upgrade() -> None:
    """Add the column, and fill it in."""
    op.add_column("check_sample", sa.Column("taught_until", sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.text(f"UPDATE check_sample SET taught_until = ({IN_USE_THEN})"))  # noqa: S608  (our own words)


def downgrade() -> None:
    """Take it out again."""
    op.drop_column("check_sample", "taught_until")
