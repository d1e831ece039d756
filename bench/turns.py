"""What one turn costs inside the process: by its place in a conversation, and against its floor.

The floor is what no design can leave out: understanding the words, one durable transaction, and
writing the answer as JSON.
"""

import itertools
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import SCRIPT
from bot.observability.logging import configure_logging
from bot.server import Running, running
from bot.settings import read_settings
from bot.storage import conversations as store
from connectors.message import Message

EARLY, LATE, AROUND = 10, 1000, 60


async def _median_ms(
    works: Sequence[Callable[[], Awaitable[Any]]],
) -> float:
    times = []
    for work in works:
        began = time.perf_counter()
        await work()
        times.append(time.perf_counter() - began)
    return median(times) * 1000


async def measure(folder: Path) -> dict[str, float]:
    """Give milliseconds of turns near the 10th and the 1,000th, and of the floor of a turn."""
    configure_logging()
    lines = [line for line in SCRIPT.read_text("utf-8").splitlines() if line]
    async with running(read_settings(folder, {})) as parts:
        early, late = await _along(parts, lines)
        floor = await _floor(parts, lines)
    return {
        "turn_10_ms": round(early, 2),
        "turn_1000_ms": round(late, 2),
        "turn_1000_to_turn_10": round(late / early, 3),
        "floor_ms": round(floor, 2),
        "turn_to_floor": round(early / floor, 2),
    }


async def _along(parts: Running, lines: list[str]) -> tuple[float, float]:
    """Talk on and on in one conversation; give the medians round two places of it."""
    started = await parts.conversations.start(channel="terminal")
    endless = itertools.cycle(lines)

    def turn() -> Callable[[], Awaitable[Any]]:
        line = next(endless)
        said, payload = ("", line) if line.startswith("/") else (line, None)
        return lambda: parts.conversations.take_turn(started.id, said, payload=payload)

    for _ in range(EARLY):
        await turn()()
    early = await _median_ms([turn() for _ in range(AROUND)])
    for _ in range(LATE - EARLY - AROUND):
        await turn()()
    return early, await _median_ms([turn() for _ in range(AROUND)])


async def _floor(parts: Running, lines: list[str]) -> float:
    started = await parts.conversations.start(channel="terminal")
    meaning = parts.conversations._meaning

    async def one(line: str) -> None:
        await meaning.intent(line)
        async with parts.database.transaction(lock=started.id) as session:
            row = await store.load(session, started.id)
            said = [Message(sender="person", text=line), Message(sender="bot", text=line)]
            store.append(session, row, said, parts.services.clock())
        json.dumps([message.to_json() for message in said])

    works = [lambda line=line: one(line) for line in itertools.islice(itertools.cycle(lines), 60)]
    return await _median_ms(works)
