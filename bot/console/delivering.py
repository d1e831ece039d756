"""Sending a request to its partner: first exactly what goes out, then the yes, then every try."""

import hashlib
import json
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console import consent
from bot.console.request_page import EDITABLE, back, context_of, own
from bot.console.state import Console, opened, page
from bot.errors import IllegalMove
from bot.handoff.model import Move, Status
from bot.handoff.ports import Delivery
from bot.storage import handoffs, queries
from bot.storage.console_tables import Account
from bot.storage.handoff_tables import HandoffRow, OutboxRow, PartnerSetting
from bot.storage.shared import shared_payload

routes = web.RouteTableDef()


async def _delivery(
    session: AsyncSession, console: Console, row: HandoffRow, way: str
) -> Delivery:
    """Give the delivery as it would go out now. `way` is webhook or mail."""
    setting = await session.get(PartnerSetting, row.partner_id)
    by_mail = way == "mail" or not (setting and setting.endpoint)
    return Delivery(
        id="preview",
        kind="handoff",
        partner_id=row.partner_id,
        tries=0,
        created_at=console.clock(),
        body=await shared_payload(session, row),
        endpoint=None if by_mail or setting is None else setting.endpoint,
        email=setting.email if setting else None,
    )


def _stamp(text: str) -> str:
    """Give what tells whether a preview is still what would go out."""
    return hashlib.sha256(text.encode()).hexdigest()


async def _prepared(
    session: AsyncSession, console: Console, row: HandoffRow, way: str
) -> dict[str, Any]:
    """Give what goes out, to whom and how, with the new consent taken in when there is one."""
    given = await consent.renewed(session, console, row)
    if given and given.partner.id != row.partner_id:
        consent.take(row, given)
    delivery = await _delivery(session, console, row, way)
    has_address = bool(delivery.endpoint or delivery.email)
    text = console.door.preview(delivery) if has_address else json.dumps(delivery.body)
    is_mail = delivery.endpoint is None and has_address
    return {
        "renewed": given,
        "delivery": delivery,
        "shown": text if is_mail else _indented(text),
        "is_mail": is_mail,
        "host": urlsplit(delivery.endpoint or "").hostname,
        "has_address": has_address,
        "way": "mail" if is_mail else "webhook",
        "stamp": _stamp(f"{row.partner_id} {json.dumps(delivery.body, sort_keys=True)} {text}"),
    }


def _indented(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2)


@routes.get("/aanvraag/{reference}/goedkeuren")
async def preview(request: web.Request) -> web.Response:
    """Show exactly what goes out; a look changes nothing."""
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, request.match_info["reference"])
        own(row, account)
        context = await context_of(session, console, account, row)
        if Move.APPROVE not in context["may"] and Move.RETRY not in context["may"]:
            raise IllegalMove("nothing to send")
        way = request.query.get("weg", "webhook")
        prepared = await _prepared(session, console, row, way)
        partner = console.catalogue.partners.get(row.partner_id)
        answer = page(request, "approve.html", context | prepared | {"partner": partner})
        await session.rollback()
    return answer


@routes.post("/aanvraag/{reference}/goedkeuren")
async def approve(request: web.Request) -> web.Response:
    """Send what was shown, to the partner that the person agreed to."""
    reference, form = request.match_info["reference"], await request.post()
    way = "mail" if form.get("weg") == "mail" else "webhook"
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own(row, account)
        prepared = await _prepared(session, console, row, way)
        if form.get("stamp") != prepared["stamp"]:
            await session.rollback()
            context = {"code": "changed", "reference": reference}
            return page(request, "message.html", context, status=409)
        if given := prepared["renewed"]:
            detail = {"partner": row.partner_id, "seq": given.seq}
            handoffs.note(session, row.id, "person", "consent_given", console.clock(), detail)
        await _send(session, console, account, row, prepared["way"])
    return back(reference, "#leveringen", done="approved")


async def _send(
    session: AsyncSession, console: Console, account: Account, row: HandoffRow, way: str
) -> None:
    """Move the request and enqueue its delivery; once delivered to a partner it is not sent again."""
    now = console.clock()
    move = Move.RETRY if row.status == Status.FAILED else Move.APPROVE
    await handoffs.move(session, row, move, account.id, now)
    there = [
        item
        for item in await queries.deliveries_of(session, row.id)
        if item.partner_id == row.partner_id and item.kind == "handoff"
    ]
    if any(item.state == "sent" for item in there):
        await handoffs.move(session, row, Move.DELIVER, "system", now)
        return
    waiting = [item for item in there if item.state == "pending"]
    if waiting and way == "webhook":
        return
    _replace(there)
    due = handoffs.enqueue(session, row, row.partner_id, "handoff", now)
    if way == "mail":
        due.body = {**due.body, "by": "mail"}


def _replace(deliveries: list[OutboxRow]) -> None:
    """Let what did not go out be done with: it went, or goes, another way."""
    for due in deliveries:
        if due.state in ("pending", "dead"):
            due.state, due.last_error = "stopped", "replaced"


@routes.post("/aanvraag/{reference}/opnieuw")
async def retry(request: web.Request) -> web.Response:
    """Send again what stopped, or what waits for its next try; the same delivery, the same key."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own(row, account)
        now = console.clock()
        deliveries = await queries.deliveries_of(session, row.id)
        again = [due for due in deliveries if due.state == "dead"][-1:]
        for due in again:
            due.state, due.created_at, due.leased_until = "pending", now, None
        for due in deliveries:
            if due.state == "pending":
                due.next_try_at = now
        if row.status == Status.FAILED and again:
            await handoffs.move(session, row, Move.RETRY, account.id, now)
        else:
            handoffs.note(session, row.id, account.id, "retry", now)
    return back(reference, "#leveringen", done="retried")


@routes.post("/aanvraag/{reference}/met-de-hand")
async def by_hand(request: web.Request) -> web.Response:
    """Write down that a counsellor gave it to the partner, by telephone for one; stop sending."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own(row, account)
        now = console.clock()
        if row.status in EDITABLE:
            await handoffs.move(session, row, Move.APPROVE, account.id, now)
        await handoffs.move(session, row, Move.DELIVER, account.id, now)
        handoffs.note(session, row.id, account.id, "by_hand", now, {"partner": row.partner_id})
        partner = console.catalogue.partners.get(row.partner_id)
        if partner:
            words = console.labels["system"]["delivered"]
            await handoffs.tell_delivered(session, row, words, partner.name, now)
        there = await queries.deliveries_of(session, row.id)
        waiting = [due for due in there if due.kind == "handoff" and due.state == "pending"]
        # Also without a delivery there must be one: a withdrawal goes to who has the request.
        for due in waiting or [handoffs.enqueue(session, row, row.partner_id, "handoff", now)]:
            due.state, due.last_error, due.sent_at = "sent", "by_hand", now
            due.leased_until = None
        _replace([due for due in there if due.kind == "handoff"])
    await console.bell.ring(row.conversation_id)
    return back(reference, "#leveringen", done="by_hand")
