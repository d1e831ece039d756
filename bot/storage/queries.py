"""What the console reads of the inbox, always within a counsellor's own regions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import HandoffNotFound
from bot.handoff.model import OPEN, Status
from bot.storage.console_tables import Account
from bot.storage.handoff_tables import URGENT, DeliveryAttempt, HandoffRow, HandoffTerm, OutboxRow
from bot.storage.terms import labelled, searched

PAGE_SIZE = 50
OPEN_STATUSES = sorted(OPEN)
DONE_STATUSES = sorted(set(Status) - OPEN)
TABS = ("nieuw", "mijn", "wacht", "mislukt", "rust", "afgerond", "alles")
PRIORITIES = ("laag", "normal", "hoog")
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What the inbox shows. Empty texts mean: all. `page` counts from 1."""

    tab: str = "nieuw"
    region: str = ""
    priority: str = ""
    label: str = ""
    text: str = ""
    page: int = 1


def regions_of(account: Account, column: Any) -> ColumnElement[bool]:
    """Give the condition that keeps a column within the account's regions."""
    if account.role == "admin":
        return true()
    codes = [str(code) for code in account.regions]
    within: ColumnElement[bool] = column.in_(codes) if codes else false()
    return within


def visible_to(account: Account) -> ColumnElement[bool]:
    """Give the condition that keeps every query of handoffs within the account's regions."""
    return regions_of(account, HandoffRow.region)


def _tab(tab: str, account: Account, today: date) -> ColumnElement[bool]:
    is_open = HandoffRow.status.in_(OPEN_STATUSES)
    awake = or_(HandoffRow.snoozed_until.is_(None), HandoffRow.snoozed_until <= today)
    conditions: dict[str, ColumnElement[bool]] = {
        "nieuw": and_(HandoffRow.owner_id.is_(None), is_open, awake),
        "mijn": and_(HandoffRow.owner_id == account.id, is_open, awake),
        "wacht": and_(
            HandoffRow.owner_id.is_not(None),
            HandoffRow.status.in_([Status.APPROVED, Status.DELIVERED, Status.ACKNOWLEDGED]),
        ),
        "mislukt": HandoffRow.status == Status.FAILED,
        "rust": and_(HandoffRow.snoozed_until > today, is_open),
        "afgerond": HandoffRow.status.in_(DONE_STATUSES),
    }
    return conditions.get(tab, true())


_SHOWN = (
    HandoffRow.reference,
    HandoffRow.waiting_since,
    HandoffRow.created_at,
    HandoffRow.status,
    HandoffRow.region,
    HandoffRow.occupation,
    HandoffRow.route,
    HandoffRow.owner_id,
    HandoffRow.priority,
    HandoffRow.labels,
    HandoffRow.snoozed_until,
    HandoffRow.rank,
)


def inbox_query(account: Account, wanted: InboxFilter, today: date) -> Select[Any]:
    """Give the query of one page: distress, then who waits longest; one row more tells of a next."""
    found = select(HandoffRow.id).where(visible_to(account), _tab(wanted.tab, account, today))
    if wanted.region:
        found = found.where(HandoffRow.region == wanted.region)
    if wanted.priority:
        found = found.where(HandoffRow.priority == wanted.priority)
    if wanted.label:
        found = found.where(labelled(wanted.label))
    for has_word in searched(wanted.text):
        found = found.where(HandoffRow.id.in_(has_word))
    order = _order(wanted.tab)
    ids = (
        found.order_by(*order)
        .offset((max(1, wanted.page) - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
        .subquery()
    )
    return select(*_SHOWN).join(ids, ids.c.id == HandoffRow.id).order_by(*order)


def _order(tab: str) -> tuple[Any, ...]:
    if tab in ("afgerond", "alles"):
        return HandoffRow.created_at.desc(), HandoffRow.id.desc()
    return HandoffRow.rank, HandoffRow.waiting_since, HandoffRow.id


async def inbox(
    session: AsyncSession, account: Account, wanted: InboxFilter, today: date
) -> list[Row[Any]]:
    """Give one page of the inbox; one row more than a page tells of a next page."""
    return list(await session.execute(inbox_query(account, wanted, today)))


def counts_query(account: Account, region: str, today: date) -> Select[Any]:
    """Give the query that counts each tab in one pass over an index."""
    columns = [
        func.coalesce(func.sum(case((_tab(tab, account, today), 1), else_=0)), 0) for tab in TABS
    ]
    query = select(*columns).where(visible_to(account))
    return query.where(HandoffRow.region == region) if region else query


async def tab_counts(
    session: AsyncSession, account: Account, region: str, today: date
) -> dict[str, int]:
    """Give how many handoffs each tab holds."""
    row = (await session.execute(counts_query(account, region, today))).one()
    return dict(zip(TABS, map(int, row), strict=True))


async def urgent(session: AsyncSession, account: Account) -> list[str]:
    """Give the references of people in distress, whichever tab they are in."""
    query = select(HandoffRow.reference).where(visible_to(account), HandoffRow.rank == URGENT)
    order = HandoffRow.waiting_since, HandoffRow.id
    return list(await session.scalars(query.order_by(*order).limit(LONGEST_LIST)))


async def new_count(session: AsyncSession, account: Account, today: date) -> int:
    """Give how many handoffs nobody has taken up."""
    query = select(func.count()).select_from(HandoffRow)
    found = await session.scalar(query.where(visible_to(account), _tab("nieuw", account, today)))
    return found or 0


async def labels_in_use(session: AsyncSession, account: Account) -> list[str]:
    """Give the labels of the handoffs that this account may see."""
    names = (
        select(HandoffTerm.term)
        .where(HandoffTerm.term >= "#", HandoffTerm.term < "$")
        .distinct()
        .limit(LONGEST_LIST)
        .subquery()
    )
    is_seen = exists().where(
        HandoffTerm.term == names.c.term,
        HandoffTerm.handoff_id == HandoffRow.id,
        visible_to(account),
    )
    rows = await session.scalars(select(names.c.term).where(is_seen).order_by(names.c.term))
    return [term[1:] for term in rows]


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


async def attempts_of(
    session: AsyncSession, deliveries: list[OutboxRow]
) -> dict[str, list[DeliveryAttempt]]:
    """Give the tries of each delivery, oldest first."""
    found: dict[str, list[DeliveryAttempt]] = {due.id: [] for due in deliveries}
    rows = await session.scalars(
        select(DeliveryAttempt)
        .where(DeliveryAttempt.outbox_id.in_(list(found)))
        .order_by(DeliveryAttempt.id)
    )
    for row in rows:
        found[row.outbox_id].append(row)
    return found


async def account_names(session: AsyncSession, ids: Iterable[str | None]) -> dict[str, str]:
    """Give the names of accounts by their id."""
    wanted = {one for one in ids if one}
    rows = await session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {key: name for key, name in rows}
