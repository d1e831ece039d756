"""One request: read it, claim it, answer the person, correct, approve, close."""

from datetime import date, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from bot.advice.ranking import advise
from bot.console.state import Console, opened, page, see_other
from bot.errors import AlreadyClaimed, IllegalMove, ProfileError
from bot.handoff.model import OPEN, Move, Status
from bot.profile import Education, Profile, Situation
from bot.storage import conversations, handoffs, queries
from bot.storage.console_tables import Account, CannedAnswer
from bot.storage.handoff_tables import HandoffEvent, HandoffRow, Note
from bot.storage.tables import Conversation

MAX_ANSWER = 4000
MAX_NOTE = 4000
PRIORITIES = ("laag", "normal", "hoog")
OUTCOMES = ("started_learning", "found_work", "advice_given", "not_reached", "other")

routes = web.RouteTableDef()


@routes.get("/aanvraag/{reference}")
async def show(request: web.Request) -> web.Response:
    """Show one request; that it was opened is written down."""
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, request.match_info["reference"])
        handoffs.note(session, row.id, account.id, "opened", console.clock())
        context = await _context(session, console, account, row)
    return page(request, "handoff.html", context)


@routes.get("/aanvraag/{reference}/gesprek")
async def transcript(request: web.Request) -> web.Response:
    """Give only the conversation, for the page that refreshes it."""
    async with opened(request) as (_, session, account):
        row = await queries.by_reference(session, account, request.match_info["reference"])
        said = await conversations.read(session, row.conversation_id)
    return page(request, "_transcript.html", {"row": row, "said": said})


async def _context(
    session: AsyncSession, console: Console, account: Account, row: HandoffRow
) -> dict[str, Any]:
    conversation = await session.get(Conversation, row.conversation_id)
    events = await session.scalars(
        select(HandoffEvent).where(HandoffEvent.handoff_id == row.id).order_by(HandoffEvent.id)
    )
    notes = await session.scalars(select(Note).where(Note.handoff_id == row.id).order_by(Note.id))
    names = {item.id: item.name for item in await session.scalars(select(Account))}
    return {
        "row": row,
        "conversation": conversation,
        "said": await conversations.read(session, row.conversation_id),
        "events": events.all(),
        "notes": notes.all(),
        "names": names,
        "owner": names.get(row.owner_id or "", ""),
        "is_mine": row.owner_id == account.id,
        "is_open": Status(row.status) in OPEN,
        "deliveries": await queries.deliveries_of(session, row.id),
        "partner": console.catalogue.partners.get(row.partner_id),
        "region": console.catalogue.regions.get(row.region),
        "canned": (await session.scalars(select(CannedAnswer).order_by(CannedAnswer.title))).all(),
        "catalogue": console.catalogue,
        "outcomes": OUTCOMES,
        "priorities": PRIORITIES,
        "educations": list(Education),
        "situations": list(Situation),
        "today": console.clock().date(),
    }


def _back(reference: str, anchor: str = "") -> web.Response:
    return see_other(f"/console/aanvraag/{reference}{anchor}")


@routes.post("/aanvraag/{reference}/claim")
async def claim(request: web.Request) -> web.Response:
    """Take a request; the database decides who was first."""
    reference = request.match_info["reference"]
    try:
        async with opened(request) as (console, session, account):
            row = await queries.by_reference(session, account, reference)
            if row.owner_id and row.owner_id != account.id:
                owner = await session.get(Account, row.owner_id)
                raise AlreadyClaimed(owner.name if owner else "")
            if row.owner_id is None:
                await handoffs.move(session, row, Move.CLAIM, account.id, console.clock())
                row.owner_id = account.id
    except StaleDataError:
        return page(request, "message.html", {"code": "claimed", "owner": ""}, status=409)
    except AlreadyClaimed as error:
        context = {"code": "claimed", "owner": error.owner, "reference": reference}
        return page(request, "message.html", context, status=409)
    return _back(reference)


def _own(row: HandoffRow, account: Account) -> None:
    """Only the owner acts; a coordinator or admin may release and close for others."""
    if row.owner_id != account.id:
        raise IllegalMove("not the owner")


@routes.post("/aanvraag/{reference}/los")
async def release(request: web.Request) -> web.Response:
    """Put a request back in the inbox; the bot takes the conversation again."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        if account.role == "counsellor":
            _own(row, account)
        await _give_back(session, console, row)
        await handoffs.move(session, row, Move.RELEASE, account.id, console.clock())
        row.owner_id = None
    await console.bell.ring(row.conversation_id)
    return _back(reference)


async def _give_back(session: AsyncSession, console: Console, row: HandoffRow) -> None:
    conversation = await session.get(Conversation, row.conversation_id)
    if conversation is not None and conversation.counsellor_id is not None:
        conversation.counsellor_id = None
        text = console.labels["system"]["given_back"]
        await conversations.say(session, row.conversation_id, "system", text, console.clock())


@routes.post("/aanvraag/{reference}/antwoord")
async def answer(request: web.Request) -> web.Response:
    """Write to the person; from now on the bot keeps silent."""
    reference = request.match_info["reference"]
    text = str((await request.post()).get("text", "")).strip()[:MAX_ANSWER]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        _own(row, account)
        if text:
            await _take_over(session, console, row, account)
            await conversations.say(
                session, row.conversation_id, "counsellor", text, console.clock()
            )
            if row.status == Status.CLAIMED:
                await handoffs.move(session, row, Move.ASK, account.id, console.clock())
            else:
                handoffs.note(session, row.id, account.id, "answered", console.clock())
    await console.bell.ring(row.conversation_id)
    return _back(reference, "#gesprek")


async def _take_over(
    session: AsyncSession, console: Console, row: HandoffRow, account: Account
) -> None:
    conversation = await conversations.load(session, row.conversation_id)
    if conversation.counsellor_id != account.id:
        conversation.counsellor_id = account.id
        text = console.labels["system"]["taken_over"].format(name=account.name)
        await conversations.say(session, row.conversation_id, "system", text, console.clock())


@routes.post("/aanvraag/{reference}/teruggeven")
async def give_back(request: web.Request) -> web.Response:
    """Give the conversation back to the bot, and keep the request."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        _own(row, account)
        await _give_back(session, console, row)
        handoffs.note(session, row.id, account.id, "given_back", console.clock())
    await console.bell.ring(row.conversation_id)
    return _back(reference, "#gesprek")


