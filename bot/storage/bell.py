"""Wakes whoever follows a conversation, in this process and, with PostgreSQL, in every other.

A ring carries only an id: listeners read what is new from the database, so a lost ring costs a
heartbeat's wait and never a message.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Iterator

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

log = logging.getLogger(__name__)

CHANNEL = "zijstap"
CONNECT_SECONDS = 5


class Bell:
    """Rings and hears conversation ids. Enter it with `async with` to hear other processes."""

    def __init__(self, database_url: str) -> None:
        url = make_url(database_url)
        self._address: str | None = None
        if url.get_backend_name() == "postgresql":
            self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._everyone: set[asyncio.Event] = set()
        self._hearing: asyncio.Task[None] | None = None
        self._ringing: psycopg.AsyncConnection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> "Bell":
        if self._address:
            self._hearing = asyncio.create_task(self._hear(self._address))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._hearing:
            self._hearing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._hearing
        if self._ringing:
            await self._ringing.close()

    async def ring(self, conversation_id: str) -> None:
        """Wake everyone who follows this conversation. Call it after the commit."""
        self._wake(conversation_id)
        if not self._address:
            return
        async with self._one_at_a_time:
            # A line that was broken is only noticed when it is used: then once more.
            if not await self._ring(self._address, conversation_id):
                await self._ring(self._address, conversation_id)

    async def _ring(self, address: str, conversation_id: str) -> bool:
        try:
            if self._ringing is None or self._ringing.closed:
                self._ringing = await psycopg.AsyncConnection.connect(
                    address, autocommit=True, connect_timeout=CONNECT_SECONDS
                )
            await self._ringing.execute("SELECT pg_notify(%s, %s)", (CHANNEL, conversation_id))
        except psycopg.Error:
            # The message is committed; other workers find it at their next heartbeat.
            log.warning("bell_not_rung")
            self._ringing = None
            return False
        return True

    @contextlib.contextmanager
    def listen(self, conversation_id: str | None = None) -> Iterator[asyncio.Event]:
        """Give an event that is set at each ring of this conversation, or of any when None."""
        event = asyncio.Event()
        group = self._everyone if conversation_id is None else self._waiting[conversation_id]
        group.add(event)
        try:
            yield event
        finally:
            group.discard(event)
            if conversation_id is not None and not group:
                self._waiting.pop(conversation_id, None)

    def _wake(self, conversation_id: str) -> None:
        for event in (*self._waiting.get(conversation_id, ()), *self._everyone):
            event.set()

    async def _hear(self, address: str) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    address, autocommit=True
                ) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    async for notice in connection.notifies():
                        self._wake(notice.payload)
            except psycopg.Error:
                log.warning("bell_lost_database")
            await asyncio.sleep(1)
