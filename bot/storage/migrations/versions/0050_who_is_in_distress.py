"""Who wrote in distress, so that their request goes before all others."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0050"
down_revision = "0040"

QUEUE = ["waiting_since", "id", "region", "status", "owner_id", "snoozed_until", "priority"]


def upgrade() -> None:
    """Go forward."""
    op.add_column("conversations", sa.Column("distress_at", UtcDateTime(), nullable=True))
    op.add_column("handoffs", sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
    op.drop_index("ix_handoffs_queue", "handoffs")
    op.create_index("ix_handoffs_queue", "handoffs", ["rank", *QUEUE])


def downgrade() -> None:
    """Go back; the marks are lost."""
    op.drop_index("ix_handoffs_queue", "handoffs")
    op.create_index("ix_handoffs_queue", "handoffs", QUEUE)
    op.drop_column("handoffs", "rank")
    op.drop_column("conversations", "distress_at")
