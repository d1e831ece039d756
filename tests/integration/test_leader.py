"""One process of all does a work, and another takes over when it is gone."""

import asyncio

from bot.storage.database import Database
from bot.storage.leader import alone


async def until(seen: list[str], number: int) -> None:
    """Wait until so many have begun."""
    for _ in range(400):
        if len(seen) >= number:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(seen)


async def test_one_leads_and_another_takes_over(database_url: str):
    began: list[str] = []
    database = Database(database_url)

    async def lead(who: str) -> None:
        async def work() -> None:
            began.append(who)
            await asyncio.Event().wait()

        await alone(database, "telegram-poll", work, try_seconds=0.05)

    first = asyncio.create_task(lead("first"))
    await until(began, 1)
    if database.is_postgresql:
        second = asyncio.create_task(lead("second"))
        await asyncio.sleep(0.5)
        assert began == ["first"]
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await until(began, 2)
        assert began == ["first", "second"]
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
    else:
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    await database.close()
