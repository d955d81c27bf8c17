"""Let voters choose several options of a poll."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name in ("least", "most"):
        op.add_column("polls", sa.Column(name, sa.Integer, nullable=False, server_default="1"))
