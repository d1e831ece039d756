"""Deletes what was kept long enough. Every step commits by itself, so a killed run goes on later."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, text
from sqlalchemy.orm.exc import StaleDataError

from bot.handoff.model import Move, Status
from bot.privacy.erasure import erase
from bot.storage import handoffs
from bot.storage.console_tables import AuditEntry, ConsoleSession
from bot.storage.database import Database
from bot.storage.handoff_tables import DeliveryAttempt, HandoffRow, OutboxRow, PartnerCallback
from bot.storage.tables import Base, Conversation, NotUnderstood

log = logging.getLogger(__name__)

CONVERSATION = timedelta(days=183)
REQUEST = timedelta(days=60)
DELIVERY = timedelta(days=90)
CALLBACK = timedelta(days=7)
NOT_UNDERSTOOD = timedelta(days=180)
SESSION_IDLE = timedelta(minutes=30)
SESSION = timedelta(hours=12)
AUDIT = timedelta(days=730)

BATCH = 100
_EXPIRABLE = (Status.REQUESTED, Status.CLAIMED, Status.RETURNED)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each were dealt with."""

    conversations: int
    requests: int
    rows: dict[str, int]

    def to_json(self) -> dict[str, int]:
        """Give the numbers by name."""
        return {"conversations": self.conversations, "requests": self.requests, **self.rows}


async def purge(database: Database, now: datetime) -> Purged:
    """Expire requests, erase old conversations, delete old rows. Running it twice does no harm.

    Args:
        now: the present moment, with time zone.
    """
    requests = await _expire_requests(database, now)
    conversations = await _erase_conversations(database, now)
    rows = {
        table.__tablename__: await _delete_rows(database, table, old)
        for table, old in _old_rows(now)
    }
    await empty_journal(database)
    done = Purged(conversations=conversations, requests=requests, rows=rows)
    log.info("purged %s", done.to_json())
    return done


async def empty_journal(database: Database) -> None:
    """Empty SQLite's write-ahead file, which still holds what was erased; no-op elsewhere.

    While another process reads an old version it stays; the next purge empties it.
    """
    if not database.is_postgresql:
        async with database.transaction() as session:
            await session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


async def _expire_requests(database: Database, now: datetime) -> int:
    """Expire requests that no counsellor took in time."""
    waiting = and_(
        HandoffRow.status.in_(_EXPIRABLE),
        HandoffRow.owner_id.is_(None),
        HandoffRow.waiting_since < now - REQUEST,
    )
    done, seen = 0, ""
    while ids := await _ids(database, HandoffRow.id, waiting, seen):
        for seen in ids:
            async with database.transaction() as session:
                row = await session.scalar(
                    select(HandoffRow).where(HandoffRow.id == seen, waiting).with_for_update()
                )
                if row is not None:
                    await handoffs.move(session, row, Move.EXPIRE, "system", now)
                    done += 1
    return done


async def _erase_conversations(database: Database, now: datetime) -> int:
    """Erase each old conversation in its own transaction, unless someone just came back."""
    old = Conversation.last_seen_at < now - CONVERSATION
    done, seen = 0, ""
    while ids := await _ids(database, Conversation.id, old, seen):
        for seen in ids:
            try:
                async with database.transaction(lock=seen) as session:
                    known = await session.scalar(
                        select(Conversation.id).where(Conversation.id == seen, old)
                    )
                    if known is not None:
                        await erase(session, seen, now)
                        done += 1
            except StaleDataError:
                # It changed under us: someone is there, or the next run finds it again.
                log.info("purge_skipped conversation=%s", seen)
    return done


async def _ids(
    database: Database, column: Any, condition: ColumnElement[bool], seen: str
) -> list[str]:
    """Give the next batch after `seen`; in order, so that a skipped row is not met again."""
    async with database.transaction() as session:
        query = select(column).where(condition, column > seen).order_by(column).limit(BATCH)
        return list(await session.scalars(query))


def _old_rows(now: datetime) -> list[tuple[type[Base], ColumnElement[bool]]]:
    """Give which rows of which tables have had their time.

    A delivered request stays with its handoff: it tells whom to inform of a later erasure.
    """
    finished = and_(OutboxRow.state != "pending", OutboxRow.created_at < now - DELIVERY)
    receipt = and_(OutboxRow.kind == "handoff", OutboxRow.handoff_id.is_not(None))
    ended = or_(
        ConsoleSession.last_seen_at < now - SESSION_IDLE,
        ConsoleSession.created_at < now - SESSION,
    )
    return [
        (DeliveryAttempt, DeliveryAttempt.at < now - DELIVERY),
        (OutboxRow, and_(finished, ~receipt)),
        (PartnerCallback, PartnerCallback.at < now - CALLBACK),
        (NotUnderstood, NotUnderstood.at < now - NOT_UNDERSTOOD),
        (ConsoleSession, ended),
        (AuditEntry, AuditEntry.at < now - AUDIT),
    ]


async def _delete_rows(database: Database, table: type[Base], old: ColumnElement[bool]) -> int:
    async with database.transaction() as session:
        number = await session.scalar(select(func.count()).select_from(table).where(old))
        await session.execute(
            delete(table).where(old).execution_options(synchronize_session=False)
        )
    return int(number or 0)
