"""Who may log in: an admin adds accounts, changes them, and shuts them out."""

from typing import Any

from aiohttp import web
from multidict import MultiMapping
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console import auth
from bot.console.audit import audit
from bot.console.state import Console, must_be, opened, page, region_names
from bot.storage.console_tables import Account

routes = web.RouteTableDef()


@routes.get("/beheer/accounts")
async def show(request: web.Request) -> web.Response:
    """List the accounts."""
    must_be(request, "admin")
    return await _page(request, {})


async def _page(request: web.Request, context: dict[str, Any], status: int = 200) -> web.Response:
    async with opened(request) as (console, session, _):
        rows = (await session.scalars(select(Account).order_by(Account.email))).all()
        regions = sorted(region_names(console).items(), key=lambda item: item[1])
        common = {
            "accounts": rows,
            "roles": auth.ROLES,
            "regions": regions,
            "region_names": dict(regions),
            "form": {"role": "counsellor", "regions": []},
            "errors": {},
            "made": None,
        }
    return page(request, "accounts.html", common | context, status=status)


@routes.post("/beheer/accounts")
async def change(request: web.Request) -> web.Response:
    """Add, change, reset, disable or enable an account; new secrets are shown once."""
    must_be(request, "admin")
    given = await request.post()
    action = str(given.get("action", ""))
    context: dict[str, Any] = {}
    async with opened(request) as (console, session, admin):
        email = str(given.get("email", "")).strip().lower()[:200]
        row = await auth.account_at(session, email)
        if action == "add":
            context = _add(session, console, given, row)
        elif row is None:
            context = {"errors": {"email": "no_account"}}
        else:
            context = await _change(session, console, admin, row, given)
        if not context.get("errors"):
            audit(session, console.clock(), admin, f"account_{action}", {"email": email})
    return await _page(request, context, status=422 if context.get("errors") else 200)


def _typed(console: Console, given: MultiMapping[Any]) -> dict[str, Any]:
    known = region_names(console)
    return {
        "email": str(given.get("email", "")).strip().lower()[:200],
        "name": " ".join(str(given.get("name", "")).split())[:80],
        "role": str(given.get("role", "")),
        "regions": [str(code) for code in given.getall("regions", []) if code in known],
    }


def _mistakes(form: dict[str, Any]) -> dict[str, str]:
    errors = {}
    if not form["name"]:
        errors["name"] = "name"
    if form["role"] not in auth.ROLES:
        errors["role"] = "role"
    if form["role"] != "admin" and not form["regions"]:
        errors["regions"] = "regions"
    return errors


def _add(
    session: AsyncSession, console: Console, given: MultiMapping[Any], known: Account | None
) -> dict[str, Any]:
    form = _typed(console, given)
    errors = {}
    if not auth.is_address(form["email"]):
        errors["email"] = "email"
    elif known is not None:
        errors["email"] = "account_exists"
    errors |= _mistakes(form)
    if errors:
        return {"form": form, "errors": errors}
    made = auth.make_account(
        session,
        email=form["email"],
        name=form["name"],
        role=form["role"],
        regions=tuple(form["regions"]),
        now=console.clock(),
    )
    return {"made": made}


async def _change(
    session: AsyncSession,
    console: Console,
    admin: Account,
    row: Account,
    given: MultiMapping[Any],
) -> dict[str, Any]:
    """Do what was asked; an admin cannot shut themselves out or give up the role."""
    action = str(given.get("action"))
    if action == "reset":
        made = auth.reset_account(row)
        await auth.end_sessions(session, row.id)
        return {"made": made}
    if row.id == admin.id:
        return {"errors": {"account": "own_account"}}
    if action in ("disable", "enable"):
        row.disabled = action == "disable"
        await auth.end_sessions(session, row.id)
        return {"said": action}
    if action != "change":
        return {"errors": {"account": "no_action"}}
    form = _typed(console, given)
    if errors := _mistakes(form):
        return {"changing": form, "errors": {f"{row.id}-{key}": errors[key] for key in errors}}
    row.name, row.role, row.regions = form["name"], form["role"], form["regions"]
    await auth.end_sessions(session, row.id)
    return {"said": "change"}
