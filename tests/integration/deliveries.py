"""Requests in a database, a partner that receives them and a clock to turn, for the tests."""

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.handoff.model import HandoffRequest
from bot.handoff.outbox import OutboxWorker
from bot.handoff.ports import Sender
from bot.settings import Settings
from bot.storage import handoffs
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow, OutboxRow, PartnerSetting
from bot.storage.tables import Conversation
from connectors.partners.sender import PartnerSender
from tests.partner import Partner

START = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Post:
    """The outbox of one database with its worker, and a clock that only the test moves."""

    database: Database
    sender: Sender
    now: datetime = START
    requests: int = 0
    worker: OutboxWorker = field(init=False)

    def __post_init__(self) -> None:
        from bot.storage.outbox import StoredOutbox

        self.outbox = StoredOutbox(self.database)
        self.worker = OutboxWorker(self.outbox, self.sender, self.clock, chance=random.Random(7))

    def clock(self) -> datetime:
        """Give the test's own time."""
        return self.now

    def passes(self, **time: float) -> None:
        """Let time go by."""
        self.now += timedelta(**time)

    async def partner(self, partner_id: str, **values: Any) -> None:
        """Register a partner."""
        async with self.database.transaction() as session:
            session.add(PartnerSetting(partner_id=partner_id, **values))

    async def request(self, partner_id: str = "partner") -> HandoffRow:
        """Let a person agree to share a request with a partner."""
        self.requests += 1
        name = f"person-{self.requests}"
        async with self.database.transaction() as session:
            session.add(
                Conversation(
                    id=name, token_hash="", channel="web", created_at=self.now,
                    last_seen_at=self.now, slots={}, events=[],
                )
            )  # fmt: skip
            await session.flush()
            request = HandoffRequest(
                conversation_id=name, region="AM25", partner_id=partner_id,
                profile={"place": "Breda"}, advice={}, consent_text="Mag dit?",
                consent_at=self.now, transcript_until=0, contact_name="Ria", contact="0612345678",
            )  # fmt: skip
            return await handoffs.create(session, request)

    async def rows(self, kind: str = "handoff") -> list[OutboxRow]:
        """Give the deliveries of one kind, oldest first."""
        async with self.database.transaction() as session:
            query = select(OutboxRow).where(OutboxRow.kind == kind)
            return list(await session.scalars(query.order_by(OutboxRow.created_at)))

    async def handoff(self, handoff_id: str) -> HandoffRow:
        """Give a request as it is stored now."""
        async with self.database.transaction() as session:
            return await handoffs.load(session, handoff_id)

    async def partner_row(self, partner_id: str = "partner") -> PartnerSetting:
        """Give what is stored of a partner."""
        async with self.database.transaction() as session:
            row = await session.get(PartnerSetting, partner_id)
            assert row is not None
            return row

    async def deliver_until_done(self, *, rounds: int = 200) -> None:
        """Deliver, and let time pass to the next try, until nothing is pending."""
        for _ in range(rounds):
            await self.worker.deliver_due()
            pending = [row for row in await self.rows() if row.state == "pending"]
            if not pending:
                return
            shut = [(await self.partner_row(row.partner_id)).open_until for row in pending]
            due = [row.next_try_at for row in pending]
            self.now = max(self.now, min(due), *(at for at in shut if at))
        raise AssertionError("still not done")


@asynccontextmanager
async def post_office(
    database: Database, settings: Settings, *partners: Partner
) -> AsyncIterator[Post]:
    """Give an outbox with partners that listen: `partner`, and `other` when there are two."""
    async with AsyncExitStack() as stack:
        sender = PartnerSender(settings, lambda: post.now)
        stack.push_async_callback(sender.close)
        post = Post(database, sender)
        for name, partner in zip(("partner", "other"), partners, strict=False):
            there = await stack.enter_async_context(partner.server())
            await post.partner(name, endpoint=str(there.make_url("/aanvragen")), key=partner.key)
        yield post
