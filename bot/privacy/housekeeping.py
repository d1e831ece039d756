"""Erases what has been kept long enough, without anyone having to think of it."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.privacy.retention import purge
from bot.storage.database import Database

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600


async def keep_house(database: Database, clock: Clock) -> None:
    """Purge now and every hour after; several processes may do so at once.

    A database that cannot be reached is tried again the next hour: what must go is still there.
    """
    while True:
        try:
            await purge(database, clock())
        except (SQLAlchemyError, OSError) as error:
            log.warning("purge_failed error=%s", type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)
