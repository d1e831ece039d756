"""The inbox: who needs help, longest waiting first.

Tab, region, priority, label and page stand in the address. Words to search by do not: they may be
a person's name, and addresses end up in histories and logs.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.console.state import NEW, opened, page, region_names, regions_for
from bot.storage import queries
from bot.storage.queries import PAGE_SIZE, PRIORITIES, TABS, InboxFilter

routes = web.RouteTableDef()


@routes.get("/")
@routes.get("")
async def home(request: web.Request) -> web.Response:
    """Go to the inbox."""
    raise web.HTTPSeeOther("/console/inbox")


def filter_of(given: Any) -> InboxFilter:
    """Read what to show from an address or a form."""

    def one_of(name: str, known: tuple[str, ...], otherwise: str) -> str:
        value = str(given.get(name, ""))
        return value if value in known else otherwise

    number = str(given.get("pagina", "1"))
    return InboxFilter(
        tab=one_of("tab", TABS, "nieuw"),
        region=str(given.get("regio", ""))[:6],
        priority=one_of("prioriteit", PRIORITIES, ""),
        label=str(given.get("label", ""))[:30],
        text=str(given.get("zoek", "")).strip()[:60],
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1,
    )


def address(wanted: InboxFilter) -> str:
    """Give the address of this view of the inbox, without the words searched by."""
    named = {
        "tab": wanted.tab,
        "regio": wanted.region,
        "prioriteit": wanted.priority,
        "label": wanted.label,
        "pagina": wanted.page if wanted.page > 1 else "",
    }
    return "/console/inbox?" + urlencode({key: value for key, value in named.items() if value})


@routes.get("/inbox")
async def show(request: web.Request) -> web.Response:
    """Show one tab of the inbox."""
    return await _inbox(request, filter_of(request.query))


@routes.post("/inbox")
async def search(request: web.Request) -> web.Response:
    """Show what a search finds; it changes nothing."""
    return await _inbox(request, filter_of(await request.post()))


async def _inbox(request: web.Request, wanted: InboxFilter) -> web.Response:
    async with opened(request) as (console, session, account):
        now = console.clock()
        rows = await queries.inbox(session, account, wanted, now.date())
        counts = await queries.tab_counts(session, account, wanted.region, now.date())
        urgent = await queries.urgent(session, account)
        labels = await queries.labels_in_use(session, account)
        owners = await queries.account_names(session, {row.owner_id for row in rows})
    context = {
        "rows": rows[:PAGE_SIZE],
        "urgent": urgent,
        "counts": counts,
        "wanted": wanted,
        "tabs": [(tab, address(replace(wanted, tab=tab, page=1))) for tab in TABS],
        "regions": regions_for(request),
        "region_names": region_names(console),
        "priorities": PRIORITIES,
        "labels_in_use": labels,
        "owners": owners,
        "here": address(wanted),
        "without": address(InboxFilter(tab=wanted.tab)),
        "earlier": address(replace(wanted, page=wanted.page - 1)) if wanted.page > 1 else None,
        "later": address(replace(wanted, page=wanted.page + 1)) if len(rows) > PAGE_SIZE else None,
        "moment": now,
    }
    return page(request, "inbox.html", context)


@routes.get("/teller")
async def counter(request: web.Request) -> web.Response:
    """Give how many are new, for the page that keeps its title right."""
    return page(request, "_counter.html", {"new": request[NEW]})
