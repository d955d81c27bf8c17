"""Keep how messages look, budgets of calls, processes that run jobs, deliveries, and who has left."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("removed_at", sa.DateTime(timezone=True)))
    for table in ("polls", "rounds"):
        op.add_column(table, sa.Column("look", sa.Text))
    _keep_budgets()
    _keep_executors()
    _keep_deliveries()
    op.add_column("reports", sa.Column("told", sa.Integer))
    op.add_column("reports", sa.Column("about", sa.Text))


def _keep_budgets() -> None:
    op.create_table(
        "budgets",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("left", sa.Float, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("workspace_id", "call", name="pk_budgets"),
    )


def _keep_executors() -> None:
    op.create_table(
        "executors",
        sa.Column("worker_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("worker_id", name="pk_executors"),
    )


def _keep_deliveries() -> None:
    for name in ("delivery", "progress_channel", "progress_message"):
        op.add_column("rounds", sa.Column(name, sa.Text))
    op.create_table(
        "deliveries",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("round_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="pending"),
        sa.Column("reason", sa.Text),
        sa.Column("message", sa.Text),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "user_id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "round_id"],
            ["rounds.workspace_id", "rounds.round_id"],
            name="fk_deliveries_rounds",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_deliveries_workspace_id_round_id_state_user_id",
        "deliveries",
        ["workspace_id", "round_id", "state", "user_id"],
    )
