"""What the outbox needs from outside: a store of due deliveries, and ways to send."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery that is due, with where it goes. `body` is complete.

    `kind`: handoff or withdrawal (to a partner), or mail (to a counsellor).
    """

    id: str
    kind: str
    partner_id: str
    tries: int
    created_at: datetime
    body: dict[str, Any]
    endpoint: str | None = None
    email: str | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receiver answered. `acknowledged`: it said that it has taken the request."""

    status_code: int | None
    acknowledged: bool = False


class Outbox(Protocol):
    """The due deliveries. A lease keeps other workers away until it ends."""

    async def lease(self, now: datetime, *, limit: int) -> list[Delivery]:
        """Take deliveries that are due, whose partner is not paused and whose circuit is closed."""

    async def sent(self, delivery: Delivery, receipt: Receipt, now: datetime) -> None:
        """Write down that it arrived, and move the handoff."""

    async def failed(
        self, delivery: Delivery, reason: str, *, next_try_at: datetime | None, now: datetime
    ) -> None:
        """Write down that it did not arrive; without a next try it is a dead letter."""


class Sender(Protocol):
    """Sends one delivery."""

    async def send(self, delivery: Delivery) -> Receipt:
        """Send it.

        Raises:
            DeliveryError: it was not taken.
        """
