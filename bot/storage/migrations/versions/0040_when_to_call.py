"""When a person wants to be called, told after the request was made."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0030"


def upgrade() -> None:
    """Go forward."""
    op.add_column("handoffs", sa.Column("call_time", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go back; the times are lost."""
    op.drop_column("handoffs", "call_time")
