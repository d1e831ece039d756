"""One process of all does a work: whoever holds its lock in PostgreSQL. With SQLite there is one.

Two processes that poll Telegram refuse each other's calls; two that push send everything twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import psycopg
from sqlalchemy.engine import make_url

from bot.storage.database import Database

log = logging.getLogger(__name__)

TRY_SECONDS = 5.0
TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 1))"


async def alone(
    database: Database,
    name: str,
    work: Callable[[], Awaitable[None]],
    *,
    try_seconds: float = TRY_SECONDS,
) -> None:
    """Do a work for ever, while no other process does it; take over when that one is gone.

    The lock ends with its connection, so a killed process cannot keep it. Who loses the connection
    stops the work, because another may have begun.
    """
    if not database.is_postgresql:
        await work()
        return
    address = make_url(database.url).set(drivername="postgresql")
    while True:
        try:
            await _lead(address.render_as_string(hide_password=False), name, work, try_seconds)
        except (psycopg.Error, OSError) as error:
            log.warning("leader_lost work=%s error=%s", name, type(error).__name__)
        await asyncio.sleep(try_seconds)


async def _lead(
    address: str, name: str, work: Callable[[], Awaitable[None]], try_seconds: float
) -> None:
    async with await psycopg.AsyncConnection.connect(
        address, autocommit=True, connect_timeout=5
    ) as connection:
        while not await _taken(connection, name):  # noqa: ASYNC110  another process has it
            await asyncio.sleep(try_seconds)
        doing = asyncio.ensure_future(work())
        try:
            while not doing.done():
                await connection.execute("SELECT 1")
                await asyncio.wait({doing}, timeout=try_seconds)
            await doing
        finally:
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)


async def _taken(connection: psycopg.AsyncConnection, name: str) -> bool:
    row = await (await connection.execute(TAKE, (name,))).fetchone()
    return bool(row and row[0])
