"""The real program on a database: started, stopped and killed by a test, and people who talk to it."""

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import select

from bot.clock import utc_now
from bot.storage.database import Database
from bot.storage.handoff_tables import OutboxRow
from bot.storage.tables import Conversation
from tests.client import Client
from tests.integration.test_receiver import free_port
from tests.nursery import Child, Nursery


class House:
    """A database with a partner, and the service on it, which comes and goes."""

    def __init__(self, nursery: Nursery, database: Database, folder: Path) -> None:
        self._nursery = nursery
        self.database = database
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    async def opens(self, *more: str, **settings: str) -> Child:
        """Start the service and wait until it listens."""
        child = await self._nursery.start(
            "serve", "--port", str(self.port), "--data-dir", str(self._folder), *more,
            env={"DATABASE_URL": self.database.url, "ALLOW_PRIVATE_PARTNERS": "1", **settings},
        )  # fmt: skip
        await child.is_ready()
        return child

    async def knows(self, session: aiohttp.ClientSession) -> Client:
        """Give someone who has a conversation already: how many may begin at once is limited."""
        client = Client(self.url, session, id=str(uuid.uuid4()), token="known")
        async with self.database.transaction() as transaction:
            transaction.add(
                Conversation(
                    id=client.id, token_hash=hashlib.sha256(b"known").hexdigest(), channel="web",
                    created_at=utc_now(), last_seen_at=utc_now(), slots={}, events=[],
                )
            )  # fmt: skip
        return client

    async def delivers_all(self) -> None:
        """Wait until nothing is waiting in the outbox."""
        for _ in range(1000):
            if not await self.all(select(OutboxRow.id).where(OutboxRow.state == "pending")):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("deliveries still wait")

    async def all(self, query: Any) -> list[Any]:
        """Give what the database answers."""
        async with self.database.transaction() as session:
            return list((await session.scalars(query)).all())


@asynccontextmanager
async def lines() -> AsyncIterator[aiohttp.ClientSession]:
    """Give a session that opens a new connection for each request."""
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session
