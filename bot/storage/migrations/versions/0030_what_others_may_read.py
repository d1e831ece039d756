"""What others may read: marks on messages, nothing of what was withdrawn; and what need not go out."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Json

revision = "0030"
down_revision = "0020"

handoffs = sa.table(
    "handoffs",
    *(sa.column(name) for name in ("id", "reference", "status", "contact", "contact_name")),
    sa.column("occupation"),
    *(sa.column(name, Json) for name in ("profile", "advice", "labels")),
)
terms = sa.table("handoff_terms", sa.column("term"), sa.column("handoff_id"))
messages = sa.table("messages", sa.column("sender"), sa.column("with_counsellor"))
outbox = sa.table("outbox", sa.column("state"), sa.column("last_error"))
DONE = ("withdrawn", "expired", "erased", "replaced")
"""Why a delivery that was called dead needs nobody's care."""


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("messages") as table:
        table.add_column(
            sa.Column("with_counsellor", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("masked", sa.Text(), nullable=True))
    # Of what was said before it is only certain for a counsellor's own words.
    op.execute(
        sa.update(messages)
        .where(messages.c.sender == "counsellor")
        .values(with_counsellor=sa.true())
    )
    _forget_withdrawn()
    op.execute(
        sa.update(outbox)
        .where(outbox.c.state == "dead", outbox.c.last_error.in_(DONE))
        .values(state="stopped")
    )


def _forget_withdrawn() -> None:
    withdrawn = handoffs.c.status == "withdrawn"
    letters = sa.func.lower(handoffs.c.reference)
    of_the_number = (sa.func.replace(letters, "-", ""), sa.func.substr(letters, 4))
    op.execute(
        sa.delete(terms).where(
            sa.exists().where(
                handoffs.c.id == terms.c.handoff_id, withdrawn, terms.c.term.not_in(of_the_number)
            )
        )
    )
    op.execute(
        sa.update(handoffs)
        .where(withdrawn)
        .values(profile={}, advice={}, labels=[], contact=None, contact_name=None, occupation=None)
    )


def downgrade() -> None:
    """Go back; what was forgotten stays so."""
    op.execute(sa.update(outbox).where(outbox.c.state == "stopped").values(state="dead"))
    with op.batch_alter_table("messages") as table:
        table.drop_column("masked")
        table.drop_column("with_counsellor")
