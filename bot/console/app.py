"""Puts the console together, and lets in only who is logged in."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp_jinja2
import jinja2
from aiohttp import web
from sqlalchemy.orm.exc import StaleDataError

from bot.console import (
    accounts,
    answers,
    auth,
    claiming,
    correcting,
    delivering,
    inbox,
    login,
    me,
    partners,
    reports,
    request_page,
    sorting,
    talking,
)
from bot.console.state import (
    ACCOUNT,
    CONSOLE,
    COOKIE,
    IN_PLACE_OF_ALL,
    NEW,
    Console,
    Handler,
    is_poll,
    page,
    remember_done,
)
from bot.errors import HandoffNotFound, IllegalMove
from bot.storage import queries

HERE = Path(__file__).parent
OPEN_PATHS = ("/console/inloggen", "/console/static/")
HOME = ZoneInfo("Europe/Amsterdam")
MODULES = (
    login, inbox, request_page, claiming, talking, correcting, delivering, sorting,
    reports, accounts, partners, answers, me,
)  # fmt: skip


@web.middleware
async def login_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Send who is not logged in to the login page, and remember who is."""
    if request.path.startswith(OPEN_PATHS):
        return await handler(request)
    console = request.app[CONSOLE]
    async with console.database.transaction() as session:
        account = await auth.account_of(
            session, request.cookies.get(COOKIE, ""), console.clock(), touch=not is_poll(request)
        )
        if account is not None:
            today = console.clock().date()
            request[NEW] = await queries.new_count(session, account, today)
    if account is None:
        return await login.ask(request)
    request[ACCOUNT] = account
    response = await _answered(request, handler)
    remember_done(request, response)
    return response


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the answer, or a page that says why not."""
    try:
        return await handler(request)
    except (HandoffNotFound, web.HTTPNotFound):
        if is_poll(request):
            # Its page is open: what it shows is of somebody who erased it, and goes.
            response = page(request, "_gone.html", {}, status=404)
            response.headers.update(IN_PLACE_OF_ALL)
            return response
        return page(request, "message.html", {"code": "not_found"}, status=404)
    except (IllegalMove, StaleDataError):
        reference = request.match_info.get("reference")
        context = {"code": "illegal_move", "reference": reference}
        return page(request, "message.html", context, status=409)


def console_app(console: Console) -> web.Application:
    """Give the application that is mounted at /console."""
    app = web.Application(middlewares=[login_middleware])
    app[CONSOLE] = console
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["local"] = local_time
    environment.filters["ago"] = waiting_time
    environment.globals["now"] = console.clock
    for module in MODULES:
        app.add_routes(module.routes)
    app.router.add_static("/static/", HERE / "static")
    return app


def local_time(moment: object) -> str:
    """Give a moment as people in the Netherlands read it."""
    if not isinstance(moment, datetime):
        return str(moment or "")
    return moment.astimezone(HOME).strftime("%d-%m-%Y %H:%M")


def waiting_time(moment: datetime, now: datetime) -> tuple[int, str]:
    """Give how long ago a moment is, as a number and a unit: minutes, hours or days."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return minutes, "minutes"
    return (minutes // 60, "hours") if minutes < 48 * 60 else (minutes // (24 * 60), "days")
