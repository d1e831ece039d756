"""The one place that asks what time it is, so that tests can say it."""

from collections.abc import Callable
from datetime import UTC, datetime

type Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the present moment in UTC, with time zone."""
    return datetime.now(UTC)
