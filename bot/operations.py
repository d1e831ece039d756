"""What an operator does by hand: purge, requests and accounts. The commands of bot.cli call these.

Every function takes an open database and commits by itself; nothing here prints. Who did it goes
into the audit as `operator`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console import auth
from bot.errors import HandoffNotFound
from bot.handoff.model import Move, Status
from bot.storage import handoffs, queries
from bot.storage.console_tables import Account, AuditEntry
from bot.storage.database import Database
from bot.storage.export import handoff_of
from bot.storage.handoff_tables import HandoffRow
from bot.storage.shared import shared_payload

OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of requests; nothing of the person."""

    reference: str
    region: str
    partner_id: str
    status: str
    created_at: datetime
    waiting_since: datetime

    def to_json(self) -> dict[str, str]:
        """Give the line as JSON."""
        return {
            "reference": self.reference,
            "region": self.region,
            "partner_id": self.partner_id,
            "status": self.status,
            "created_at": self.created_at.isoformat(),
            "waiting_since": self.waiting_since.isoformat(),
        }


async def list_handoffs(
    database: Database, *, status: str | None = None, region: str | None = None
) -> list[Listed]:
    """Give the requests, who waits longest first; all when nothing is asked for."""
    query = select(
        HandoffRow.reference,
        HandoffRow.region,
        HandoffRow.partner_id,
        HandoffRow.status,
        HandoffRow.created_at,
        HandoffRow.waiting_since,
    ).order_by(HandoffRow.waiting_since, HandoffRow.id)
    if status:
        query = query.where(HandoffRow.status == status)
    if region:
        query = query.where(HandoffRow.region == region)
    async with database.transaction() as session:
        return [Listed(*row) for row in await session.execute(query)]


async def show_handoff(database: Database, reference: str) -> dict[str, Any]:
    """Give one request with its events, notes and deliveries.

    Raises:
        HandoffNotFound: no request has this reference.
    """
    async with database.transaction() as session:
        return await handoff_of(session, await _handoff(session, reference))


async def export_handoff(database: Database, reference: str) -> dict[str, Any]:
    """Give what a partner would receive, to pass on by another road.

    Raises:
        HandoffNotFound: no request has this reference, or it was withdrawn.
    """
    async with database.transaction() as session:
        row = await _handoff(session, reference)
        if row.status == Status.WITHDRAWN:
            raise HandoffNotFound(reference)
        return await shared_payload(session, row)


async def retry_handoff(database: Database, reference: str, now: datetime) -> int:
    """Send dead letters of a request again; gives how many deliveries will be tried.

    Raises:
        HandoffNotFound: no request has this reference.
    """
    async with database.transaction() as session:
        row = await _handoff(session, reference)
        dead = [
            due
            for due in await queries.deliveries_of(session, row.id)
            if due.state == "dead"
        ]
        for due in dead:
            due.state, due.created_at, due.next_try_at, due.leased_until = (
                "pending",
                now,
                now,
                None,
            )
        if row.status == Status.FAILED and dead:
            await handoffs.move(session, row, Move.RETRY, "system", now)
        elif dead:
            handoffs.note(session, row.id, "system", "retry", now)
        return len(dead)


async def list_accounts(database: Database) -> list[dict[str, Any]]:
    """Give every account: e-mail, name, role, regions and whether it can log in."""
    async with database.transaction() as session:
        rows = await session.scalars(select(Account).order_by(Account.email))
        return [
            {
                "email": row.email,
                "name": row.name,
                "role": row.role,
                "regions": row.regions,
                "disabled": row.disabled,
            }
            for row in rows
        ]


async def disable_account(database: Database, email: str, now: datetime) -> bool:
    """Shut an account out at once and end its sessions; False when there is no such account."""
    async with database.transaction() as session:
        row = await _account(session, email)
        if row is None:
            return False
        row.disabled = True
        await auth.end_sessions(session, row.id)
        _audit(session, "account_disable", row, now)
        return True


async def reset_account(database: Database, email: str, now: datetime) -> auth.NewAccount | None:
    """Give an account new secrets and let it in again; None when there is no such account."""
    async with database.transaction() as session:
        row = await _account(session, email)
        if row is None:
            return None
        row.disabled = False
        made = auth.reset_account(row)
        await auth.end_sessions(session, row.id)
        _audit(session, "account_reset", row, now)
        return made


async def _handoff(session: AsyncSession, reference: str) -> HandoffRow:
    row: HandoffRow | None = await session.scalar(
        select(HandoffRow).where(HandoffRow.reference == reference.strip().upper())
    )
    if row is None:
        raise HandoffNotFound(reference)
    return row


async def _account(session: AsyncSession, email: str) -> Account | None:
    row: Account | None = await session.scalar(
        select(Account).where(Account.email == email.strip().lower())
    )
    return row


def _audit(session: AsyncSession, what: str, row: Account, now: datetime) -> None:
    session.add(AuditEntry(at=now, actor=OPERATOR, what=what, detail={"email": row.email}))
