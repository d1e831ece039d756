"""What an admin does: accounts, partners, canned answers and switches. Every change is written
down in the audit table."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy import select

from bot.console import auth
from bot.console.state import must_be, opened, page, see_other
from bot.storage import switches
from bot.storage.console_tables import Account, AuditEntry, CannedAnswer, Switch
from bot.storage.handoff_tables import PartnerSetting

routes = web.RouteTableDef()


@routes.get("/beheer/accounts")
async def accounts(request: web.Request) -> web.Response:
    """List the accounts."""
    must_be(request, "admin")
    return await _accounts_page(request, None)


async def _accounts_page(request: web.Request, made: auth.NewAccount | None) -> web.Response:
    async with opened(request) as (console, session, _):
        rows = (await session.scalars(select(Account).order_by(Account.email))).all()
        context: dict[str, Any] = {
            "accounts": rows,
            "made": made,
            "roles": auth.ROLES,
            "regions": sorted(console.catalogue.regions.values(), key=lambda item: item.name),
        }
    return page(request, "accounts.html", context)


@routes.post("/beheer/accounts")
async def change_account(request: web.Request) -> web.Response:
    """Add, reset, disable or enable an account; a new password is shown once."""
    must_be(request, "admin")
    form = await request.post()
    email, action = str(form.get("email", "")).strip().lower()[:200], str(form.get("action"))
    made = None
    async with opened(request) as (console, session, admin):
        row = await session.scalar(select(Account).where(Account.email == email))
        if action == "add" and row is None and "@" in email:
            regions = tuple(str(code) for code in form.getall("regions", []))
            role = str(form.get("role"))
            made = auth.make_account(
                session,
                email=email,
                name=str(form.get("name", ""))[:80],
                role=role if role in auth.ROLES else "counsellor",
                regions=tuple(code for code in regions if code in console.catalogue.regions),
                now=console.clock(),
            )
        elif row is not None and action == "reset":
            made = auth.reset_account(row)
            await auth.end_sessions(session, row.id)
        elif row is not None and action in ("disable", "enable") and row.id != admin.id:
            row.disabled = action == "disable"
            await auth.end_sessions(session, row.id)
        _audit(session, console.clock(), admin, f"account_{action}"[:40], {"email": email})
    return await _accounts_page(request, made)


def _audit(session: Any, now: Any, admin: Account, what: str, detail: dict[str, Any]) -> None:
    session.add(AuditEntry(at=now, actor=admin.id, what=what, detail=detail))


@routes.get("/beheer/partners")
async def partners(request: web.Request) -> web.Response:
    """List the partners of the catalogue with how they are reached."""
    must_be(request, "admin")
    async with opened(request) as (console, session, _):
        known = {item.partner_id: item for item in await session.scalars(select(PartnerSetting))}
        rows = [(item, known.get(item.id)) for item in console.catalogue.partners.values()]
    return page(request, "partners.html", {"partners": rows})


@routes.post("/beheer/partners/{partner}")
async def change_partner(request: web.Request) -> web.Response:
    """Set a partner's address and switches; make a key, or rotate to the next one."""
    must_be(request, "admin")
    form, partner_id = await request.post(), request.match_info["partner"]
    async with opened(request) as (console, session, admin):
        if partner_id not in console.catalogue.partners:
            raise web.HTTPNotFound
        row = await session.get(PartnerSetting, partner_id)
        if row is None:
            row = PartnerSetting(partner_id=partner_id)
            session.add(row)
        action = str(form.get("action", "save"))
        if action == "new_key":
            row.next_key = secrets.token_urlsafe(32)
            row.key = row.key or row.next_key
        elif action == "use_next_key" and row.next_key:
            row.key, row.next_key = row.next_key, None
        else:
            endpoint = str(form.get("endpoint", "")).strip()[:500]
            row.endpoint = endpoint if urlsplit(endpoint).scheme in ("https", "http") else None
            row.email = str(form.get("email", "")).strip()[:200] or None
            row.paused = form.get("paused") == "on"
            row.needs_approval = form.get("needs_approval") == "on"
            row.key = row.key or secrets.token_urlsafe(32)
        _audit(session, console.clock(), admin, f"partner_{action}"[:40], {"partner": partner_id})
    return see_other("/console/beheer/partners")


@routes.get("/beheer/antwoorden")
async def canned(request: web.Request) -> web.Response:
    """List the canned answers and the switches."""
    must_be(request, "coordinator", "admin")
    async with opened(request) as (_, session, _account):
        rows = (await session.scalars(select(CannedAnswer).order_by(CannedAnswer.title))).all()
        known = {item.name: item.value for item in await session.scalars(select(Switch))}
    return page(request, "canned.html", {"rows": rows, "switches": known})


@routes.post("/beheer/antwoorden")
async def change_canned(request: web.Request) -> web.Response:
    """Add or delete a canned answer."""
    must_be(request, "coordinator", "admin")
    form = await request.post()
    async with opened(request) as (console, session, admin):
        number = str(form.get("id", ""))
        row = await session.get(CannedAnswer, int(number)) if number.isdecimal() else None
        title, text = (str(form.get(name, "")).strip() for name in ("title", "text"))
        if row is not None:
            await session.delete(row)
        elif title and text:
            session.add(CannedAnswer(title=title[:80], text=text[:4000]))
        _audit(session, console.clock(), admin, "canned_answer", {"title": title[:80]})
    return see_other("/console/beheer/antwoorden")


@routes.post("/beheer/schakelaars")
async def change_switches(request: web.Request) -> web.Response:
    """Pause the bot, or set the banner."""
    must_be(request, "admin")
    form = await request.post()
    wanted = {
        switches.PAUSED: {"on": form.get("bot_paused") == "on"},
        switches.BANNER: {"text": str(form.get("banner", "")).strip()[:300]},
    }
    async with opened(request) as (console, session, admin):
        for name, value in wanted.items():
            await session.merge(Switch(name=name, value=value))
        _audit(session, console.clock(), admin, "switches", wanted)
    return see_other("/console/beheer/antwoorden")
