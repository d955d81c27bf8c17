"""Keep how often people are reminded of a survey, and who wants no reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "remindings",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("click", sa.Text, nullable=False),
        sa.Column("reminded", sa.Integer, nullable=False, server_default="0"),
        sa.Column("had_answered", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "number", name="pk_remindings"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "round_id"],
            ["rounds.workspace_id", "rounds.round_id"],
            name="fk_remindings_rounds",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "unreminded",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_unreminded"),
    )
