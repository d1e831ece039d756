"""What a counsellor sets for themselves: mails and keys."""

from aiohttp import web

from bot.console.state import opened, page, region_names, see_other

SETTINGS = ("wants_mail", "wants_digest", "shortcuts")

routes = web.RouteTableDef()


@routes.get("/mijn-account")
async def show(request: web.Request) -> web.Response:
    """Show the settings."""
    async with opened(request) as (console, _, _account):
        names = region_names(console)
    return page(request, "me.html", {"region_names": names})


@routes.post("/mijn-account")
async def change(request: web.Request) -> web.Response:
    """Keep the settings."""
    form = await request.post()
    async with opened(request) as (_, _session, account):
        for name in SETTINGS:
            setattr(account, name, form.get(name) == "on")
    return see_other("/console/mijn-account", "saved")
