"""Keep anonymous polls and surveys sealed, and what was promised of each."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _keep_promises("polls", "hidden")
    op.add_column("polls", sa.Column("closes_at", sa.DateTime(timezone=True)))
    op.add_column("ballots", sa.Column("code", sa.Text))
    _keep_promises("rounds", "named")
    op.add_column("rounds", sa.Column("compare_by", sa.Text))
    op.add_column("workspaces", sa.Column("fewest", sa.Integer, nullable=False, server_default="5"))
    _keep_seals()
    _keep_reminders()


def _keep_promises(table: str, level: str) -> None:
    for column in (
        sa.Column("level", sa.Text, nullable=False, server_default=level),
        sa.Column("fewest", sa.Integer, nullable=False, server_default="5"),
        sa.Column("results_to", sa.Text, nullable=False, server_default="all"),
        sa.Column("has_receipts", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("is_counted", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("audience", sa.Integer),
    ):
        op.add_column(table, column)


def _keep_seals() -> None:
    op.create_table(
        "seals",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("token_key", sa.Text),
        sa.Column("content_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "subject_id", name="pk_seals"),
    )
    op.create_table(
        "boxes",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("is_complete", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("box", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "subject_id", "token", name="pk_boxes"),
    )
    op.create_table(
        "masters",
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("check", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_masters"),
    )


def _keep_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("is_done", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "number", "user_id", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "round_id"],
            ["rounds.workspace_id", "rounds.round_id"],
            name="fk_reminders_rounds",
            ondelete="CASCADE",
        ),
    )
