"""Starts a server, waits until it answers, and tells how much memory it and its children use."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

READY_SECONDS = 240
STOP_SECONDS = 20


@dataclass(slots=True)
class Server:
    """A running server: seconds from its start until the first good answer."""

    process: asyncio.subprocess.Process
    start_seconds: float = 0.0

    def memory_mb(self) -> float:
        """Give the proportional set size of the process and everything under it, in megabytes."""
        return sum(_pss(pid) for pid in _family(self.process.pid)) / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@asynccontextmanager
async def server(
    command: Sequence[str], *, ready: str, folder: Path, environment: Mapping[str, str], log: Path
) -> AsyncIterator[Server]:
    """Run a server until the block ends.

    Args:
        ready: the address that answers with 200 when the server can take turns.
        folder: where it runs.
        log: the file that gets what it prints.
    """
    with log.open("wb") as out:
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        running = Server(process)
        try:
            await _wait_for(ready, process)
            running.start_seconds = time.perf_counter() - began
            yield running
        finally:
            await _stop(process)


async def _wait_for(address: str, process: asyncio.subprocess.Process) -> None:
    deadline = time.monotonic() + READY_SECONDS
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < deadline:
            if process.returncode is not None:
                raise RuntimeError(f"the server stopped with {process.returncode}")
            try:
                async with session.get(address) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    raise RuntimeError(f"no answer from {address}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    """Ask it to stop; stock Rasa does not always do so, and is then ended."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        os.killpg(process.pid, sign)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            continue
