"""Reports: the same numbers as bars, as a table and as CSV; what was not understood; what is old."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.catalogue.check import stale
from bot.console.state import Console, must_be, opened, page, region_names
from bot.storage import queries, reporting
from bot.storage.console_tables import Account
from bot.storage.reporting import Report
from bot.storage.tables import NotUnderstood
from nlu.cleaning import clean

WEEKS = 12
NOT_UNDERSTOOD_SHOWN = 100
NOT_UNDERSTOOD_EXPORTED = 5000
UNKNOWN = "nlu_fallback"
# A spreadsheet runs what begins like this; a quote in front makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

routes = web.RouteTableDef()


def _period(request: web.Request, now: datetime) -> tuple[datetime, datetime]:
    """Give the first moment and the moment after the last day; twelve weeks when not asked."""

    def day(name: str, otherwise: datetime) -> datetime:
        try:
            return datetime.fromisoformat(request.query.get(name, "")[:10]).replace(tzinfo=UTC)
        except ValueError:
            return otherwise.replace(hour=0, minute=0, second=0, microsecond=0)

    since, last = day("van", now - timedelta(weeks=WEEKS)), day("tot", now)
    return min(since, last), max(since, last) + timedelta(days=1)


def named(console: Console, report: Report) -> dict[str, list[tuple[str, int]]]:
    """Give the parts of a report with the names that people know."""
    labels, regions = console.labels, region_names(console)
    words: dict[str, Any] = {
        "region": regions,
        "route": {key: item.name for key, item in console.catalogue.routes.items()}
        | {"-": labels["report"]["no_route"]},
        "outcome": labels["console_status"] | labels["outcome"],
        "first_action": labels["first_action"],
        "accepted": labels["accepted"],
    }
    return {
        part: [(str(words.get(part, {}).get(value, value)), number) for value, number in
               values.items()]
        for part, values in report.parts.items()
    }  # fmt: skip


def guesses(console: Console, report: Report) -> list[tuple[str, int]]:
    """Give how often each meaning was guessed at, in the words of the chat's buttons."""
    words = console.labels["meaning"]
    return [(str(words.get(name, name)), number) for name, number in report.not_understood.items()]


async def _missed(session: AsyncSession, account: Account, limit: int) -> list[NotUnderstood]:
    rows = await session.scalars(
        select(NotUnderstood)
        .where(queries.regions_of(account, NotUnderstood.region))
        .order_by(NotUnderstood.id.desc())
        .limit(limit)
    )
    return list(rows)


@routes.get("/rapport")
async def show(request: web.Request) -> web.Response:
    """Show the report over a period."""
    must_be(request, "coordinator", "admin")
    async with opened(request) as (console, session, account):
        since, until = _period(request, console.clock())
        numbers = await reporting.report(session, account, since, until)
        context = {
            "report": numbers,
            "parts": named(console, numbers),
            "guesses": guesses(console, numbers),
            "since": since.date(),
            "until": (until - timedelta(days=1)).date(),
            "missed": await _missed(session, account, NOT_UNDERSTOOD_SHOWN),
            "stale": stale(console.catalogue, console.clock().date()),
        }
    return page(request, "reports.html", context)


@routes.get("/rapport.csv")
async def as_csv(request: web.Request) -> web.Response:
    """Give all numbers of the report as CSV."""
    must_be(request, "coordinator", "admin")
    async with opened(request) as (console, session, account):
        numbers = await reporting.report(session, account, *_period(request, console.clock()))
        lines = stale(console.catalogue, console.clock().date())
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(console.labels["report"]["columns"])
    for row in _lines(console, numbers, lines):
        writer.writerow([safe_cell(str(cell)) for cell in row])
    return web.Response(
        body=text.getvalue().encode("utf-8-sig"),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="zijstap-rapport.csv"'},
    )


def _lines(
    console: Console, numbers: Report, old: list[str]
) -> Iterator[tuple[str, str, int | float]]:
    words = console.labels["report"]
    yield words["total"], "", numbers.total
    yield words["purged"], "", numbers.purged
    if numbers.median_hours is not None:
        yield words["median_hours"], "", numbers.median_hours
    for part, values in named(console, numbers).items():
        for name, number in values:
            yield words[part], name, number
    for guess, number in guesses(console, numbers):
        yield words["not_understood"], guess, number
    yield words["stale"], "", len(old)
    for line in old:
        yield words["stale"], line, 1


def safe_cell(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


@routes.get("/niet-begrepen.yml")
async def not_understood(request: web.Request) -> web.Response:
    """Give what was not understood as Rasa training data, to be labelled by hand."""
    must_be(request, "coordinator", "admin")
    async with opened(request) as (_, session, account):
        rows = await _missed(session, account, NOT_UNDERSTOOD_EXPORTED)
    text = training_data((row.text, row.guess) for row in rows)
    return web.Response(text=text, content_type="application/yaml")


def training_data(missed: Iterable[tuple[str, str | None]]) -> str:
    """Give texts with the model's guess at their intent as Rasa training data, to be labelled."""
    by_guess: dict[str, list[str]] = {}
    for text, guess in missed:
        # Square and curly brackets are marks of entities to Rasa.
        if plain := clean(text).translate(str.maketrans("[]{}", "()()")):
            by_guess.setdefault(guess or UNKNOWN, []).append(plain)
    lines = ['version: "3.1"', "nlu:"]
    for guess, texts in sorted(by_guess.items()):
        examples = (f"    - {text}" for text in dict.fromkeys(texts))
        lines += [f"- intent: {guess}", "  examples: |", *examples]
    return "\n".join(lines) + "\n"
