"""What is counted while the service runs, and how it is shown to Prometheus.

Labels name kinds of things, never a person or a conversation.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

turn_seconds = Histogram(
    "zijstap_turn_seconds",
    "Time of a turn, waiting for its turn included",
    ["result"],
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20),
)
not_understood = Counter("zijstap_not_understood_total", "Messages that were not understood")
handoffs_requested = Counter("zijstap_handoffs_requested_total", "Handoffs that people asked for")


@asynccontextmanager
async def turn_timed() -> AsyncIterator[None]:
    """Time a turn, and tell whether it was answered or failed."""
    began, result = time.perf_counter(), "failed"
    try:
        yield
        result = "answered"
    finally:
        turn_seconds.labels(result=result).observe(time.perf_counter() - began)


def exposition() -> bytes:
    """Give all metrics in Prometheus' text format; those of every worker when there are several.

    Several workers share a folder, which PROMETHEUS_MULTIPROC_DIR names (bot.workers sets it).
    """
    registry = CollectorRegistry()
    try:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    except ValueError:
        return generate_latest(REGISTRY)
    return generate_latest(registry)
