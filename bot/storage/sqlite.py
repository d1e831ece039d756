"""Connections to SQLite that close, whatever was cancelled and how often.

A service that stops cancels what runs. Twice in the middle of a query, which happens under load,
was one time too many for the driver: it asked its thread for something when that had ended, and
waited for ever. And a transaction that nobody could roll back any more kept the lock.
"""

import asyncio
import sqlite3
from contextlib import suppress
from functools import partial
from typing import Any

import aiosqlite

ROWS_AT_ONCE = 64


class _Connection(sqlite3.Connection):
    def close(self) -> None:
        """Give up the lock too: SQLite keeps it as long as a cursor somewhere is not gone."""
        with suppress(sqlite3.ProgrammingError):  # it was closed before
            self.rollback()
        super().close()


class Connection(aiosqlite.Connection):
    """A connection whose thread is asked to stop once, however often somebody closes it."""

    _stopped: asyncio.Future[Any] | None = None

    def stop(self) -> asyncio.Future[Any] | None:
        """Ask the thread to stop; give what is done when it has, or None without a loop."""
        if self._running:
            self._stopped = super().stop()
        return self._stopped and asyncio.shield(self._stopped)


def connect(path: str, **options: Any) -> Connection:
    """Give a connection that is not open yet: to be awaited.

    Args:
        options: those of `sqlite3.connect`.
    """
    opened = partial(sqlite3.connect, path, factory=_Connection, **options)
    connection = Connection(opened, ROWS_AT_ONCE)
    connection._thread.daemon = True
    return connection
