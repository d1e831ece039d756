"""The daily mail to who wants it: how much waits, and nothing about anyone.

Every process looks now and then; the account's own row decides who makes the mail of the day.
"""

import asyncio
import logging
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select, true, update
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.storage import queries
from bot.storage.console_tables import Account
from bot.storage.database import Database
from bot.storage.handoff_tables import OutboxRow

log = logging.getLogger(__name__)

EVERY_SECONDS = 300
FROM_HOUR = 7
HOME = ZoneInfo("Europe/Amsterdam")


async def keep_sending(database: Database, clock: Clock) -> None:
    """Make the digests of each day, for ever; a database that is away is tried again."""
    while True:
        try:
            await make_digests(database, clock())
        except (SQLAlchemyError, OSError) as error:
            log.warning("digests_failed error=%s", type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)


async def make_digests(database: Database, now: datetime) -> int:
    """Put today's mails in the outbox, once each, from seven in the morning; gives how many."""
    here = now.astimezone(HOME)
    if here.hour < FROM_HOUR:
        return 0
    async with database.transaction() as session:
        due = _due(here.date())
        ids = list(await session.scalars(select(Account.id).where(*due).order_by(Account.id)))
    made = 0
    for account_id in ids:
        made += await _make(database, account_id, now, here.date())
    return made


def _due(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Account.wants_digest == true(),
        Account.disabled.is_(False),
        or_(Account.digest_on.is_(None), Account.digest_on < today),
    )


async def _make(database: Database, account_id: str, now: datetime, today: date) -> bool:
    """Make one mail, unless another process did or there is nothing to say."""
    async with database.transaction() as session:
        account = await session.scalar(
            update(Account)
            .where(Account.id == account_id, *_due(today))
            .values(digest_on=today)
            .returning(Account)
        )
        if account is None:
            return False
        counts = await queries.tab_counts(session, account, "", today)
        if not (counts["nieuw"] or counts["mijn"] or counts["mislukt"]):
            return False
        body = {
            "to": account.email,
            "new": counts["nieuw"],
            "mine": counts["mijn"],
            "failed": counts["mislukt"],
        }
        session.add(
            OutboxRow(
                id=str(uuid.uuid4()),
                handoff_id=None,
                partner_id="zijstap",
                kind="digest",
                body=body,
                created_at=now,
                next_try_at=now,
            )
        )
        return True
