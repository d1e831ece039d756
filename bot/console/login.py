"""The login page, to which comes who is not logged in, and from which they go back."""

import re
from urllib.parse import quote

from aiohttp import web

from bot.console import auth
from bot.console.state import CONSOLE, COOKIE, is_poll, page, see_other

TRIES_A_MINUTE = 10
LOGIN = "/console/inloggen"
HOME = "/console/inbox"
# An address of the console itself: a login must not send anyone to another site.
_LOCAL = re.compile(r"/console(/[\w-]+)*/?(\?[\w=&%.+-]*)?", re.ASCII)
_OF_REQUEST = re.compile(r"/console/aanvraag/[\w-]+", re.ASCII)

routes = web.RouteTableDef()


def _local(address: object) -> str:
    """Give an address of the console, or the inbox for any other."""
    return str(address) if _LOCAL.fullmatch(str(address)) else HOME


async def ask(request: web.Request) -> web.Response:
    """Answer who is not logged in; words that were on their way to a request are given back."""
    if is_poll(request):
        # The page's script knows whether words were typed, which then stay.
        return web.Response(status=401, headers={"HX-Reswap": "none"})
    back = request.path_qs
    if request.method == "POST":
        found = _OF_REQUEST.match(request.path)
        back = found[0] if found else HOME
        if found and (kept := str((await request.post()).get("text", "")).strip()):
            context = {"code": "ended", "next": back, "kept": kept}
            return page(request, "login.html", context, status=401)
    back = _local(back)
    known = back in (HOME, "/console", "/console/")
    return see_other(LOGIN if known else f"{LOGIN}?next={quote(back, safe='')}")


@routes.get("/inloggen")
async def show(request: web.Request) -> web.Response:
    """Show the form."""
    return page(request, "login.html", {"next": _local(request.query.get("next"))})


@routes.post("/inloggen")
async def log_in(request: web.Request) -> web.Response:
    """Check name, password and code; the session gets a new id."""
    console, form = request.app[CONSOLE], await request.post()
    back = _local(form.get("next"))
    if console.wait_for(f"login:{request.remote}", TRIES_A_MINUTE):
        return page(request, "login.html", {"code": "too_many", "next": back}, status=429)
    email, password, code = (
        str(form.get(name, ""))[:200] for name in ("email", "password", "code")
    )
    async with console.database.transaction() as session:
        await auth.log_out(session, request.cookies.get(COOKIE, ""))
        value = await auth.log_in(session, email, password, code, console.clock())
    if value is None:
        context = {"code": "wrong", "email": email, "next": back}
        return page(request, "login.html", context, status=401)
    response = see_other(back)
    response.set_cookie(
        COOKIE,
        value,
        path="/console",
        httponly=True,
        samesite="Lax",
        secure=console.secure_cookies,
        max_age=int(auth.ABSOLUTE.total_seconds()),
    )
    return response


@routes.post("/uitloggen")
async def log_out(request: web.Request) -> web.Response:
    """End the session."""
    async with request.app[CONSOLE].database.transaction() as session:
        await auth.log_out(session, request.cookies.get(COOKIE, ""))
    response = see_other(LOGIN)
    response.del_cookie(COOKIE, path="/console")
    return response
