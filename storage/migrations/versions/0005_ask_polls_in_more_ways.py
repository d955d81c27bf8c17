"""Keep how many options of a poll a voter chooses, and from when on and by whom its counts are seen."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name in ("least", "most"):
        op.add_column("polls", sa.Column(name, sa.Integer, nullable=False, server_default="1"))
    op.add_column("polls", sa.Column("seeing", sa.Text, nullable=False, server_default="live"))
