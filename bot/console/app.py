"""Puts the console together, and lets in only who is logged in."""

from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.console import admin, auth, handoff_pages, inbox, login, reports
from bot.console.state import ACCOUNT, CONSOLE, COOKIE, Console, Handler, page
from bot.errors import HandoffNotFound, IllegalMove

HERE = Path(__file__).parent
OPEN_PATHS = ("/console/inloggen", "/console/static/")


@web.middleware
async def login_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Send who is not logged in to the login page, and remember who is."""
    if request.path.startswith(OPEN_PATHS):
        return await handler(request)
    console = request.app[CONSOLE]
    async with console.database.transaction() as session:
        account = await auth.account_of(session, request.cookies.get(COOKIE, ""), console.clock())
    if account is None:
        raise web.HTTPSeeOther("/console/inloggen")
    request[ACCOUNT] = account
    try:
        return await handler(request)
    except HandoffNotFound:
        return page(request, "message.html", {"code": "not_found"}, status=404)
    except IllegalMove:
        return page(request, "message.html", {"code": "illegal_move"}, status=409)


def console_app(console: Console) -> web.Application:
    """Give the application that is mounted at /console."""
    app = web.Application(middlewares=[login_middleware])
    app[CONSOLE] = console
    environment = aiohttp_jinja2.setup(
        app, loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True
    )
    environment.filters["local"] = local_time
    for module in (login, inbox, handoff_pages, reports, admin):
        app.add_routes(module.routes)
    app.router.add_static("/static/", HERE / "static")
    return app


def local_time(moment: object) -> str:
    """Give a moment as people in the Netherlands read it."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    if not isinstance(moment, datetime):
        return str(moment or "")
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%d-%m-%Y %H:%M")
