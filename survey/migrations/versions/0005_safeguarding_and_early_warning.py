"""Cases of comments that may disclose harm, the role that may open them, and early warnings that were looked at.

Comments that were kept before are not in the queue: ``python -m survey screen`` looks through them.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"
branch_labels = depends_on = None

moment = sa.DateTime(timezone=True)
ROLES = ("officer", "leader", "administrator")
STATES = ("waiting", "looked at", "escalated", "closed")
STEPS = ("raised", "opened", "escalated", "noted", "proposed", "confirmed", "sent back", "reopened")


def upgrade() -> None:
    """Add the role, then the tables."""
    _allow_roles(*ROLES, "safeguarding")
    op.create_table(
        "safeguarding_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("raised_by", sa.String(length=64), nullable=False),
        sa.Column("came_at", moment, nullable=False),
        sa.Column("state", _one_of("state", STATES), nullable=False),
        sa.Column("first_look_at", moment, nullable=True),
        sa.Column("first_look_by", sa.String(length=64), nullable=False),
        sa.Column("escalated_to", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("proposed_by", sa.String(length=64), nullable=False),
        sa.Column("confirmed_by", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "confirmed_by = '' OR confirmed_by <> proposed_by", name=op.f("ck_safeguarding_case_two_people")
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR confirmed_by <> ''", name=op.f("ck_safeguarding_case_closed_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_safeguarding_case_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_case")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_safeguarding_case_comment_id")),
    )
    op.create_index(op.f("ix_safeguarding_case_came_at"), "safeguarding_case", ["came_at"], unique=False)
    op.create_index(op.f("ix_safeguarding_case_state"), "safeguarding_case", ["state"], unique=False)
    op.create_table(
        "safeguarding_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("what", _one_of("what", STEPS), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("choice", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["safeguarding_case.id"],
            name=op.f("fk_safeguarding_step_case_id_safeguarding_case"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_step")),
    )
    op.create_index(op.f("ix_safeguarding_step_case_id"), "safeguarding_step", ["case_id"], unique=False)
    op.create_table(
        "taken_back_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("state", _one_of("state", STATES), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_taken_back_case_wave_id_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_back_case")),
        sa.UniqueConstraint("wave_id", "state", "outcome", name=op.f("uq_taken_back_case_wave_id_state_outcome")),
    )
    op.create_table(
        "warning_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_warning_look_wave_id_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_look")),
    )
    op.create_index(op.f("ix_warning_look_wave_id"), "warning_look", ["wave_id"], unique=False)


def downgrade() -> None:
    """Take them away again, with what they hold, and the role from whoever has it."""
    for table in ("warning_look", "taken_back_case", "safeguarding_step", "safeguarding_case"):
        op.drop_table(table)
    op.execute(sa.text("DELETE FROM person_role WHERE role = 'safeguarding'"))
    _allow_roles(*ROLES)


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _allow_roles(*roles: str) -> None:
    """Say anew which roles there are. Nothing hangs on this table, so SQLite may copy it."""
    listed = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("person_role") as table:
        table.drop_constraint(op.f("ck_person_role_role"), type_="check")
        table.create_check_constraint(op.f("ck_person_role_role"), f"role IN ({listed})")
