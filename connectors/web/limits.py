"""How many requests a minute one conversation or address may make."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

MAX_KEYS = 50_000


class Limits:
    """A token bucket for each key: full at first, refilled evenly over a minute."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_for(self, key: str, per_minute: int, burst: int | None = None) -> int:
        """Take one turn from the bucket; give 0, or the seconds to wait when it is empty.

        Args:
            burst: how many turns a full bucket holds; `per_minute` when not given.
        """
        now, full = self._monotonic(), float(burst or per_minute)
        tokens, then = self._buckets.pop(key, (full, now))
        tokens = min(full, tokens + (now - then) * per_minute / 60)
        wait = 0 if tokens >= 1 else math.ceil((1 - tokens) * 60 / per_minute)
        self._buckets[key] = (tokens - 1 if wait == 0 else tokens, now)
        while len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)
        return wait
