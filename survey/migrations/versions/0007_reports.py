"""Reports that are signed off, how their sentences were put, what they quote, and where themes lie in meaning."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0007", "0006"
branch_labels = depends_on = None

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    _add_reports()
    _add_what_hangs_on_reports()
    _add_places()


def _column(name: str, kind: sa.types.TypeEngine[Any], *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, kind, nullable=nullable)


def _key(table: str, column: str, to: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _add_reports() -> None:
    op.create_table(
        "report",
        _column("id", sa.Integer()),
        _column("consultation_id", sa.Integer()),
        _column("wave_id", sa.Integer()),
        _column("title", sa.String(length=200)),
        _column("made_by", sa.String(length=64)),
        _column("made_at", moment),
        _column("change", sa.BigInteger()),
        _column("frame", sa.Integer()),
        _column("act_id", sa.Integer(), nullable=True),
        _column("code_version", sa.String(length=64)),
        _column("seed", sa.Integer()),
        _column("quoted", sa.Integer()),
        _column("content", sa.Text()),
        _key("report", "act_id", "theme_act", "SET NULL"),
        _key("report", "consultation_id", "consultation"),
        _key("report", "wave_id", "wave"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_consultation_id"), "report", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_report_wave_id"), "report", ["wave_id"], unique=False)


def _add_what_hangs_on_reports() -> None:
    op.create_table(
        "report_wording",
        _column("id", sa.Integer()),
        _column("report_id", sa.Integer()),
        _column("sentence", sa.String(length=160)),
        _column("words", sa.Text()),
        _column("by", sa.String(length=64)),
        _column("at", moment),
        _key("report_wording", "report_id", "report"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_wording")),
    )
    op.create_index(op.f("ix_report_wording_report_id"), "report_wording", ["report_id"], unique=False)
    op.create_table(
        "report_quote",
        _column("report_id", sa.Integer()),
        _column("comment_id", sa.Integer()),
        _column("theme", sa.String(length=64)),
        _column("place", sa.Integer()),
        _key("report_quote", "comment_id", "comment"),
        _key("report_quote", "report_id", "report"),
        sa.PrimaryKeyConstraint("report_id", "comment_id", name=op.f("pk_report_quote")),
    )
    op.create_index(op.f("ix_report_quote_comment_id"), "report_quote", ["comment_id"], unique=False)


def _add_places() -> None:
    op.create_table(
        "struck_quote",
        _column("comment_id", sa.Integer()),
        _column("reason", sa.String(length=300)),
        _column("by", sa.String(length=64)),
        _column("at", moment),
        _key("struck_quote", "comment_id", "comment"),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_struck_quote")),
    )
    op.create_table(
        "theme_place",
        _column("theme_id", sa.Integer()),
        _column("version", sa.Integer()),
        _column("vectors", sa.String(length=32)),
        _column("place", sa.LargeBinary()),
        _key("theme_place", "theme_id", "theme"),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_theme_place")),
    )


def downgrade() -> None:
    """Take the tables away again, with what they hold."""
    for table in ("theme_place", "struck_quote", "report_quote", "report_wording", "report"):
        op.drop_table(table)
