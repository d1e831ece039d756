"""Taking a request up, putting it back, and finishing it."""

from aiohttp import web
from sqlalchemy.orm.exc import StaleDataError

from bot.console.request_page import back, own, own_or_lead
from bot.console.state import Console, opened, page
from bot.console.talking import give_conversation_back, left
from bot.errors import AlreadyClaimed
from bot.handoff.model import DECLINED, OUTCOMES, Move, Status, after
from bot.storage import handoffs, queries
from bot.storage.database import again_on_conflict

ACCEPTED = ("yes", "no")

routes = web.RouteTableDef()


@routes.post("/aanvraag/{reference}/claim")
async def claim(request: web.Request) -> web.Response:
    """Take a request; the database decides who was first."""
    reference = request.match_info["reference"]
    try:
        await _claim(request, reference)
    except StaleDataError:
        # Another was first between our reading and our writing; now their name can be read.
        async with opened(request) as (_, session, account):
            row = await queries.by_reference(session, account, reference)
            names = await queries.account_names(session, [row.owner_id])
        return _was_first(request, reference, names.get(row.owner_id or "", ""))
    except AlreadyClaimed as error:
        return _was_first(request, reference, error.owner)
    return back(reference, done="claimed")


async def _claim(request: web.Request, reference: str) -> None:
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        if row.owner_id == account.id:
            own(row, account)
            return
        if row.owner_id:
            names = await queries.account_names(session, [row.owner_id])
            raise AlreadyClaimed(names.get(row.owner_id, ""))
        await handoffs.move(session, row, Move.CLAIM, account.id, console.clock())
        row.owner_id = account.id


def _was_first(request: web.Request, reference: str, owner: str) -> web.Response:
    context = {"code": "claimed", "owner": owner, "reference": reference}
    return page(request, "message.html", context, status=409)


@routes.post("/aanvraag/{reference}/los")
async def release(request: web.Request) -> web.Response:
    """Put a request back in the inbox; the bot takes the conversation again."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own_or_lead(row, account)
        given = await give_conversation_back(session, console, row)
        await handoffs.move(session, row, Move.RELEASE, account.id, console.clock())
        row.owner_id = None
    await left(console, row, given=given)
    return back(reference, done="released")


@routes.post("/aanvraag/{reference}/sluiten")
async def close(request: web.Request) -> web.Response:
    """Finish a request with its outcome, and whether the person took the advice."""
    reference, form = request.match_info["reference"], await request.post()
    outcome, accepted = str(form.get("outcome", "")), str(form.get("accepted", ""))
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own_or_lead(row, account)
        after(Status(row.status), Move.CLOSE)
        given = await give_conversation_back(session, console, row)
        came = outcome if outcome in OUTCOMES else "other"
        row.accepted = accepted if accepted in ACCEPTED else None
        await handoffs.close(session, row, came, account.id, console.clock())
        if not given:
            await handoffs.tell_end(session, row, console.clock(), console.labels["ended"])
    await left(console, row, given=given)
    if given:
        # The bot went on first, so that the last words are what came of it and what one can do then.
        await again_on_conflict(lambda: _tell_end(console, row.id))
        await console.bell.ring(row.conversation_id)
    return back(reference, done="declined" if came == DECLINED else "closed")


async def _tell_end(console: Console, handoff_id: str) -> None:
    async with console.database.transaction() as session:
        row = await handoffs.load(session, handoff_id)
        await handoffs.tell_end(session, row, console.clock(), console.labels["ended"])
