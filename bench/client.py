"""Plays conversations over Rasa's REST channel, many at once, and times every turn."""

import asyncio
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import aiohttp

SCRIPT = Path(__file__).with_name("script.txt")
TURN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Played:
    """Seconds of each turn, and of the whole."""

    turns: tuple[float, ...]
    seconds: float
    empty: int

    def figures(self) -> dict[str, float]:
        """Give turns a second, and milliseconds of the median and the slowest twentieth."""
        return {
            "turns": len(self.turns),
            "turns_per_second": round(len(self.turns) / self.seconds, 2),
            "p50_ms": round(median(self.turns) * 1000, 1),
            "p95_ms": round(quantiles(self.turns, n=20)[-1] * 1000, 1),
            "answers_lost": self.empty,
        }


async def play(
    address: str, *, conversations: int, rounds: int = 1, token: str | None = None
) -> Played:
    """Play the script in so many conversations at once, `rounds` times one after another.

    Args:
        address: such as http://127.0.0.1:8080.
        token: the bearer token of Zijstap's REST channel; stock Rasa has none.
    """
    lines = [line for line in SCRIPT.read_text("utf-8").splitlines() if line]
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    connector = aiohttp.TCPConnector(limit=conversations)
    timeout = aiohttp.ClientTimeout(total=TURN_SECONDS)
    turns: list[float] = []
    empty = 0
    async with aiohttp.ClientSession(
        address, headers=headers, connector=connector, timeout=timeout
    ) as session:

        async def one() -> None:
            nonlocal empty
            for _ in range(rounds):
                sender = uuid.uuid4().hex
                for line in lines:
                    began = time.perf_counter()
                    body = {"sender": sender, "message": line}
                    async with session.post("/webhooks/rest/webhook", json=body) as answer:
                        answer.raise_for_status()
                        empty += not await answer.json()
                    turns.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(conversations)))
        return Played(tuple(turns), time.perf_counter() - began, empty)
