"""Prints what understanding a message costs, as JSON; one core, nothing else running.

    python -m bench.nlu            the figures
    python -m bench.nlu --check    the same, and ends with 1 when one is over its bar

`script`: the realistic conversation of bench/script.txt; `unseen`: tests/nlu/heldout_blind.yml,
where the embedding is needed most; `hostile`: the worst inputs of tests/nlu. Times in ms.
"""

import asyncio
import json
import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 20
BARS = {
    "training_seconds": 60,
    "memory_megabytes.all": 150,
    "parse_script.median": 4,
    "parse_script.p95": 25,
    "parse_hostile.max": 50,
}
"""The most that each figure may be on two cores, of which parsing has one."""


def megabytes() -> dict[str, float]:
    """Give the memory of this process now (MB): its own, and pages of files that are mapped.

    The embedding maps its file: the kernel decides how much round a word it reads along, shares
    these pages between workers and takes them back when memory is short.
    """
    status = Path("/proc/self/status").read_text()
    names = {"own": "RssAnon", "mapped": "RssFile"}
    found = {one: re.search(rf"{key}:\s+(\d+) kB", status) for one, key in names.items()}
    return {one: int(match[1]) * 1024 / 1e6 for one, match in found.items() if match}


async def times(agent: Any, texts: Iterable[str]) -> list[float]:
    """Give the time of each parse (ms)."""
    taken = []
    for text in texts:
        began = time.perf_counter()
        await agent.parse_message(text)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def summary(taken: list[float]) -> dict[str, float]:
    """Give median, 95th percentile and maximum (ms)."""
    low, high = np.percentile(taken, [50, 95])
    return {"median": round(low, 2), "p95": round(high, 2), "max": round(max(taken), 2)}


def training_seconds() -> float:
    """Give how long the whole training takes, in a process of its own with all cores."""
    import subprocess
    import sys

    began = time.perf_counter()
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot.cli", "train", "--force"], cwd=ROOT, check=True,
        capture_output=True,
    )  # fmt: skip
    return round(time.perf_counter() - began, 1)


def measure() -> dict[str, Any]:
    """Give every figure."""
    trained_in = training_seconds()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from bot.dialogue.agent import MODEL_FILE, keep_what_is_loaded, load
    from bot.dialogue.evaluation import read_examples
    from bot.without_tensorflow import install

    install()
    # Rasa's own, which it needs for any pipeline, is not counted as memory of ours.
    import rasa.core.agent
    import rasa.engine.recipes.default_components  # noqa: F401
    import sklearn.svm  # noqa: F401

    before = megabytes()
    agent = load(ROOT / MODEL_FILE)
    keep_what_is_loaded()
    unseen = [one.text for one in read_examples(ROOT / "tests/nlu/heldout_blind.yml")]
    script = [line for line in (ROOT / "bench/script.txt").read_text("utf-8").splitlines() if line]
    asyncio.run(times(agent, unseen[:50]))
    taken = {
        "script": asyncio.run(times(agent, script * REPEATS)),
        "unseen": asyncio.run(times(agent, unseen)),
    }
    memory = {name: round(now - before[name]) for name, now in megabytes().items()}
    from tests.nlu.test_hostile_input import HOSTILE

    taken["hostile"] = asyncio.run(times(agent, [text.lstrip("/") for text in HOSTILE.values()]))
    return {
        "training_seconds": trained_in,
        "memory_megabytes": {"all": sum(memory.values()), **memory},
        **{f"parse_{name}": summary(values) for name, values in taken.items()},
    }


def over(figures: dict[str, Any]) -> list[str]:
    """Name the figures that are over their bar."""
    found = []
    for name, bar in BARS.items():
        value: Any = figures
        for part in name.split("."):
            value = value[part]
        if value > bar:
            found.append(f"{name}: {value} > {bar}")
    return found


if __name__ == "__main__":
    import sys

    from bot.observability.logging import configure_logging

    configure_logging()
    figures = measure()
    print(json.dumps(figures, indent=2))
    if "--check" in sys.argv[1:] and (missed := over(figures)):
        sys.exit("\n".join(missed))
