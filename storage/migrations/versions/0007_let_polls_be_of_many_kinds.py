"""Let polls be rankings, ratings, dates and quizzes, let voters add options, and post later or in threads."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for column in (_text("kind", "choice"), _text("explanation"), _text("adding", "no")):
        op.add_column("polls", column)
    op.add_column("polls", sa.Column("thread", sa.Text))
    op.add_column("polls", sa.Column("posts_at", sa.DateTime(timezone=True)))
    for column in (_text("emoji"), _text("picture"), _text("alt"), _text("state", "asked")):
        op.add_column("poll_options", column)
    for name in ("is_day", "is_right", "is_other"):
        op.add_column("poll_options", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("poll_options", sa.Column("moment", sa.DateTime(timezone=True)))
    op.add_column("poll_options", sa.Column("added_by", sa.Text))
    op.add_column("votes", sa.Column("place", sa.Integer, nullable=False, server_default="0"))
    op.add_column("ballots", _text("written"))


def _text(name: str, usual: str = "") -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False, server_default=usual)
