"""How each partner of the catalogue is reached: address, keys, switches, and a delivery to try it."""

import re
import secrets
import uuid
from typing import Any

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.audit import audit
from bot.console.state import Console, must_be, opened, page, see_other
from bot.errors import DeliveryError
from bot.handoff.ports import Delivery
from bot.storage.handoff_tables import OutboxRow, PartnerSetting

_ADDRESS = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,120}")

routes = web.RouteTableDef()


@routes.get("/beheer/partners")
async def show(request: web.Request) -> web.Response:
    """List the partners of the catalogue with how they are reached."""
    must_be(request, "admin")
    async with opened(request) as (console, session, _):
        known = {item.partner_id: item for item in await session.scalars(select(PartnerSetting))}
        waiting = {
            partner_id: number
            for partner_id, number in await session.execute(
                select(OutboxRow.partner_id, func.count())
                .where(OutboxRow.state == "pending")
                .group_by(OutboxRow.partner_id)
            )
        }
        partners = sorted(console.catalogue.partners.values(), key=lambda item: item.name)
        rows = [(item, known.get(item.id), waiting.get(item.id, 0)) for item in partners]
        rows.sort(key=lambda row: not (row[1] and (row[1].endpoint or row[1].email)))
    return page(request, "partners.html", {"partners": rows, "moment": console.clock()})


@routes.get("/beheer/partners/{partner}")
async def show_one(request: web.Request) -> web.Response:
    """Show one partner."""
    must_be(request, "admin")
    async with opened(request) as (console, session, _):
        row = await _setting(session, console, request.match_info["partner"])
        return _page(request, console, row, {})


async def _setting(session: AsyncSession, console: Console, partner_id: str) -> PartnerSetting:
    """Give how a partner is reached; an empty setting when nothing was set."""
    if partner_id not in console.catalogue.partners:
        raise web.HTTPNotFound
    row = await session.get(PartnerSetting, partner_id)
    return row or PartnerSetting(
        partner_id=partner_id, paused=False, needs_approval=False, failures=0
    )


def _page(
    request: web.Request,
    console: Console,
    row: PartnerSetting,
    context: dict[str, Any],
    status: int = 200,
) -> web.Response:
    partner = console.catalogue.partners[row.partner_id]
    form = {"endpoint": row.endpoint or "", "email": row.email or ""}
    common = {"partner": partner, "setting": row, "form": form, "errors": {}, "made": None}
    common |= {"moment": console.clock(), "tried": None}
    return page(request, "partner.html", common | context, status=status)


@routes.post("/beheer/partners/{partner}")
async def change(request: web.Request) -> web.Response:
    """Set a partner's address and switches; a wrong address is said at its field."""
    must_be(request, "admin")
    given, partner_id = await request.post(), request.match_info["partner"]
    async with opened(request) as (console, session, admin):
        row = await _setting(session, console, partner_id)
        form = {
            "endpoint": str(given.get("endpoint", "")).strip()[:500],
            "email": str(given.get("email", "")).strip()[:200],
        }
        row.paused = given.get("paused") == "on"
        row.needs_approval = given.get("needs_approval") == "on"
        if errors := _mistakes(console, form):
            answer = _page(request, console, row, {"form": form, "errors": errors}, status=422)
            await session.rollback()
            return answer
        row.endpoint, row.email = form["endpoint"] or None, form["email"] or None
        made = None
        if row.endpoint and not row.key:
            made = row.key = secrets.token_urlsafe(32)
        session.add(row)
        audit(session, console.clock(), admin, "partner_save", {"partner": partner_id})
        if made:
            return _page(request, console, row, {"made": made})
    return see_other(f"/console/beheer/partners/{partner_id}", "saved")


def _mistakes(console: Console, form: dict[str, str]) -> dict[str, str]:
    errors = {}
    if form["endpoint"]:
        try:
            console.door.check(form["endpoint"])
        except DeliveryError as error:
            errors["endpoint"] = "inside" if "inside" in str(error) else "endpoint"
    if form["email"] and not _ADDRESS.fullmatch(form["email"]):
        errors["email"] = "email"
    return errors


@routes.post("/beheer/partners/{partner}/sleutel")
async def rotate(request: web.Request) -> web.Response:
    """Make a second key beside the first, or end the first; a new key is shown once."""
    must_be(request, "admin")
    given, partner_id = await request.post(), request.match_info["partner"]
    async with opened(request) as (console, session, admin):
        row = await _setting(session, console, partner_id)
        made = None
        if given.get("action") == "new" and not row.next_key:
            made = secrets.token_urlsafe(32)
            if row.key:
                row.next_key = made
            else:
                row.key = made
        elif given.get("action") == "only_new" and row.next_key:
            row.key, row.next_key = row.next_key, None
        session.add(row)
        audit(session, console.clock(), admin, "partner_key", {"partner": partner_id})
        if made:
            return _page(request, console, row, {"made": made})
    return see_other(f"/console/beheer/partners/{partner_id}", "saved")


@routes.post("/beheer/partners/{partner}/proef")
async def try_out(request: web.Request) -> web.Response:
    """Send a delivery that is marked as a test, now, and say what came of it."""
    must_be(request, "admin")
    partner_id = request.match_info["partner"]
    async with opened(request) as (console, session, admin):
        row = await _setting(session, console, partner_id)
        delivery = _test_delivery(console, row)
        audit(session, console.clock(), admin, "partner_test", {"partner": partner_id})
    # After the commit: a slow partner must not hold the database.
    try:
        receipt = await console.door.send(delivery)
        tried = {"works": True, "detail": str(receipt.status_code or "")}
    except DeliveryError as error:
        tried = {"works": False, "detail": str(error)}
    return _page(request, console, row, {"tried": tried})


def _test_delivery(console: Console, row: PartnerSetting) -> Delivery:
    now = console.clock()
    return Delivery(
        id=f"test-{uuid.uuid4()}",
        kind="test",
        partner_id=row.partner_id,
        tries=1,
        created_at=now,
        body={"version": "1", "type": "test", "at": now.isoformat()},
        endpoint=row.endpoint,
        email=row.email,
        keys=tuple(key for key in (row.key, row.next_key) if key),
    )
