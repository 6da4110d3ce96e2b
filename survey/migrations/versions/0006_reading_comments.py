"""Reading comments: who has read which, notes and flags beside them, and a quick look for those without an embedding.

Embeddings were never filled in before this. The worker does so now for every comment there is, a thousand at a time.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"
branch_labels = depends_on = None

moment = sa.DateTime(timezone=True)
not_placed = sa.text("embedding IS NULL")


def upgrade() -> None:
    """Add the tables and the index."""
    op.create_table(
        "comment_seen",
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_seen_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("by", "comment_id", name=op.f("pk_comment_seen")),
    )
    op.create_index(op.f("ix_comment_seen_comment_id"), "comment_seen", ["comment_id"], unique=False)
    op.create_table(
        "comment_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_note_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_note")),
    )
    op.create_index(op.f("ix_comment_note_comment_id"), "comment_note", ["comment_id"], unique=False)
    op.create_table(
        "comment_flag",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_flag_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "flag", name=op.f("pk_comment_flag")),
    )
    op.create_index(
        "ix_reading_not_placed", "reading", ["comment_id"], sqlite_where=not_placed, postgresql_where=not_placed
    )


def downgrade() -> None:
    """Take them away again, with what they hold."""
    op.drop_index("ix_reading_not_placed", table_name="reading")
    for table in ("comment_flag", "comment_note", "comment_seen"):
        op.drop_table(table)
