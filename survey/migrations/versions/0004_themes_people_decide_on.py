"""Themes people decide on: their history, what people judge of comments, blind samples, fits and their progress.

Columns are only ever added to tables that hold answers: SQLite would otherwise copy the table, and delete what hangs
on it. What models read is forgotten, so that every comment is read again: where details stand in it was not kept
before, and without that nobody can show a word again. Until then it is shown as it was.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"
branch_labels = depends_on = None

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns, then the tables."""
    _add_columns()
    op.execute(sa.text("DELETE FROM reading"))
    _add_history()
    _add_readings()
    _add_samples()
    _add_judgements()
    _add_runs()


def _add_columns() -> None:
    no = sa.false()
    add = op.add_column
    add("consultation", sa.Column("frame", sa.Integer(), nullable=False, server_default="1"))
    add("consultation", sa.Column("themes_change", sa.BigInteger(), nullable=False, server_default="0"))
    add("comment", sa.Column("other_language", sa.String(length=8), nullable=False, server_default=""))
    add("comment", sa.Column("identifying", sa.String(length=200), nullable=False, server_default=""))
    add("reading", sa.Column("frame", sa.Integer(), nullable=False, server_default="1"))
    add("reading", sa.Column("unsure", sa.Boolean(), nullable=False, server_default=no))
    add("theme", sa.Column("retired", sa.Boolean(), nullable=False, server_default=no))
    add("theme", _leads_to_a_theme("merged_into_id", "fk_theme_merged_into_id_theme"), inline_references=True)
    add("candidate_theme", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    add("candidate_theme", sa.Column("stability", sa.Float(), nullable=True))
    add(
        "candidate_theme",
        _leads_to_a_theme("approved_as_id", "fk_candidate_theme_approved_as_id_theme"),
        inline_references=True,
    )
    add("coding", sa.Column("margin", sa.Float(), nullable=True))
    add("coding", sa.Column("words", sa.String(length=200), nullable=False, server_default=""))
    for stance in ("praise", "criticism", "request"):
        add("coding", sa.Column(stance, sa.Boolean(), nullable=False, server_default=no))
        add("reading", sa.Column(stance, sa.Boolean(), nullable=False, server_default=no))


def _leads_to_a_theme(column: str, name: str) -> "sa.Column[int]":
    return sa.Column(column, sa.Integer(), sa.ForeignKey("theme.id", name=name), nullable=True)


def _add_history() -> None:
    op.create_table(
        "theme_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "loaded",
                "added",
                "approved",
                "edited",
                "merged",
                "split",
                "retired",
                "restored",
                "undone",
                name="what",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("candidate_theme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_theme_id"],
            ["candidate_theme.id"],
            name=op.f("fk_theme_act_candidate_theme_id_candidate_theme"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_theme_act_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["undoes_id"], ["theme_act.id"], name=op.f("fk_theme_act_undoes_id_theme_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_act")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_theme_act_undoes_id")),
    )
    op.create_index(op.f("ix_theme_act_consultation_id"), "theme_act", ["consultation_id"], unique=False)
    op.create_table(
        "theme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("phrases", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act_id"], ["theme_act.id"], name=op.f("fk_theme_version_act_id_theme_act"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["theme.id"], name=op.f("fk_theme_version_merged_into_id_theme")),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_version_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_version")),
        sa.UniqueConstraint("theme_id", "version", name=op.f("uq_theme_version_theme_id_version")),
    )
    op.create_index(op.f("ix_theme_version_act_id"), "theme_version", ["act_id"], unique=False)
    op.create_index(op.f("ix_theme_version_theme_id"), "theme_version", ["theme_id"], unique=False)


def _add_readings() -> None:
    op.create_table(
        "sentiment_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("sentiment", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_sentiment_judgement_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentiment_judgement")),
    )
    op.create_index(op.f("ix_sentiment_judgement_comment_id"), "sentiment_judgement", ["comment_id"], unique=False)
    op.create_table(
        "comment_translation",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_translation_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_translation")),
    )
    op.create_table(
        "found_detail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_found_detail_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_detail")),
        sa.UniqueConstraint("comment_id", "start", name=op.f("uq_found_detail_comment_id_start")),
    )
    op.create_index(op.f("ix_found_detail_comment_id"), "found_detail", ["comment_id"], unique=False)


