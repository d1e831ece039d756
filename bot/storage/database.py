"""The database: one engine, and one session for each transaction.

SQLite by default, in write-ahead mode; PostgreSQL when DATABASE_URL says so. The driver of SQLite
begins a transaction at the first write only, so a turn that reads, thinks and then writes holds
the write lock for the write alone; a row's version tells when another turn came between.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm.exc import StaleDataError

from bot.errors import Conflict
from bot.storage import sqlite

log = logging.getLogger(__name__)

_current: ContextVar[AsyncSession] = ContextVar("session")

RETRIES = 8
SQLITE_WAIT_SECONDS = 15
POSTGRESQL_OPTIONS = {
    # Whoever holds a lock and vanishes, or a server that stops answering, must not hold up others.
    "options": "-c idle_in_transaction_session_timeout=60s -c lock_timeout=30s",
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
}

LOCK_KEY = "SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"


async def again_on_conflict[T](work: Callable[[], Awaitable[T]]) -> T:
    """Give what `work` gives; run it again when another session changed the same rows in between.

    Args:
        work: opens its own transaction, so that a second run starts from what is stored.

    Raises:
        Conflict: it lost every time.
    """
    for _ in range(RETRIES):
        try:
            return await work()
        except (StaleDataError, IntegrityError) as error:
            log.info("conflict error=%s", type(error).__name__)
    raise Conflict


def current_session() -> AsyncSession:
    """Give the session of the running turn."""
    return _current.get()


class Database:
    """Opens transactions. Call `close` when the process ends."""

    def __init__(self, url: str) -> None:
        self.is_postgresql = url.startswith("postgresql")
        self.url = url
        options: dict[str, Any] = (
            {
                "pool_size": 10,
                "max_overflow": 10,
                "pool_pre_ping": True,
                "pool_timeout": 5,
                "connect_args": POSTGRESQL_OPTIONS,
            }
            if self.is_postgresql
            else {
                "connect_args": {
                    "timeout": SQLITE_WAIT_SECONDS,
                    "async_creator_fn": sqlite.connect,
                }
            }
        )
        self._engine = create_async_engine(url, hide_parameters=True, **options)
        if not self.is_postgresql:
            event.listen(self._engine.sync_engine, "connect", _prepare_sqlite)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def transaction(self, *, lock: str | None = None) -> AsyncIterator[AsyncSession]:
        """Give a session that commits at the end, or rolls back when anything goes wrong.

        Args:
            lock: hold this name until the end, over all processes (PostgreSQL only; with SQLite
                the row's version guards).
        """
        async with self._sessions() as session, session.begin():
            token = _current.set(session)
            try:
                if lock and self.is_postgresql:
                    await session.execute(text(LOCK_KEY), {"key": lock})
                yield session
            finally:
                _current.reset(token)

    async def ping(self) -> None:
        """Read something that is stored; raises when the database is away or not migrated."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT version_num FROM alembic_version"))

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
