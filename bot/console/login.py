"""The login page."""

from aiohttp import web

from bot.console import auth
from bot.console.state import CONSOLE, COOKIE, page, see_other

TRIES_A_MINUTE = 10

routes = web.RouteTableDef()


@routes.get("/inloggen")
async def show(request: web.Request) -> web.Response:
    """Show the form."""
    return page(request, "login.html", {})


@routes.post("/inloggen")
async def log_in(request: web.Request) -> web.Response:
    """Check name, password and code; the session gets a new id."""
    console = request.app[CONSOLE]
    if console.wait_for(f"login:{request.remote}", TRIES_A_MINUTE):
        return page(request, "login.html", {"code": "too_many"}, status=429)
    form = await request.post()
    email, password, code = (
        str(form.get(name, ""))[:200] for name in ("email", "password", "code")
    )
    async with console.database.transaction() as session:
        await auth.log_out(session, request.cookies.get(COOKIE, ""))
        value = await auth.log_in(session, email, password, code, console.clock())
    if value is None:
        return page(request, "login.html", {"code": "wrong", "email": email}, status=401)
    response = see_other("/console/inbox")
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
    response = see_other("/console/inloggen")
    response.del_cookie(COOKIE, path="/console")
    return response
