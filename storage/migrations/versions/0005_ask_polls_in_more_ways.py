"""Keep how many options of a poll a voter chooses and in which order, and who sees its counts when."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name in ("least", "most"):
        op.add_column("polls", sa.Column(name, sa.Integer, nullable=False, server_default="1"))
    op.add_column("polls", sa.Column("seeing", sa.Text, nullable=False, server_default="live"))
    op.add_column("polls", sa.Column("is_shuffled", sa.Boolean, nullable=False, server_default=sa.false()))
