"""Finding handoffs quickly, what the console keeps of an account, and a history that stays."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.handoff_tables import Term
from bot.storage.tables import Json
from bot.storage.terms import terms_of

revision = "0010"
down_revision = "0001"

QUEUE = ["waiting_since", "id", "region", "status", "owner_id", "snoozed_until", "priority"]
NEWEST = ["created_at", "id", "region", "status", "priority"]
COUNTS = ["region", "status", "owner_id", "snoozed_until"]
BATCH = 500

# A row of the history may not change, and goes only when the thing that it is about is gone:
# a cascade comes after the parent's deletion, on SQLite and on PostgreSQL.
SQLITE = (
    "CREATE TRIGGER handoff_events_stay BEFORE UPDATE ON handoff_events"
    " BEGIN SELECT RAISE(ABORT, 'the history does not change'); END",
    "CREATE TRIGGER handoff_events_remain BEFORE DELETE ON handoff_events"
    " WHEN EXISTS (SELECT 1 FROM handoffs WHERE id = OLD.handoff_id)"
    " BEGIN SELECT RAISE(ABORT, 'the history does not change'); END",
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the history does not change'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION history_stays() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'the history does not change'; END $$",
    "CREATE FUNCTION history_remains() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN IF EXISTS (SELECT 1 FROM handoffs WHERE id = OLD.handoff_id) THEN"
    " RAISE EXCEPTION 'the history does not change'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER handoff_events_stay BEFORE UPDATE ON handoff_events"
    " FOR EACH ROW EXECUTE FUNCTION history_stays()",
    "CREATE TRIGGER handoff_events_remain BEFORE DELETE ON handoff_events"
    " FOR EACH ROW EXECUTE FUNCTION history_remains()",
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit"
    " FOR EACH ROW EXECUTE FUNCTION history_stays()",
)


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("handoffs") as handoffs:
        handoffs.add_column(sa.Column("accepted", sa.String(length=8), nullable=True))
        handoffs.drop_index("ix_handoffs_inbox")
        handoffs.create_index("ix_handoffs_queue", QUEUE)
        handoffs.create_index("ix_handoffs_newest", NEWEST)
        handoffs.create_index("ix_handoffs_counts", COUNTS)
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(
            sa.Column("wants_digest", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        accounts.add_column(sa.Column("digest_on", sa.Date(), nullable=True))
        accounts.add_column(
            sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("not_understood") as not_understood:
        not_understood.add_column(
            sa.Column("region", sa.String(length=6), nullable=False, server_default="NL")
        )
    op.create_table(
        "handoff_terms",
        sa.Column("term", Term, nullable=False),
        sa.Column("handoff_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term", "handoff_id"),
    )
    op.create_index("ix_handoff_terms_handoff_id", "handoff_terms", ["handoff_id"])
    _fill_terms()
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def _fill_terms() -> None:
    """Make the handoffs that are there findable."""
    names = ("id", "reference", "occupation", "contact_name", "labels")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in names[:-1]]
    rows = sa.table("handoffs", *columns, sa.column("labels", Json))
    terms = sa.table("handoff_terms", sa.column("term"), sa.column("handoff_id"))
    bind = op.get_bind()
    found = [
        {"term": term, "handoff_id": row.id}
        for row in bind.execute(sa.select(rows))
        for term in terms_of(row.reference, row.occupation, row.contact_name, row.labels)
    ]
    for start in range(0, len(found), BATCH):
        bind.execute(sa.insert(terms), found[start : start + BATCH])


def downgrade() -> None:
    """Go back."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name, table in (
        ("handoff_events_stay", "handoff_events"),
        ("handoff_events_remain", "handoff_events"),
        ("audit_stays", "audit"),
    ):
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION history_stays()")
        op.execute("DROP FUNCTION history_remains()")
    op.drop_table("handoff_terms")
    with op.batch_alter_table("not_understood") as not_understood:
        not_understood.drop_column("region")
    with op.batch_alter_table("accounts") as accounts:
        for name in ("wants_digest", "digest_on", "shortcuts"):
            accounts.drop_column(name)
    with op.batch_alter_table("handoffs") as handoffs:
        for name in ("ix_handoffs_queue", "ix_handoffs_newest", "ix_handoffs_counts"):
            handoffs.drop_index(name)
        handoffs.drop_column("accepted")
        handoffs.create_index("ix_handoffs_inbox", ["region", "status", "waiting_since"])
