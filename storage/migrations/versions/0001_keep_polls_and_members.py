"""Keep workspaces, their members, polls and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _keep_workspaces_and_members()
    _keep_polls()
    _keep_votes()


def _keep_workspaces_and_members() -> None:
    op.create_table(
        "workspaces",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("zone", sa.Text),
        sa.Column("members_read_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_workspaces"),
    )
    op.create_table(
        "members",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("locale", sa.Text),
        sa.Column("zone", sa.Text),
        sa.Column("is_admin", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("is_guest", sa.Boolean),
        sa.Column("is_bot", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("has_left", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_members"),
    )


def _keep_polls() -> None:
    op.create_table(
        "polls",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("poll_id", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("voters", sa.Integer, nullable=False, server_default="0"),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.Column("drawn_revision", sa.Integer, nullable=False, server_default="0"),
        sa.Column("message", sa.Text),
        sa.Column("reply_url", sa.Text),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("trouble", sa.Text),
        sa.PrimaryKeyConstraint("workspace_id", "poll_id", name="pk_polls"),
        sa.UniqueConstraint("workspace_id", "origin", name="uq_polls_workspace_id_origin"),
    )
    op.create_index("ix_polls_workspace_id_owner_asked_at", "polls", ["workspace_id", "owner", "asked_at"])
    stale = sa.text("drawn_revision < revision")
    op.create_index(
        "ix_polls_stale", "polls", ["workspace_id", "poll_id"], sqlite_where=stale, postgresql_where=stale
    )


def _keep_votes() -> None:
    op.create_table(
        "poll_options",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("poll_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("votes", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("workspace_id", "poll_id", "number", name="pk_poll_options"),
        _belongs_to("poll_options", "polls", "workspace_id", "poll_id"),
    )
    op.create_table(
        "ballots",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("poll_id", sa.Text, nullable=False),
        sa.Column("voter", sa.Text, nullable=False),
        sa.Column("clicked_at", sa.DateTime(timezone=True)),
        sa.Column("click_id", sa.Text),
        sa.Column("clicked", sa.Integer),
        sa.PrimaryKeyConstraint("workspace_id", "poll_id", "voter", name="pk_ballots"),
        _belongs_to("ballots", "polls", "workspace_id", "poll_id"),
    )
    op.create_table(
        "votes",
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("poll_id", sa.Text, nullable=False),
        sa.Column("voter", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("workspace_id", "poll_id", "voter", "number", name="pk_votes"),
        _belongs_to("votes", "ballots", "workspace_id", "poll_id", "voter"),
        _belongs_to("votes", "poll_options", "workspace_id", "poll_id", "number"),
    )


def _belongs_to(table: str, other: str, *columns: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns, [f"{other}.{column}" for column in columns], name=f"fk_{table}_{other}", ondelete="CASCADE"
    )
