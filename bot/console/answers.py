"""Fixed answers, made and changed by a coordinator; and the switches of the whole service."""

import re
from typing import Any

from aiohttp import web
from sqlalchemy import select

from bot.console.audit import audit
from bot.console.state import must_be, opened, page, see_other
from bot.storage import switches
from bot.storage.console_tables import CannedAnswer, Switch

MAX_TITLE = 80
MAX_TEXT = 4000
MAX_BANNER = 300
VARIABLES = ("naam", "nummer", "adviseur")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
ADDRESS = "/console/beheer/antwoorden"

routes = web.RouteTableDef()


@routes.get("/beheer/antwoorden")
async def show(request: web.Request) -> web.Response:
    """List the fixed answers."""
    must_be(request, "coordinator", "admin")
    return await _page(request, {})


async def _page(request: web.Request, context: dict[str, Any], status: int = 200) -> web.Response:
    async with opened(request) as (_, session, _account):
        rows = (await session.scalars(select(CannedAnswer).order_by(CannedAnswer.title))).all()
    common: dict[str, Any] = {"rows": rows, "form": {}, "errors": {}, "changing": None}
    return page(request, "canned.html", common | context, status=status)


@routes.post("/beheer/antwoorden")
async def change(request: web.Request) -> web.Response:
    """Add, change or delete a fixed answer."""
    must_be(request, "coordinator", "admin")
    given = await request.post()
    form = {name: str(given.get(name, "")).strip() for name in ("title", "text", "id")}
    action = str(given.get("action", "add"))
    async with opened(request) as (console, session, admin):
        number = form["id"]
        row = await session.get(CannedAnswer, int(number)) if number.isdecimal() else None
        if row is None and action != "add":
            raise web.HTTPNotFound
        errors = {} if action == "delete" else _mistakes(form)
        if not errors:
            if action == "delete":
                await session.delete(row)
            elif row is not None:
                row.title, row.text = form["title"], form["text"]
            else:
                session.add(CannedAnswer(title=form["title"], text=form["text"]))
            audit(session, console.clock(), admin, f"canned_{action}", {"title": form["title"]})
    if errors:
        changing = int(form["id"]) if form["id"] else None
        context = {"form": form, "errors": errors, "changing": changing}
        return await _page(request, context, status=422)
    return see_other(ADDRESS, "saved" if action != "delete" else "deleted")


def _mistakes(form: dict[str, str]) -> dict[str, str]:
    errors = {}
    if not form["title"] or len(form["title"]) > MAX_TITLE:
        errors["title"] = "title"
    if not form["text"] or len(form["text"]) > MAX_TEXT:
        errors["text"] = "text"
    elif set(_VARIABLE.findall(form["text"])) - set(VARIABLES):
        errors["text"] = "variable"
    return errors


@routes.get("/beheer/schakelaars")
async def show_switches(request: web.Request) -> web.Response:
    """Show the switches."""
    must_be(request, "admin")
    async with opened(request) as (_, session, _account):
        known = {item.name: item.value for item in await session.scalars(select(Switch))}
    return page(request, "switches.html", {"switches": known})


@routes.post("/beheer/schakelaars")
async def change_switches(request: web.Request) -> web.Response:
    """Pause the bot, or set the banner."""
    must_be(request, "admin")
    form = await request.post()
    wanted = {
        switches.PAUSED: {"on": form.get("bot_paused") == "on"},
        switches.BANNER: {"text": str(form.get("banner", "")).strip()[:MAX_BANNER]},
    }
    async with opened(request) as (console, session, admin):
        for name, value in wanted.items():
            await session.merge(Switch(name=name, value=value))
        audit(session, console.clock(), admin, "switches", wanted)
    return see_other("/console/beheer/schakelaars", "saved")
