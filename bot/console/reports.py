"""Reports: the same numbers as bars and as a table, and as CSV; catalogue freshness."""

import csv
import io
from datetime import UTC, datetime, timedelta

from aiohttp import web
from sqlalchemy import select

from bot.catalogue.check import stale
from bot.console.state import must_be, opened, page
from bot.storage import queries
from bot.storage.tables import NotUnderstood

WEEKS = 12
NOT_UNDERSTOOD_SHOWN = 100
# A spreadsheet runs what begins like this; a quote in front makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

routes = web.RouteTableDef()


def _period(request: web.Request, now: datetime) -> tuple[datetime, datetime]:
    def moment(name: str, otherwise: datetime) -> datetime:
        try:
            return datetime.fromisoformat(request.query.get(name, "")).replace(tzinfo=UTC)
        except ValueError:
            return otherwise

    return moment("van", now - timedelta(weeks=WEEKS)), moment("tot", now + timedelta(days=1))


@routes.get("/rapport")
async def show(request: web.Request) -> web.Response:
    """Show the report over a period."""
    must_be(request, "coordinator", "admin")
    async with opened(request) as (console, session, account):
        since, until = _period(request, console.clock())
        numbers = await queries.report(session, account, since, until)
        missed = await session.scalars(
            select(NotUnderstood).order_by(NotUnderstood.id.desc()).limit(NOT_UNDERSTOOD_SHOWN)
        )
        context = {
            "report": numbers,
            "since": since.date(),
            "until": until.date(),
            "missed": missed.all(),
            "stale": stale(console.catalogue, console.clock().date()),
            "catalogue": console.catalogue,
        }
    return page(request, "reports.html", context)


@routes.get("/rapport.csv")
async def as_csv(request: web.Request) -> web.Response:
    """Give the report as CSV."""
    must_be(request, "coordinator", "admin")
    async with opened(request) as (console, session, account):
        numbers = await queries.report(session, account, *_period(request, console.clock()))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["deel", "waarde", "aantal"])
    for part, values in numbers.parts.items():
        writer.writerows([part, safe_cell(value), number] for value, number in values.items())
    return web.Response(
        body=text.getvalue().encode("utf-8-sig"),
        content_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="zijstap-rapport.csv"'},
    )


def safe_cell(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


@routes.get("/niet-begrepen.yml")
async def not_understood(request: web.Request) -> web.Response:
    """Give what was not understood as Rasa training data, to be labelled by hand."""
    must_be(request, "coordinator", "admin")
    async with opened(request) as (_, session, _account):
        rows = await session.execute(select(NotUnderstood.text, NotUnderstood.guess).limit(5000))
    by_guess: dict[str, list[str]] = {}
    for text, guess in rows:
        by_guess.setdefault(guess or "nlu_fallback", []).append(" ".join(text.split()))
    lines = ['version: "3.1"', "nlu:"]
    for guess, texts in sorted(by_guess.items()):
        lines += [f"- intent: {guess}", "  examples: |", *(f"    - {text}" for text in texts)]
    return web.Response(text="\n".join(lines) + "\n", content_type="application/yaml")
