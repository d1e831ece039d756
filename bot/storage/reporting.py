"""The numbers of the reports, always within a coordinator's own regions."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.console_tables import Account
from bot.storage.handoff_tables import HandoffCount, HandoffRow
from bot.storage.queries import regions_of, visible_to
from bot.storage.tables import NotUnderstood

FIRST_ACTION = (
    ("within_hour", timedelta(hours=1)),
    ("within_day", timedelta(days=1)),
    ("within_3_days", timedelta(days=3)),
    ("within_week", timedelta(days=7)),
)
PARTS = ("week", "region", "route", "outcome", "first_action", "accepted")


@dataclass(frozen=True, slots=True)
class Report:
    """Numbers over a period: each part maps a value to how many handoffs have it.

    `purged`: how many of the total are only numbers, because the person's data is gone; they have
    no time of a first action. `not_understood`: number of messages by the intent that was guessed.
    """

    total: int
    purged: int
    parts: dict[str, dict[str, int]]
    median_hours: float | None
    not_understood: dict[str, int]


async def report(
    session: AsyncSession, account: Account, since: datetime, until: datetime
) -> Report:
    """Give the numbers of a period, `since <= made < until`."""
    counters: dict[str, Counter[str]] = {part: Counter() for part in PARTS}
    waits: list[timedelta] = []
    rows = await session.execute(
        select(
            HandoffRow.created_at,
            HandoffRow.region,
            HandoffRow.route,
            HandoffRow.outcome,
            HandoffRow.status,
            HandoffRow.first_action_at,
            HandoffRow.accepted,
        ).where(visible_to(account), HandoffRow.created_at >= since, HandoffRow.created_at < until)
    )
    for made, region, route, outcome, status, first, accepted in rows:
        counters["week"][week_of(made)] += 1
        counters["region"][region] += 1
        counters["route"][route or "-"] += 1
        counters["outcome"][outcome or status] += 1
        counters["accepted"][accepted or "unknown"] += 1
        counters["first_action"][_how_soon(made, first)] += 1
        if first is not None:
            waits.append(first - made)
    purged = await _purged(session, account, since, until, counters)
    return Report(
        total=counters["week"].total(),
        purged=purged,
        parts={part: _in_order(part, counter) for part, counter in counters.items()},
        median_hours=_median_hours(waits),
        not_understood=await _not_understood(session, account, since, until),
    )


def week_of(moment: datetime) -> str:
    """Give the ISO week of a moment (UTC), as HandoffCount writes it."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02d}"


def _how_soon(made: datetime, first: datetime | None) -> str:
    if first is None:
        return "not_yet"
    return next((name for name, limit in FIRST_ACTION if first - made <= limit), "later")


def _in_order(part: str, counter: Counter[str]) -> dict[str, int]:
    """Weeks and times in their own order, the rest with the largest first."""
    if part == "first_action":
        names = [*(name for name, _ in FIRST_ACTION), "later", "not_yet"]
        return {name: counter[name] for name in names if counter[name]}
    if part == "week":
        return dict(sorted(counter.items()))
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _median_hours(waits: list[timedelta]) -> float | None:
    if not waits:
        return None
    return round(sorted(waits)[len(waits) // 2].total_seconds() / 3600, 1)


async def _purged(
    session: AsyncSession,
    account: Account,
    since: datetime,
    until: datetime,
    counters: dict[str, Counter[str]],
) -> int:
    """Add the handoffs of which only a number is left; by whole weeks, for that is what is left."""
    rows = await session.execute(
        select(
            HandoffCount.week,
            HandoffCount.region,
            HandoffCount.route,
            HandoffCount.outcome,
            HandoffCount.number,
        ).where(
            regions_of(account, HandoffCount.region),
            HandoffCount.week >= week_of(since),
            HandoffCount.week <= week_of(until - timedelta(microseconds=1)),
        )
    )
    total = 0
    for week, region, route, outcome, number in rows:
        total += number
        values = {"week": week, "region": region, "route": route, "outcome": outcome}
        for part, value in values.items():
            counters[part][value] += number
        counters["accepted"]["unknown"] += number
    return total


async def _not_understood(
    session: AsyncSession, account: Account, since: datetime, until: datetime
) -> dict[str, int]:
    rows = await session.execute(
        select(NotUnderstood.guess, func.count())
        .where(
            regions_of(account, NotUnderstood.region),
            NotUnderstood.at >= since,
            NotUnderstood.at < until,
        )
        .group_by(NotUnderstood.guess)
    )
    return _in_order("guess", Counter({name or "-": count for name, count in rows}))
