"""A connection to SQLite closes, also when a query was cancelled in the middle, and twice."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage import sqlite
from bot.storage.database import Database

LONG_ENOUGH_SECONDS = 30


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Give where a database may be made."""
    return str(tmp_path / "some.db")


async def test_a_connection_that_is_stopped_while_it_closes_ends(path: str):
    connection = await sqlite.connect(path)
    closing = asyncio.create_task(connection.close())
    await asyncio.sleep(0)
    connection.stop()
    closing.cancel()
    done, _ = await asyncio.wait({closing}, timeout=LONG_ENOUGH_SECONDS)
    assert done


async def test_a_connection_that_was_closed_keeps_no_lock(path: str):
    first, second = await sqlite.connect(path), await sqlite.connect(path, timeout=0)
    await first.execute("CREATE TABLE things (name TEXT)")
    held = await first.execute("INSERT INTO things VALUES ('a') RETURNING name")
    await first.close()
    await second.execute("INSERT INTO things VALUES ('b')")
    assert await (await second.execute("SELECT name FROM things")).fetchall() == [("b",)]
    await second.close()
    del held


async def test_work_that_is_cancelled_twice_ends_and_others_can_write(tmp_path: Path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'busy.db'}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE things (name TEXT)"))

    async def write() -> None:
        while True:
            async with database.transaction() as session:
                await session.execute(text("INSERT INTO things VALUES ('a')"))

    for round_ in range(60):
        works = [asyncio.create_task(write()) for _ in range(4)]
        await asyncio.sleep(round_ / 1000)
        for _ in range(2):
            for work in works:
                work.cancel()
            await asyncio.sleep(0)
        _, hang = await asyncio.wait(works, timeout=LONG_ENOUGH_SECONDS)
        assert not hang
    async with database.transaction() as session:
        await session.execute(text("INSERT INTO things VALUES ('last')"))
    await database.close()
