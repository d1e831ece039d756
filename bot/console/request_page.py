"""One request on one page: who it is about, what was advised and agreed, what was done with it."""

from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console import consent
from bot.console.profile_words import profile_rows
from bot.console.state import IN_PLACE_OF_ALL, Console, opened, page, region_names, see_other
from bot.errors import IllegalMove
from bot.handoff.model import DECLINED, DISTRESS, MOVES, OPEN, OUTCOMES, Status
from bot.privacy.retention import CONVERSATION
from bot.storage import conversations, handoffs, queries
from bot.storage.console_tables import Account, CannedAnswer
from bot.storage.handoff_tables import URGENT, HandoffEvent, HandoffRow, Note
from bot.storage.shared import readable
from bot.storage.tables import Conversation

OPENED_AGAIN = timedelta(minutes=10)
EDITABLE = (Status.CLAIMED, Status.RETURNED)
"""The statuses in which a counsellor works on the request itself: nothing was approved yet."""

routes = web.RouteTableDef()


@routes.get("/aanvraag/{reference}")
async def show(request: web.Request) -> web.Response:
    """Show one request; that it was opened is written down."""
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, request.match_info["reference"])
        await _note_opened(session, row, account, console.clock())
        await session.flush()
        context = await context_of(session, console, account, row)
    if row.status == Status.WITHDRAWN:
        return page(request, "withdrawn.html", context)
    # The conversation stays within the page that was sent: words typed meanwhile are not lost.
    return page(request, "request.html", context | {"answer": request.query.get("antwoord", "")})


@routes.get("/aanvraag/{reference}/gesprek")
async def transcript(request: web.Request) -> web.Response:
    """Give what can change while the page is open: the conversation, the status and the wait."""
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, request.match_info["reference"])
        withdrawn = row.status == Status.WITHDRAWN
        shown = context_of if withdrawn else _live
        context = await shown(session, console, account, row)
    if withdrawn:
        # Profile, advice and answer box of an open page go too.
        response = page(request, "withdrawn.html", context)
        response.headers.update(IN_PLACE_OF_ALL)
        return response
    return page(request, "_refreshed.html", context)


async def _note_opened(
    session: AsyncSession, row: HandoffRow, account: Account, now: datetime
) -> None:
    """Write down who looked; looking again at once, after a change, is the same look."""
    recent = await session.scalar(
        select(HandoffEvent.id)
        .where(
            HandoffEvent.handoff_id == row.id,
            HandoffEvent.actor == account.id,
            HandoffEvent.what == "opened",
            HandoffEvent.at > now - OPENED_AGAIN,
        )
        .limit(1)
    )
    if recent is None:
        handoffs.note(session, row.id, account.id, "opened", now)


async def context_of(
    session: AsyncSession, console: Console, account: Account, row: HandoffRow
) -> dict[str, Any]:
    """Give what every page of one request shows."""
    live = await _live(session, console, account, row)
    return {
        **live,
        "may": {move for status, move in MOVES if status == row.status},
        "editable": row.owner_id == account.id and row.status in EDITABLE,
        "profile": profile_rows(row.profile, console.labels, console.catalogue),
        "partner": console.catalogue.partners.get(row.partner_id),
        "outcomes": OUTCOMES,
        "declined": DECLINED,
        "priorities": queries.PRIORITIES,
        "purged_on": (live["conversation"].last_seen_at + CONVERSATION).date(),
        **await _history(session, row),
        **await _deliveries(session, row),
        **await _helps(session, console, account, row, live["conversation"]),
    }


async def _live(
    session: AsyncSession, console: Console, account: Account, row: HandoffRow
) -> dict[str, Any]:
    names = await queries.account_names(session, [row.owner_id])
    return {
        "row": row,
        "moment": console.clock(),
        "conversation": await conversations.load(session, row.conversation_id),
        "said": await readable(session, row),
        "is_mine": row.owner_id == account.id,
        "distress_at": await _distress_at(session, row),
        "is_open": Status(row.status) in OPEN,
        "region": region_names(console).get(row.region, row.region),
        "owner": names.get(row.owner_id or "", ""),
    }


async def _distress_at(session: AsyncSession, row: HandoffRow) -> datetime | None:
    """Give when the person last wrote in distress, until somebody has seen it."""
    if row.rank != URGENT:
        return None
    found: datetime | None = await session.scalar(
        select(func.max(HandoffEvent.at)).where(
            HandoffEvent.handoff_id == row.id, HandoffEvent.what == DISTRESS
        )
    )
    return found


async def _history(session: AsyncSession, row: HandoffRow) -> dict[str, Any]:
    events = await session.scalars(
        select(HandoffEvent).where(HandoffEvent.handoff_id == row.id).order_by(HandoffEvent.id)
    )
    notes = await session.scalars(select(Note).where(Note.handoff_id == row.id).order_by(Note.id))
    done, written = events.all(), notes.all()
    people = {item.actor for item in done} | {item.account_id for item in written}
    names = await queries.account_names(session, people)
    return {"events": done, "notes": written, "names": names}


async def _deliveries(session: AsyncSession, row: HandoffRow) -> dict[str, Any]:
    deliveries = await queries.deliveries_of(session, row.id)
    return {
        "deliveries": deliveries,
        "attempts": await queries.attempts_of(session, deliveries),
    }


async def _helps(
    session: AsyncSession,
    console: Console,
    account: Account,
    row: HandoffRow,
    conversation: Conversation,
) -> dict[str, Any]:
    """Give what helps to answer: fixed answers filled in, and partners to ask consent for."""
    rows = await session.scalars(select(CannedAnswer).order_by(CannedAnswer.title))
    name = row.contact_name or ""
    filled = {
        # Without a name the space before it goes too: "Dag {naam}," is then "Dag,".
        " {naam}": f" {name}" if name else "",
        "{naam}": name,
        "{nummer}": row.reference,
        "{adviseur}": account.name,
    }
    canned = []
    for item in rows:
        text = item.text
        for variable, value in filled.items():
            text = text.replace(variable, value)
        canned.append((item.id, item.title, text))
    return {"canned": canned, **await consent.choices(session, console, row, conversation)}


def own(row: HandoffRow, account: Account) -> None:
    """Let only the owner act on a request that is still open.

    Raises:
        IllegalMove: someone else has it, or nobody, or it is finished.
    """
    if row.owner_id != account.id or Status(row.status) not in OPEN:
        raise IllegalMove("not the owner")


def own_or_lead(row: HandoffRow, account: Account) -> None:
    """Let the owner act, and for them a coordinator or admin."""
    if account.role == "counsellor":
        own(row, account)


def back(reference: str, anchor: str = "", done: str = "") -> web.Response:
    """Go back to the request's page, to the part that was changed."""
    return see_other(f"/console/aanvraag/{reference}{anchor}", done)
