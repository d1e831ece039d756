"""Several processes of the service on one port: start them, keep them up, stop them together."""

import asyncio
import logging
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import SettingsError
from bot.settings import Settings

log = logging.getLogger(__name__)

READY = "Zijstap luistert op"
RESTART_SECONDS = 1.0


async def serve_with_workers(
    settings: Settings, host: str, port: int, workers: int, *, demo: bool
) -> int:
    """Run `workers` processes on one port until SIGINT or SIGTERM; one that dies is started again.

    Raises:
        SettingsError: the database is SQLite, whose processes cannot wake each other.
    """
    if make_url(settings.database_url).get_backend_name() == "sqlite":
        raise SettingsError("meer dan één worker kan alleen met PostgreSQL: zet DATABASE_URL")
    command = [sys.executable, "-m", "bot.cli", "serve", "--shared-port", "--host", host]
    command += ["--port", str(port), "--data-dir", str(settings.data_dir)]
    environment = _environment(settings.data_dir / "metrics")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    ready = [asyncio.Event() for _ in range(workers)]
    keepers = [
        # Only the first worker makes or mentions the first account.
        asyncio.create_task(
            _keep(command + (["--demo"] if demo and not number else []), ready[number], environment)
        )
        for number in range(workers)
    ]
    all_ready = asyncio.create_task(_all(ready))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({all_ready, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not stop.is_set():
        print(f"{READY} http://{host}:{port}", flush=True)
    await stopping
    for task in (all_ready, *keepers):
        task.cancel()
    await asyncio.gather(all_ready, *keepers, return_exceptions=True)
    return 0


async def _all(events: list[asyncio.Event]) -> None:
    for event in events:
        await event.wait()


def _environment(metrics: Path) -> dict[str, str]:
    """Give the workers' environment: Prometheus reads where they count together at its import."""
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(parents=True)
    return {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(metrics)}


async def _keep(
    command: list[str], ready: asyncio.Event, environment: dict[str, str]
) -> None:
    """Run a worker, and run it again when it ends by itself; end it when this task is cancelled."""
    while True:
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, env=environment)
        try:
            await _pass_on(process, ready)
            code = await process.wait()
        except asyncio.CancelledError:
            if process.returncode is None:
                process.terminate()
            await process.wait()
            raise
        log.error("worker_died code=%s", code)
        await asyncio.sleep(RESTART_SECONDS)


async def _pass_on(process: Process, ready: asyncio.Event) -> None:
    """Pass on what a worker prints, but for the line that says it is ready."""
    if process.stdout is None:
        return
    async for line in process.stdout:
        if line.startswith(READY.encode()):
            ready.set()
        else:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