def _add_samples() -> None:
    op.create_table(
        "check_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("half_width", sa.Float(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", moment, nullable=False),
        sa.Column("ended_by", sa.String(length=64), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_check_sample_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_sample")),
    )
    op.create_index(op.f("ix_check_sample_consultation_id"), "check_sample", ["consultation_id"], unique=False)
    op.create_table(
        "sampled_comment",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_sampled_comment_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["check_sample.id"],
            name=op.f("fk_sampled_comment_sample_id_check_sample"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sample_id", "comment_id", name=op.f("pk_sampled_comment")),
    )
    op.create_index(op.f("ix_sampled_comment_comment_id"), "sampled_comment", ["comment_id"], unique=False)


def _add_judgements() -> None:
    op.create_table(
        "blind_coding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("sentiment", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_blind_coding_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["check_sample.id"], name=op.f("fk_blind_coding_sample_id_check_sample"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blind_coding")),
        sa.UniqueConstraint("sample_id", "comment_id", "by", name=op.f("uq_blind_coding_sample_id_comment_id_by")),
    )
    op.create_index(op.f("ix_blind_coding_comment_id"), "blind_coding", ["comment_id"], unique=False)
    op.create_index(op.f("ix_blind_coding_sample_id"), "blind_coding", ["sample_id"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("carries", sa.Boolean(), nullable=False),
        sa.Column("blind_coding_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["blind_coding_id"],
            ["blind_coding.id"],
            name=op.f("fk_judgement_blind_coding_id_blind_coding"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_judgement_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_judgement_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_blind_coding_id"), "judgement", ["blind_coding_id"], unique=False)
    op.create_index(op.f("ix_judgement_comment_id"), "judgement", ["comment_id"], unique=False)
    op.create_index(op.f("ix_judgement_theme_id"), "judgement", ["theme_id"], unique=False)


def _add_runs() -> None:
    op.create_table(
        "teaching",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("proved_at", moment, nullable=True),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("f1_without", sa.Float(), nullable=True),
        sa.Column("f1_with", sa.Float(), nullable=True),
        sa.Column("difference_low", sa.Float(), nullable=True),
        sa.Column("difference_high", sa.Float(), nullable=True),
        sa.Column("switched_on_by", sa.String(length=64), nullable=False),
        sa.Column("switched_on_at", moment, nullable=True),
        sa.Column("switched_off_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_teaching_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teaching")),
    )
    op.create_index(op.f("ix_teaching_consultation_id"), "teaching", ["consultation_id"], unique=False)
    op.create_table(
        "fit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "running",
                "stored",
                "cancelled",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("cancel", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_fit_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fit")),
    )
    op.create_index(op.f("ix_fit_consultation_id"), "fit", ["consultation_id"], unique=False)


def downgrade() -> None:
    """Take them away again, with what they hold."""
    for table in (
        "fit",
        "teaching",
        "judgement",
        "blind_coding",
        "sampled_comment",
        "check_sample",
        "found_detail",
        "comment_translation",
        "sentiment_judgement",
        "theme_version",
        "theme_act",
    ):
        op.drop_table(table)
    for table, columns in {
        "coding": ("request", "criticism", "praise", "words", "margin"),
        "candidate_theme": ("approved_as_id", "stability", "words"),
        "theme": ("merged_into_id", "retired"),
        "reading": ("request", "criticism", "praise", "unsure", "frame"),
        "comment": ("identifying", "other_language"),
        "consultation": ("themes_change", "frame"),
    }.items():
        for column in columns:
            op.drop_column(table, column)
