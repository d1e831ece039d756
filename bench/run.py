"""Runs the whole benchmark and puts Zijstap's figures beside those of stock Rasa."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import turns
from bench.client import play
from bench.processes import server
from bench.stock import ROOT, Stock

CONVERSATIONS = 32
OUR_ROUNDS, STOCK_ROUNDS = 3, 1
TOKEN = "bench"  # noqa: S105  of a server that lives for this run only, on this machine
STOCK_PORT, ACTIONS_PORT = 5005, 5055
OUR_PORT = 5080


def run(stock: Stock | None, postgresql: str | None) -> dict[str, Any]:
    """Measure everything.

    Args:
        stock: where stock Rasa is or may be installed; None leaves it out.
        postgresql: the address of an empty database for the test with two workers; None leaves it out.

    Returns:
        `zijstap`, and with stock Rasa `stock` and `ratios` (how many times better Zijstap is).
    """
    figures: dict[str, Any] = {"machine": _machine(), "zijstap": _ours(postgresql)}
    if stock is not None:
        figures["stock"] = _theirs(stock)
        figures["ratios"] = ratios(figures["zijstap"], figures["stock"])
    return figures


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "load_before": round(os.getloadavg()[0], 2)}


def _size_mb(folder: Path) -> float:
    done = subprocess.run(["du", "-smL", folder], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0])


def _ours(postgresql: str | None) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "install_mb": _size_mb(Path(sys.prefix)),
        "train_s": _our_training(),
    }
    with tempfile.TemporaryDirectory() as folder:
        figures |= asyncio.run(turns.measure(Path(folder) / "turns"))
        figures |= asyncio.run(_our_server(Path(folder) / "one", {}, workers=1))
        if postgresql:
            for workers in (1, 2):
                address = {"DATABASE_URL": postgresql}
                played = asyncio.run(_our_server(Path(folder), address, workers=workers))
                figures[f"postgresql_{workers}_workers"] = played
    return figures


def _our_training() -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot.cli", "train", "--force"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return round(time.perf_counter() - began, 1)


async def _our_server(folder: Path, settings: dict[str, str], *, workers: int) -> dict[str, Any]:
    address = f"http://127.0.0.1:{OUR_PORT}"
    command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(OUR_PORT)]
    command += ["--data-dir", str(folder), "--workers", str(workers)]
    async with server(
        command,
        ready=f"{address}/health/ready",
        folder=ROOT,
        environment={"REST_CHANNEL_TOKEN": TOKEN, **settings},
        log=folder.with_suffix(".log"),
    ) as started:
        await play(address, conversations=4, token=TOKEN)
        idle = started.memory_mb()
        played = await play(address, conversations=CONVERSATIONS, rounds=OUR_ROUNDS, token=TOKEN)
        return {
            "start_s": round(started.start_seconds, 1),
            "memory_mb": round(idle),
            **played.figures(),
        }


def _theirs(stock: Stock) -> dict[str, Any]:
    stock.install()
    stock.write_project()
    trained = round(stock.train(), 1)
    size = _size_mb(stock.environment_folder)
    figures = {"install_mb": size, "train_s": trained, "epochs": stock.epochs}
    return figures | asyncio.run(_their_server(stock))


async def _their_server(stock: Stock) -> dict[str, Any]:
    address = f"http://127.0.0.1:{STOCK_PORT}"
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    actions = [sys.executable, "-m", "bench.stock_actions", str(ACTIONS_PORT)]
    rasa = [str(stock.rasa), "run", "--enable-api", "--model", str(stock.model)]
    rasa += ["--port", str(STOCK_PORT), "-i", "127.0.0.1"]
    async with (
        server(
            actions,
            ready=f"http://127.0.0.1:{ACTIONS_PORT}/health",
            folder=ROOT,
            environment=quiet,
            log=stock.folder / "actions.log",
        ) as helper,
        server(
            rasa,
            ready=f"{address}/status",
            folder=stock.folder,
            environment=quiet,
            log=stock.folder / "rasa.log",
        ) as started,
    ):
        await play(address, conversations=4)
        idle = started.memory_mb() + helper.memory_mb()
        played = await play(address, conversations=CONVERSATIONS, rounds=STOCK_ROUNDS)
        return {
            "start_s": round(started.start_seconds, 1),
            "memory_mb": round(idle),
            **played.figures(),
        }


def ratios(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, float]:
    """Give how many times better ours is, for each figure that both have."""
    found = {
        name: round(theirs[name] / ours[name], 2)
        for name in ("install_mb", "train_s", "start_s", "memory_mb", "p50_ms", "p95_ms")
    }
    found["turns_per_second"] = round(ours["turns_per_second"] / theirs["turns_per_second"], 2)
    return found


def default_stock(epochs: int) -> Stock | None:
    """Give stock Rasa in the data folder when Python 3.10 and uv are here, else None."""
    python = os.environ.get("BENCH_PYTHON310") or shutil.which("python3.10")
    uv = ROOT / ".uv" / "bin" / "uv"
    if python is None or not uv.exists():
        return None
    return Stock(ROOT / "var" / "bench-stock", python, str(uv), epochs)
