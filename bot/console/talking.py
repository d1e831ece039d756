"""Writing to the person, while the bot keeps silent, and giving the conversation back."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console import consent
from bot.console.request_page import back, own
from bot.console.state import Console, opened
from bot.handoff.model import Move, Status
from bot.storage import conversations, handoffs, queries
from bot.storage.console_tables import Account
from bot.storage.handoff_tables import HandoffRow
from bot.storage.tables import Conversation
from connectors.message import Message

MAX_ANSWER = 4000

routes = web.RouteTableDef()


@routes.post("/aanvraag/{reference}/antwoord")
async def answer(request: web.Request) -> web.Response:
    """Write to the person; from now on the bot keeps silent."""
    reference = request.match_info["reference"]
    text = str((await request.post()).get("text", "")).strip()[:MAX_ANSWER]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own(row, account)
        if text:
            message = Message(sender="counsellor", text=text)
            await _write(session, console, row, account, message)
    await console.bell.ring(row.conversation_id)
    return back(reference, "#gesprek")


@routes.post("/aanvraag/{reference}/toestemming")
async def ask_consent(request: web.Request) -> web.Response:
    """Ask the person whether the request may go to another partner."""
    reference = request.match_info["reference"]
    partner_id = str((await request.post()).get("partner", ""))
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own(row, account)
        partner = console.catalogue.partners.get(partner_id)
        if partner is None or partner.id == row.partner_id:
            raise web.HTTPNotFound
        message = consent.question(console, row, partner)
        private = (row.contact, row.contact_name)
        seq = await _write(session, console, row, account, message, private)
        profile = consent.fingerprint(row.profile)
        detail = {"partner": partner.id, "seq": seq, "profile": profile}
        handoffs.note(session, row.id, account.id, consent.ASKED, console.clock(), detail)
    await console.bell.ring(row.conversation_id)
    return back(reference, "#gesprek", done=consent.ASKED)


async def _write(
    session: AsyncSession,
    console: Console,
    row: HandoffRow,
    account: Account,
    message: Message,
    private: tuple[str | None, ...] = (),
) -> int:
    """Take the conversation over and add a message; gives its number."""
    now = console.clock()
    conversation = await _take_over(session, console, row, account)
    conversations.append(session, conversation, [message], now, private=private)
    if row.status == Status.CLAIMED:
        await handoffs.move(session, row, Move.ASK, account.id, now)
    else:
        handoffs.note(session, row.id, account.id, "answered", now)
    return conversation.last_seq


async def _take_over(
    session: AsyncSession, console: Console, row: HandoffRow, account: Account
) -> Conversation:
    conversation = await conversations.load(session, row.conversation_id)
    if conversation.counsellor_id != account.id:
        conversation.counsellor_id = account.id
        text = console.labels["system"]["taken_over"].format(name=account.name)
        said = Message(sender="system", text=text)
        conversations.append(session, conversation, [said], console.clock())
    return conversation


@routes.post("/aanvraag/{reference}/teruggeven")
async def give_back(request: web.Request) -> web.Response:
    """Give the conversation back to the bot, and keep the request."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own(row, account)
        given = await give_conversation_back(session, console, row)
        if given:
            handoffs.note(session, row.id, account.id, "given_back", console.clock())
    await left(console, row, given=given)
    return back(reference, "#gesprek", done="given_back")


async def give_conversation_back(session: AsyncSession, console: Console, row: HandoffRow) -> bool:
    """Let the bot speak again, and say so to the person. False if it could already."""
    conversation = await conversations.load(session, row.conversation_id)
    if conversation.counsellor_id is None:
        return False
    said = Message(sender="system", text=console.labels["system"]["given_back"])
    conversations.append(session, conversation, [said], console.clock())
    conversation.counsellor_id = None
    return True


async def left(console: Console, row: HandoffRow, *, given: bool) -> None:
    """After the commit: show the person what changed; the bot goes on if it was `given` back."""
    await console.bell.ring(row.conversation_id)
    if given:
        await console.resume(row.conversation_id)
