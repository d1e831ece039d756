"""The inbox: who needs help, longest waiting first."""

from dataclasses import replace
from urllib.parse import urlencode

from aiohttp import web

from bot.console.state import CONSOLE, opened, page
from bot.storage import queries
from bot.storage.queries import PAGE_SIZE, TABS, InboxFilter

routes = web.RouteTableDef()


@routes.get("/")
@routes.get("")
async def home(request: web.Request) -> web.Response:
    """Go to the inbox."""
    raise web.HTTPSeeOther("/console/inbox")


def filter_of(request: web.Request) -> InboxFilter:
    """Read what to show from the address, so that it can be kept as a bookmark."""
    query = request.query
    number = query.get("pagina", "1")
    return InboxFilter(
        tab=query.get("tab", "nieuw") if query.get("tab") in TABS else "nieuw",
        region=query.get("regio", "")[:6],
        text=query.get("zoek", "").strip()[:60],
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1,
    )


def address(wanted: InboxFilter) -> str:
    """Give the address of this view of the inbox."""
    named = {
        "tab": wanted.tab,
        "regio": wanted.region,
        "zoek": wanted.text,
        "pagina": wanted.page if wanted.page > 1 else "",
    }
    return "/console/inbox?" + urlencode({key: value for key, value in named.items() if value})


@routes.get("/inbox")
async def show(request: web.Request) -> web.Response:
    """Show one tab of the inbox."""
    wanted = filter_of(request)
    async with opened(request) as (console, session, account):
        now = console.clock()
        rows = await queries.inbox(session, account, wanted, now.date())
        counts = await queries.tab_counts(session, account, wanted.region, now.date())
    context = {
        "rows": rows[:PAGE_SIZE],
        "counts": counts,
        "wanted": wanted,
        "tabs": [(tab, address(replace(wanted, tab=tab, page=1))) for tab in TABS],
        "regions": _regions(request, account.role, account.regions),
        "here": address(wanted),
        "earlier": address(replace(wanted, page=wanted.page - 1)) if wanted.page > 1 else None,
        "later": address(replace(wanted, page=wanted.page + 1)) if len(rows) > PAGE_SIZE else None,
        "catalogue": console.catalogue,
        "now": now,
    }
    return page(request, "inbox.html", context)


def _regions(request: web.Request, role: str, own: list[str]) -> list[tuple[str, str]]:
    regions = request.app[CONSOLE].catalogue.regions
    codes = sorted(regions) if role == "admin" else sorted(own)
    return [(code, regions[code].name if code in regions else code) for code in codes]
