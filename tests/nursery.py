"""Starts the real program many times without paying for its imports each time.

Run as a process of its own, it imports everything and loads the model once, and forks for each
start that is asked of it: the child is a process like any other, with its own connections, which
can be killed. A line of JSON on standard input asks, a line on standard output answers.
"""

import asyncio
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
READY = "Zijstap luistert op"


@dataclass
class Child:
    """A start of the program. `out` and `err` are the files that it writes to."""

    nursery: "Nursery"
    pid: int
    out: Path
    err: Path

    async def is_ready(self) -> None:
        """Wait until it says that it listens; fails when it ended instead."""
        while READY not in self.out.read_text("utf-8"):
            if self._has_ended():
                raise AssertionError(f"ended early: {self.err.read_text('utf-8')[-2000:]}")
            await asyncio.sleep(0.02)

    def _has_ended(self) -> bool:
        state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state == "Z"  # its parent asks for its exit status later

    async def ends(self, number: int | None = None) -> int:
        """Send it a signal, if one is given, and give its exit status (negative: the signal)."""
        if number is not None:
            os.kill(self.pid, number)
        status = await self.nursery.ask({"wait": self.pid})
        return os.waitstatus_to_exitcode(int(status))

    async def dies(self) -> None:
        """Kill it as a power cut would."""
        assert await self.ends(signal.SIGKILL) == -signal.SIGKILL


class Nursery:
    """The process that forks, seen from a test. Enter it with `with`.

    Args:
        model: loaded once; a start without other files begins with it in memory.
    """

    def __init__(self, folder: Path, model: Path) -> None:
        self._folder = folder
        self._model = model
        self._number = 0
        self._lock = threading.Lock()

    def __enter__(self) -> "Nursery":
        with (self._folder / "nursery.err").open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.nursery"], cwd=ROOT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                env={**os.environ, "RASA_TELEMETRY_ENABLED": "false"},
            )  # fmt: skip
        self._ask({"load": str(self._model)})
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _ask(self, command: dict[str, Any]) -> str:
        assert self._process.stdin is not None and self._process.stdout is not None
        with self._lock:
            print(json.dumps(command), file=self._process.stdin, flush=True)
            return self._process.stdout.readline().strip()

    async def ask(self, command: dict[str, Any]) -> str:
        """Give the answer to a command."""
        return await asyncio.to_thread(self._ask, command)

    async def start(
        self,
        *argv: str,
        env: Mapping[str, str] | None = None,
        model: Path | None = None,
        root: Path | None = None,
    ) -> Child:
        """Run `zijstap` with these arguments, on another model or other data if they are given."""
        self._number += 1
        out, err = (self._folder / f"{self._number}.{name}" for name in ("out", "err"))
        command = {
            "argv": argv, "env": dict(env or {}), "out": str(out), "err": str(err),
            "model": str(model or ""), "root": str(root or ""),
        }  # fmt: skip
        out.touch()
        return Child(self, int(await self.ask(command)), out, err)


loaded: Any = None


def _load(model: Path) -> None:
    global loaded
    from bot import server
    from bot.dialogue.agent import load
    from bot.dialogue.tracker_store import TurnTrackerStore
    from bot.settings import read_settings

    loaded = load(model, TurnTrackerStore()), server.load_services(read_settings(ROOT, {}))


def _give_birth(command: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    for name, number in (("out", 1), ("err", 2)):
        os.dup2(os.open(command[name], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(command["env"])
    from bot import cli, server

    if command["root"]:
        read, root = cli.read_settings, Path(command["root"])
        cli.read_settings = lambda folder: dataclasses.replace(read(folder), root=root)
    elif command["model"]:
        server.MODEL_FILE = Path(command["model"])
    else:
        agent, services = loaded
        server.load = lambda *_: agent
        server.load_services = lambda _: services
    try:
        status = cli.main(command["argv"])
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
        status = 70
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main() -> None:
    """Fork on demand until standard input ends; then nothing of ours stays behind."""
    from bot.without_tensorflow import install

    install()
    import bot.cli
    import bot.server  # noqa: F401

    alive: set[int] = set()
    for line in sys.stdin:
        command = json.loads(line)
        if "argv" in command:
            answer = _give_birth(command)
            alive.add(answer)
        elif "wait" in command:
            alive.discard(command["wait"])
            answer = os.waitpid(command["wait"], 0)[1]
        else:
            _load(Path(command["load"]))
            answer = 0
        print(answer, flush=True)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