@routes.post("/aanvraag/{reference}/goedkeuren")
async def approve(request: web.Request) -> web.Response:
    """Send the request to the partner that the person agreed to."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        _own(row, account)
        now = console.clock()
        await handoffs.move(session, row, Move.APPROVE, account.id, now)
        earlier = await queries.deliveries_of(session, row.id)
        there = [item for item in earlier if item.partner_id == row.partner_id]
        if any(item.state == "sent" for item in there):
            await handoffs.move(session, row, Move.DELIVER, "system", now)
        elif not any(item.state == "pending" for item in there):
            handoffs.enqueue(session, row, row.partner_id, "handoff", now)
    return _back(reference, "#leveringen")


@routes.post("/aanvraag/{reference}/opnieuw")
async def retry(request: web.Request) -> web.Response:
    """Send again what became a dead letter."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        now = console.clock()
        for delivery in await queries.deliveries_of(session, row.id):
            if delivery.state == "dead" and delivery.last_error not in ("withdrawn", "erased"):
                delivery.state, delivery.created_at, delivery.next_try_at = "pending", now, now
        if row.status == Status.FAILED:
            await handoffs.move(session, row, Move.RETRY, account.id, now)
        else:
            handoffs.note(session, row.id, account.id, "retry", now)
    return _back(reference, "#leveringen")


@routes.post("/aanvraag/{reference}/sluiten")
async def close(request: web.Request) -> web.Response:
    """Finish a request with its outcome."""
    reference = request.match_info["reference"]
    outcome = str((await request.post()).get("outcome", ""))
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        if account.role == "counsellor":
            _own(row, account)
        row.outcome = outcome if outcome in OUTCOMES else "other"
        await _give_back(session, console, row)
        await handoffs.move(session, row, Move.CLOSE, account.id, console.clock())
    await console.bell.ring(row.conversation_id)
    return _back(reference)


@routes.post("/aanvraag/{reference}/notitie")
async def add_note(request: web.Request) -> web.Response:
    """Add a private note."""
    reference = request.match_info["reference"]
    text = str((await request.post()).get("text", "")).strip()[:MAX_NOTE]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        if text:
            session.add(
                Note(handoff_id=row.id, account_id=account.id, at=console.clock(), text=text)
            )
    return _back(reference, "#notities")


@routes.post("/aanvraag/{reference}/ordenen")
async def sort_out(request: web.Request) -> web.Response:
    """Set priority, labels and snooze."""
    reference = request.match_info["reference"]
    form = await request.post()
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        priority = str(form.get("priority", "normal"))
        row.priority = priority if priority in PRIORITIES else "normal"
        labels = [word.strip()[:30] for word in str(form.get("labels", "")).split(",")]
        row.labels = [word for word in labels if word][:8]
        row.snoozed_until = _date(str(form.get("snooze", "")), console.clock().date())
        handoffs.note(session, row.id, account.id, "sorted", console.clock())
    return _back(reference)


def _date(text: str, today: date) -> date | None:
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        return None
    return wanted if today < wanted <= today + timedelta(days=366) else None


@routes.post("/aanvraag/{reference}/profiel")
async def correct_profile(request: web.Request) -> web.Response:
    """Show the advice for a corrected profile beside the old one; `save` keeps it."""
    reference = request.match_info["reference"]
    form = await request.post()
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        _own(row, account)
        changed = _changed(row.profile, {key: str(value) for key, value in form.items()})
        try:
            profile = Profile.from_json(changed)
        except ProfileError:
            return page(request, "message.html", {"code": "bad_profile"}, status=422)
        today = console.clock().date()
        advice = advise(profile, console.catalogue, console.texts, today=today).to_json()
        if form.get("save"):
            names = set(changed) | set(row.profile)
            fields = sorted(key for key in names if changed.get(key) != row.profile.get(key))
            row.profile, row.advice = changed, advice
            handoffs.note(
                session,
                row.id,
                account.id,
                "profile_corrected",
                console.clock(),
                {"fields": fields},
            )
        context = await _context(session, console, account, row)
    if form.get("save"):
        return _back(reference)
    return page(request, "profile.html", context | {"changed": changed, "new_advice": advice})


_FIELDS = {"occupation": str, "place": str, "education": str, "situation": str, "hours": int}


def _changed(profile: dict[str, Any], form: dict[str, str]) -> dict[str, Any]:
    """Give the profile with the form's fields; an empty field is taken away."""
    changed = dict(profile)
    for name, kind in _FIELDS.items():
        value = form.get(name, "").strip()[:80]
        changed.pop(name, None)
        if value and (kind is str or value.isdecimal()):
            changed[name] = kind(value)
    if form.get("needs_wage") in ("yes", "no"):
        changed["needs_wage"] = form["needs_wage"] == "yes"
    return changed
