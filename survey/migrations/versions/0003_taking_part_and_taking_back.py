"""Taking part and taking it back: private codes, who keyed it in, equality answers, invitations, translations.

Columns are only ever added to tables that hold answers: SQLite would otherwise copy the table, and delete what hangs
on it.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"
branch_labels = depends_on = None

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns, then the tables."""
    no = sa.false()
    op.add_column("draft", sa.Column("look", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("draft", sa.Column("preview", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("wave", sa.Column("by_invitation", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("response", sa.Column("entered_by", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("response", sa.Column("notice_version", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("response", sa.Column("private_hash", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_response_private_hash"), "response", ["private_hash"], unique=True)
    op.create_table(
        "likeness",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_likeness_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["comment.id"], name=op.f("fk_likeness_earlier_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_likeness")),
    )
    op.create_index(op.f("ix_likeness_earlier_id"), "likeness", ["earlier_id"], unique=False)
    op.create_table(
        "second_keying",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("keyed_by", sa.String(length=64), nullable=False),
        sa.Column("keyed_at", moment, nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_second_keying_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_second_keying")),
    )
    op.create_table(
        "equality_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_equality_answer_wave_id_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_answer")),
        sa.UniqueConstraint("link", "item", "code", name=op.f("uq_equality_answer_link_item_code")),
    )
    op.create_index(op.f("ix_equality_answer_wave_id"), "equality_answer", ["wave_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("used_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_invitation_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_wave_id"), "invitation", ["wave_id"], unique=False)
    op.create_table(
        "approved_translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.String(length=64), nullable=False),
        sa.Column("approved_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approved_translation")),
        sa.UniqueConstraint("name", "content_hash", name=op.f("uq_approved_translation_name_content_hash")),
    )


def downgrade() -> None:
    """Take them away again, with what they hold."""
    for table in ("approved_translation", "invitation", "equality_answer", "second_keying", "likeness"):
        op.drop_table(table)
    op.drop_index(op.f("ix_response_private_hash"), table_name="response")
    for column in ("private_hash", "notice_version", "entered_by"):
        op.drop_column("response", column)
    op.drop_column("wave", "by_invitation")
    op.drop_column("draft", "preview")
    op.drop_column("draft", "look")
