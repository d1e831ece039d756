"""Erases a person: every table, and a word to the partners that have the request."""

from datetime import datetime

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoff.model import OPEN, Move, Status
from bot.storage import conversations, handoffs
from bot.storage.handoff_tables import HandoffCount, HandoffRow, OutboxRow


async def erase(session: AsyncSession, conversation_id: str, now: datetime) -> None:
    """Delete everything of a conversation; a partner that got the request is told to do so too.

    What stays is a number without a person (`HandoffCount`) and, until they are delivered, the
    withdrawals with their reference.
    """
    rows = await session.scalars(
        select(HandoffRow).where(HandoffRow.conversation_id == conversation_id)
    )
    for row in rows.all():
        if row.status in OPEN:
            await handoffs.move(session, row, Move.WITHDRAW, "person", now)
        elif row.status != Status.WITHDRAWN:
            await handoffs.stop_deliveries(session, row, now, tell=True)
        await session.flush()
        await _forget_deliveries(session, row.id)
        await count(session, row)
    await session.flush()
    await conversations.erase(session, conversation_id)
    session.expunge_all()


async def count(session: AsyncSession, row: HandoffRow) -> None:
    """Add one to the number of handoffs of this week, region, route and outcome."""
    year, week, _ = row.created_at.isocalendar()
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(HandoffCount).values(
        week=f"{year}-W{week:02d}",
        region=row.region,
        route=row.route or "-",
        outcome=row.outcome or row.status,
        number=1,
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["week", "region", "route", "outcome"],
            set_={"number": HandoffCount.number + 1},
        )
    )


async def _forget_deliveries(session: AsyncSession, handoff_id: str) -> None:
    """Delete every delivery but the withdrawals that must still go out."""
    waiting = and_(OutboxRow.kind == "withdrawal", OutboxRow.state == "pending")
    await session.execute(delete(OutboxRow).where(OutboxRow.handoff_id == handoff_id, ~waiting))
