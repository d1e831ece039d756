"""The outbox in the database: leases for workers, receipts, tries and dead letters."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import IllegalMove
from bot.handoff.model import Move
from bot.handoff.payload import withdrawal_payload
from bot.handoff.ports import Delivery, Receipt
from bot.storage import handoffs
from bot.storage.console_tables import Account
from bot.storage.database import Database, again_on_conflict
from bot.storage.handoff_tables import (
    DeliveryAttempt,
    HandoffRow,
    OutboxRow,
    PartnerSetting,
)
from bot.storage.shared import shared_payload

LEASE = timedelta(seconds=60)
CIRCUIT_OPENS_AFTER = 5
CIRCUIT_PAUSE = timedelta(seconds=30)
AT_ONCE_FOR_ONE = 4
"""Deliveries of one partner in a batch, so that a slow one leaves room for the others."""


class StoredOutbox:
    """The port `bot.handoff.ports.Outbox` on our tables.

    Args:
        mails_counsellors: there is a mail server; without one the console tells them.
        told: what a person hears when the partner has the request; without it nothing.
        partners: the name of each partner by its id.
    """

    def __init__(
        self,
        database: Database,
        *,
        mails_counsellors: bool = True,
        told: str = "",
        partners: Mapping[str, str] | None = None,
    ) -> None:
        self._database = database
        self._mails_counsellors = mails_counsellors
        self._told = told
        self._partners = partners or {}

    async def lease(self, now: datetime, *, limit: int) -> list[Delivery]:
        """Take deliveries that are due, whose partner is not paused and whose circuit is closed."""
        async with self._database.transaction() as session:
            await self._fan_out(session, now)
            ids = list(await session.scalars(_due(now, limit)))
            if not ids:
                return []
            rows = await session.scalars(
                update(OutboxRow)
                .where(OutboxRow.id.in_(ids), OutboxRow.state == "pending", _is_free(now))
                .values(leased_until=now + LEASE, tries=OutboxRow.tries + 1)
                .returning(OutboxRow)
                .execution_options(populate_existing=True)
            )
            prepared = [await self._prepare(session, row, now) for row in rows.all()]
            due = [delivery for delivery in prepared if delivery]
            await self._pause_half_open(session, {one.partner_id for one in due}, now)
            return due

    async def _pause_half_open(
        self, session: AsyncSession, partners: set[str], now: datetime
    ) -> None:
        """Let one delivery try a circuit that was open; the others wait for what comes of it."""
        await session.execute(
            update(PartnerSetting)
            .where(
                PartnerSetting.partner_id.in_(partners),
                PartnerSetting.failures >= CIRCUIT_OPENS_AFTER,
            )
            .values(open_until=now + CIRCUIT_PAUSE)
        )

    async def _fan_out(self, session: AsyncSession, now: datetime) -> None:
        """Turn 'tell the counsellors' into one mail for each of them, in this transaction."""
        waiting = select(OutboxRow.id).where(
            OutboxRow.kind == "notify", OutboxRow.state == "pending"
        )
        ids = list(await session.scalars(waiting.limit(20).with_for_update(skip_locked=True)))
        if not ids:
            return
        rows = await session.scalars(
            update(OutboxRow)
            .where(OutboxRow.id.in_(ids), OutboxRow.state == "pending")
            .values(state="sent", sent_at=now)
            .returning(OutboxRow)
        )
        for row in rows.all() if self._mails_counsellors else ():
            handoff = await session.get(HandoffRow, row.handoff_id) if row.handoff_id else None
            if handoff is None:
                continue
            accounts = await session.scalars(
                select(Account).where(Account.wants_mail, Account.disabled.is_(False))
            )
            for account in accounts:
                if handoff.region in account.regions:
                    due = handoffs.enqueue(session, handoff, "zijstap", "mail", now)
                    due.body = {"reference": row.body["reference"], "to": account.email}
        await session.flush()

    async def _prepare(
        self, session: AsyncSession, row: OutboxRow, now: datetime
    ) -> Delivery | None:
        body = await self._body(session, row)
        partner = await session.get(PartnerSetting, row.partner_id)
        if body is None:
            # The person withdrew or erased it before it went out.
            row.state, row.last_error, row.leased_until = "stopped", "erased", None
            return None
        return Delivery(
            id=row.id,
            kind=row.kind,
            partner_id=row.partner_id,
            tries=row.tries,
            created_at=row.created_at,
            body=body,
            endpoint=partner.endpoint if partner and row.body.get("by") != "mail" else None,
            email=row.body.get("to") or (partner.email if partner else None),
            keys=tuple(key for key in (partner.key, partner.next_key) if key) if partner else (),
        )

    async def _body(self, session: AsyncSession, row: OutboxRow) -> dict[str, Any] | None:
        if row.kind == "withdrawal":
            return withdrawal_payload(row.body["reference"])
        if row.kind in ("mail", "digest"):
            return {key: value for key, value in row.body.items() if key != "to"}
        handoff = await session.get(HandoffRow, row.handoff_id) if row.handoff_id else None
        if handoff is None or handoff.status in handoffs.STOPPED:
            return None
        return await shared_payload(session, handoff)

    async def sent(self, delivery: Delivery, receipt: Receipt, now: datetime) -> None:
        """Write down that it arrived, and move the handoff."""
        await again_on_conflict(lambda: self._sent(delivery, receipt, now))

    async def _sent(self, delivery: Delivery, receipt: Receipt, now: datetime) -> None:
        async with self._database.transaction() as session:
            await self._circuit(session, delivery.partner_id, now, worked=True)
            row = await session.get(OutboxRow, delivery.id)
            if row is None:
                return
            await self._tell(session, row, now)
            row.state, row.sent_at, row.leased_until, row.last_error = "sent", now, None, None
            session.add(DeliveryAttempt(outbox_id=row.id, at=now, status_code=receipt.status_code))
            await self._move(session, row, Move.DELIVER, now)
            if receipt.acknowledged:
                await self._move(session, row, Move.ACKNOWLEDGE, now)

    async def _tell(self, session: AsyncSession, row: OutboxRow, now: datetime) -> None:
        name = self._partners.get(row.partner_id)
        if row.kind != "handoff" or row.handoff_id is None or not (self._told and name):
            return
        handoff = await session.get(HandoffRow, row.handoff_id)
        if handoff is not None and handoff.partner_id == row.partner_id:
            await handoffs.tell_delivered(session, handoff, self._told, name, now)

    async def failed(
        self, delivery: Delivery, reason: str, *, next_try_at: datetime | None, now: datetime
    ) -> None:
        """Write down that it did not arrive; without a next try it is a dead letter."""
        await again_on_conflict(lambda: self._failed(delivery, reason, next_try_at, now))

    async def _failed(
        self, delivery: Delivery, reason: str, next_try_at: datetime | None, now: datetime
    ) -> None:
        async with self._database.transaction() as session:
            if next_try_at is not None:  # who answers "never" is not away
                await self._circuit(session, delivery.partner_id, now, worked=False)
            row = await session.get(OutboxRow, delivery.id)
            if row is None:
                return
            row.leased_until = None
            session.add(DeliveryAttempt(outbox_id=row.id, at=now, error=reason))
            if row.state != "pending":
                return  # withdrawn while it was under way
            row.last_error = reason
            if next_try_at is not None:
                row.next_try_at = next_try_at
                return
            row.state = "dead"
            await self._move(session, row, Move.FAIL, now)

    async def _circuit(
        self, session: AsyncSession, partner_id: str, now: datetime, *, worked: bool
    ) -> None:
        """Count in the database: several workers may hear of one partner at the same time."""
        failures = PartnerSetting.failures + 1
        shut = case((failures >= CIRCUIT_OPENS_AFTER, now + CIRCUIT_PAUSE), else_=None)
        await session.execute(
            update(PartnerSetting)
            .where(PartnerSetting.partner_id == partner_id)
            .values(failures=0 if worked else failures, open_until=None if worked else shut)
        )

    async def _move(
        self, session: AsyncSession, row: OutboxRow, move: Move, now: datetime
    ) -> None:
        if row.kind != "handoff" or row.handoff_id is None:
            return
        handoff = await session.get(HandoffRow, row.handoff_id)
        if handoff is None:
            return
        try:
            await handoffs.move(session, handoff, move, f"partner:{row.partner_id}", now)
        except IllegalMove:
            # The person withdrew, or a counsellor closed it, while it was under way.
            handoffs.note(session, handoff.id, f"partner:{row.partner_id}", move, now)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now)


def _due(now: datetime, limit: int) -> Select[str]:
    """Give the ids to take now: a few of each partner, one where the circuit was open."""
    shut = select(PartnerSetting.partner_id).where(
        or_(PartnerSetting.paused, PartnerSetting.open_until > now)
    )
    half_open = select(PartnerSetting.partner_id).where(
        PartnerSetting.failures >= CIRCUIT_OPENS_AFTER
    )
    place = func.row_number().over(
        partition_by=OutboxRow.partner_id, order_by=(OutboxRow.next_try_at, OutboxRow.id)
    )
    share = case((OutboxRow.partner_id.in_(half_open), 1), else_=AT_ONCE_FOR_ONE)
    waiting = (
        select(OutboxRow.id, place.label("place"), share.label("share"))
        .where(
            OutboxRow.state == "pending",
            OutboxRow.kind != "notify",
            OutboxRow.next_try_at <= now,
            _is_free(now),
            OutboxRow.partner_id.not_in(shut),
        )
        .subquery()
    )
    return (
        select(OutboxRow.id)
        .join(waiting, waiting.c.id == OutboxRow.id)
        .where(waiting.c.place <= waiting.c.share)
        .order_by(OutboxRow.next_try_at)
        .limit(limit)
        .with_for_update(of=OutboxRow, skip_locked=True)
    )
