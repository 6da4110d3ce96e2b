"""The ledger: actions with every version of them, what they say in other languages, and the pages that were published.

There was none of it before, so nothing that is there already is touched.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0008", "0007"
branch_labels = depends_on = None

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the four tables."""
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        _leads("action", "consultation_id", "consultation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    _index("action", "consultation_id")
    _add_versions()
    op.create_table(
        "action_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        _leads("action_wording", "action_id", "action"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_wording")),
    )
    _index("action_wording", "action_id")
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("published_by", sa.String(length=64), nullable=False),
        sa.Column("published_at", moment, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", moment, nullable=True),
        _leads("publication", "consultation_id", "consultation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_publication_consultation_id_number")),
    )
    _index("publication", "consultation_id")


def downgrade() -> None:
    """Take them out again, with all that is in them."""
    for table in ("publication", "action_wording", "action_version", "action"):
        op.drop_table(table)


def _add_versions() -> None:
    op.create_table(
        "action_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", _one_of("what", "added", "changed", "done", "refused", "reopened"), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("state", _one_of("state", "planned", "done", "not doing"), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("districts", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("predicted", sa.Integer(), nullable=True),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("evidence_share", sa.Float(), nullable=True),
        sa.Column("evidence_low", sa.Float(), nullable=True),
        sa.Column("evidence_high", sa.Float(), nullable=True),
        sa.Column("evidence_base", sa.Integer(), nullable=True),
        sa.Column("compared_wave_id", sa.Integer(), nullable=True),
        sa.Column("compared_word", sa.String(length=32), nullable=False),
        sa.Column("compared_low", sa.Float(), nullable=True),
        sa.Column("compared_high", sa.Float(), nullable=True),
        _leads("action_version", "action_id", "action"),
        _leads("action_version", "theme_id", "theme"),
        _leads("action_version", "wave_id", "wave"),
        _leads("action_version", "compared_wave_id", "wave"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_version")),
        sa.UniqueConstraint("action_id", "version", name=op.f("uq_action_version_action_id_version")),
        sa.CheckConstraint("theme_id IS NOT NULL OR service <> ''", name=op.f("ck_action_version_theme_or_service")),
        sa.CheckConstraint(
            "state <> 'done' OR compared_wave_id IS NOT NULL", name=op.f("ck_action_version_done_is_compared")
        ),
        sa.CheckConstraint("state <> 'not doing' OR because <> ''", name=op.f("ck_action_version_refused_has_reason")),
    )
    for column in ("action_id", "theme_id", "wave_id", "compared_wave_id"):
        _index("action_version", column)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _leads(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="CASCADE")


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
