"""Delivers what is due: at least once, with back-off and jitter, until a dead letter.

The receiver recognises a repeat by the delivery's id (`Idempotency-Key`).
"""

import asyncio
import logging
import random
from datetime import datetime, timedelta

from prometheus_client import Counter

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.handoff.ports import Delivery, Outbox, Receipt, Sender

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 900.0
LONGEST_RETRY_AFTER = 3600.0
GIVE_UP_AFTER = timedelta(hours=72)
LEAST_TRIES = 10
"""A delivery that waited for a pause or for us to come back gets its tries all the same."""
BATCH = 10

deliveries = Counter("zijstap_deliveries_total", "Deliveries tried", ["kind", "result"])


def next_try(
    delivery: Delivery, error: DeliveryError, now: datetime, chance: random.Random
) -> datetime | None:
    """Give when to try again, or None when it has no use any more.

    Exponential back-off with full jitter (Brooker, AWS Architecture Blog, 2015); what the receiver
    asks with Retry-After is the least we wait.
    """
    is_old = now - delivery.created_at > GIVE_UP_AFTER
    if error.final or (is_old and delivery.tries >= LEAST_TRIES):
        return None
    ceiling = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(delivery.tries, 20))
    wait = chance.uniform(FIRST_WAIT_SECONDS / 2, ceiling)
    asked = min(error.retry_after or 0.0, LONGEST_RETRY_AFTER)
    return now + timedelta(seconds=max(wait, asked))


class OutboxWorker:
    """Runs until it is cancelled; several may run on several machines."""

    def __init__(
        self,
        outbox: Outbox,
        sender: Sender,
        clock: Clock,
        *,
        chance: random.Random | None = None,
        idle_seconds: float = 1.0,
    ) -> None:
        self._outbox = outbox
        self._sender = sender
        self._clock = clock
        self._chance = chance or random.Random()
        self._idle_seconds = idle_seconds

    async def run(self) -> None:
        """Deliver for ever; a fault of the database is waited out."""
        while True:
            try:
                done = await self.deliver_due()
            except Exception:
                log.exception("outbox_round_failed")
                done = 0
            if not done:
                await asyncio.sleep(self._idle_seconds)

    async def deliver_due(self) -> int:
        """Try what is due now and give how many were tried."""
        due = await self._outbox.lease(self._clock(), limit=BATCH)
        await asyncio.gather(*(self._deliver(delivery) for delivery in due))
        return len(due)

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            receipt = await self._send(delivery)
        except DeliveryError as error:
            now = self._clock()
            again = next_try(delivery, error, now, self._chance)
            result = "retry" if again else "dead"
            await self._outbox.failed(delivery, str(error)[:300], next_try_at=again, now=now)
            log.warning("delivery_%s id=%s partner=%s", result, delivery.id, delivery.partner_id)
        else:
            result = "sent"
            await self._outbox.sent(delivery, receipt, self._clock())
        deliveries.labels(kind=delivery.kind, result=result).inc()

    async def _send(self, delivery: Delivery) -> Receipt:
        """Send it; a fault of our own counts as one more try, so that it ends as a dead letter."""
        try:
            return await self._sender.send(delivery)
        except DeliveryError:
            raise
        except Exception as error:
            log.exception("delivery_broken id=%s", delivery.id)
            raise DeliveryError(type(error).__name__) from error
