"""What the console reads: the inbox and the reports, always within a counsellor's own regions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import HandoffNotFound
from bot.handoff.model import OPEN, Status
from bot.storage.console_tables import Account
from bot.storage.handoff_tables import HandoffRow, OutboxRow

PAGE_SIZE = 50
OPEN_STATUSES = sorted(OPEN)
DONE_STATUSES = sorted(set(Status) - OPEN)
TABS = ("nieuw", "mijn", "wacht", "mislukt", "afgerond", "alles")


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What the inbox shows. Empty texts mean: all. `page` counts from 1."""

    tab: str = "nieuw"
    region: str = ""
    text: str = ""
    page: int = 1


def visible_to(account: Account) -> ColumnElement[bool]:
    """Give the condition that keeps every query within the account's regions."""
    if account.role == "admin":
        return true()
    return HandoffRow.region.in_([str(code) for code in account.regions])


def _tab(tab: str, account: Account, today: date) -> ColumnElement[bool]:
    awake = or_(HandoffRow.snoozed_until.is_(None), HandoffRow.snoozed_until <= today)
    conditions: dict[str, ColumnElement[bool]] = {
        "nieuw": and_(HandoffRow.owner_id.is_(None), HandoffRow.status.in_(OPEN_STATUSES), awake),
        "mijn": and_(HandoffRow.owner_id == account.id, HandoffRow.status.in_(OPEN_STATUSES)),
        "wacht": and_(
            HandoffRow.owner_id.is_not(None),
            HandoffRow.status.in_([Status.APPROVED, Status.DELIVERED, Status.ACKNOWLEDGED]),
        ),
        "mislukt": HandoffRow.status == Status.FAILED,
        "afgerond": HandoffRow.status.in_(DONE_STATUSES),
    }
    return conditions.get(tab, true())


async def inbox(
    session: AsyncSession, account: Account, wanted: InboxFilter, today: date
) -> list[HandoffRow]:
    """Give one page of the inbox, who waits longest first; one row more tells of a next page."""
    query = select(HandoffRow).where(visible_to(account), _tab(wanted.tab, account, today))
    if wanted.region:
        query = query.where(HandoffRow.region == wanted.region)
    if wanted.text:
        query = query.where(_matches(wanted.text))
    newest_first = wanted.tab in ("afgerond", "alles")
    order = HandoffRow.created_at.desc() if newest_first else HandoffRow.waiting_since
    rows = await session.scalars(
        query.order_by(order, HandoffRow.id)
        .offset((max(1, wanted.page) - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    )
    return list(rows)


def _matches(text: str) -> ColumnElement[bool]:
    pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").lower() + "%"
    return or_(
        func.lower(HandoffRow.reference).like(pattern, escape="\\"),
        func.lower(HandoffRow.occupation).like(pattern, escape="\\"),
        func.lower(HandoffRow.contact_name).like(pattern, escape="\\"),
    )


async def tab_counts(
    session: AsyncSession, account: Account, region: str, today: date
) -> dict[str, int]:
    """Give how many handoffs each tab holds, in one pass over the table."""
    columns = [
        func.coalesce(func.sum(case((_tab(tab, account, today), 1), else_=0)), 0) for tab in TABS
    ]
    query = select(*columns).where(visible_to(account))
    if region:
        query = query.where(HandoffRow.region == region)
    row = (await session.execute(query)).one()
    return dict(zip(TABS, map(int, row), strict=True))


async def by_reference(session: AsyncSession, account: Account, reference: str) -> HandoffRow:
    """Give one handoff that this account may see.

    Raises:
        HandoffNotFound: there is none, or it is of another region.
    """
    row: HandoffRow | None = await session.scalar(
        select(HandoffRow).where(HandoffRow.reference == reference, visible_to(account))
    )
    if row is None:
        raise HandoffNotFound(reference)
    return row


async def deliveries_of(session: AsyncSession, handoff_id: str) -> list[OutboxRow]:
    """Give the deliveries to partners of one handoff, oldest first."""
    rows = await session.scalars(
        select(OutboxRow)
        .where(OutboxRow.handoff_id == handoff_id, OutboxRow.kind.in_(["handoff", "withdrawal"]))
        .order_by(OutboxRow.created_at)
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class Report:
    """Numbers over a period: each part maps a value to how many handoffs have it."""

    total: int
    parts: dict[str, dict[str, int]]
    hours_to_first_action: float | None


async def report(
    session: AsyncSession, account: Account, since: datetime, until: datetime
) -> Report:
    """Give the handoffs made in a period, by week, region, route and outcome."""
    query = select(
        HandoffRow.created_at,
        HandoffRow.region,
        HandoffRow.route,
        HandoffRow.outcome,
        HandoffRow.status,
        HandoffRow.first_action_at,
    ).where(visible_to(account), HandoffRow.created_at >= since, HandoffRow.created_at < until)
    parts: dict[str, dict[str, int]] = {"week": {}, "region": {}, "route": {}, "outcome": {}}
    waits: list[float] = []
    total = 0
    for made, region, route, outcome, status, first in await session.execute(query):
        total += 1
        year, week, _ = made.isocalendar()
        values = {
            "week": f"{year}-W{week:02d}",
            "region": region,
            "route": route or "-",
            "outcome": outcome or status,
        }
        for part, value in values.items():
            parts[part][value] = parts[part].get(value, 0) + 1
        if first is not None:
            waits.append((first - made).total_seconds() / 3600)
    waits.sort()
    median = round(waits[len(waits) // 2], 1) if waits else None
    return Report(
        total, {name: dict(sorted(part.items())) for name, part in parts.items()}, median
    )
