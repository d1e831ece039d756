"""Takes a partner's signed word on a request: acknowledged, or closed."""

from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.errors import IllegalMove
from bot.handoff.model import OUTCOMES, Move
from bot.handoff.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_valid
from bot.storage import handoffs
from bot.storage.database import Database, again_on_conflict
from bot.storage.handoff_tables import HandoffRow, OutboxRow, PartnerCallback, PartnerSetting
from connectors.web.api import optional_text, read_json, required_text
from connectors.web.problems import Problem
from connectors.web.state import LABELS

MOVES = {"acknowledged": Move.ACKNOWLEDGE, "closed": Move.CLOSE}

routes = web.RouteTableDef()
DATABASE = web.AppKey("partner_database", Database)
CLOCK: web.AppKey[Clock] = web.AppKey("partner_clock")


@routes.post("/partners/{partner}/status", name="partner_status")
async def partner_status(request: web.Request) -> web.Response:
    """Move the handoff as the partner says; a replay is refused with 409."""
    await request.read()
    # A counsellor may move the same handoff at this moment: then look again.
    return await again_on_conflict(lambda: _take(request))


async def _take(request: web.Request) -> web.Response:
    partner_id, now = request.match_info["partner"], request.app[CLOCK]()
    async with request.app[DATABASE].transaction() as session:
        partner = await session.get(PartnerSetting, partner_id)
        keys = [key for key in (partner.key, partner.next_key) if key] if partner else []
        timestamp = request.headers.get(TIMESTAMP_HEADER, "")
        given = request.headers.get(SIGNATURE_HEADER, "")
        if not is_valid(keys, timestamp, given, await request.read(), now.timestamp()):
            raise Problem(401, "bad_signature")
        data = await read_json(request)
        callback_id = required_text(data, "id", 80)
        if await session.get(PartnerCallback, (partner_id, callback_id)):
            raise Problem(409, "replay")
        session.add(PartnerCallback(partner_id=partner_id, callback_id=callback_id, at=now))
        row = await _handoff_of(session, partner_id, data)
        told = request.config_dict[LABELS]["ended"]
        await _move(session, row, data, f"partner:{partner_id}", now, told)
        status = row.status
    return web.json_response({"reference": row.reference, "status": status})


async def _move(
    session: AsyncSession,
    row: HandoffRow,
    data: dict[str, Any],
    actor: str,
    now: datetime,
    told: dict[str, Any],
) -> None:
    move = MOVES.get(required_text(data, "status", 30))
    outcome = optional_text(data, "outcome", 30)
    if move is None or outcome not in (None, *OUTCOMES):
        raise Problem(400, "bad_field")
    try:
        if move is Move.CLOSE:
            await handoffs.close(session, row, outcome, actor, now)
            await handoffs.tell_end(session, row, now, told)
        else:
            await handoffs.move(session, row, move, actor, now)
    except IllegalMove:
        raise Problem(409, "illegal_move") from None


async def _handoff_of(session: AsyncSession, partner_id: str, data: dict[str, Any]) -> HandoffRow:
    """Give the handoff, only when it was sent to this partner."""
    reference = required_text(data, "reference", 12)
    row: HandoffRow | None = await session.scalar(
        select(HandoffRow)
        .join(OutboxRow, OutboxRow.handoff_id == HandoffRow.id)
        .where(
            HandoffRow.reference == reference,
            OutboxRow.partner_id == partner_id,
            OutboxRow.kind == "handoff",
        )
        .limit(1)
    )
    if row is None:
        raise Problem(404, "not_yours")
    return row
