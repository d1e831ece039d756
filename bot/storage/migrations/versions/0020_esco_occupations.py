"""The occupations of ESCO."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Json

revision = "0020"
down_revision = "0010"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "esco_occupations",
        sa.Column("uri", sa.String(length=200), nullable=False),
        sa.Column("isco08", sa.String(length=4), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("names", Json, nullable=False),
        sa.PrimaryKeyConstraint("uri"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("esco_occupations")
