"""Notes, priority, labels, letting a request rest, and distress that was seen."""

from datetime import date, timedelta

from aiohttp import web

from bot.console.request_page import back, own
from bot.console.state import opened
from bot.storage import handoffs, queries
from bot.storage.handoff_tables import ORDINARY, Note
from bot.storage.terms import index_terms

MAX_NOTE = 4000
MAX_LABELS = 8
MAX_LABEL = 30
LONGEST_REST = timedelta(days=366)

routes = web.RouteTableDef()


@routes.post("/aanvraag/{reference}/notitie")
async def add_note(request: web.Request) -> web.Response:
    """Add a private note."""
    reference = request.match_info["reference"]
    text = str((await request.post()).get("text", "")).strip()[:MAX_NOTE]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        if text:
            now = console.clock()
            session.add(Note(handoff_id=row.id, account_id=account.id, at=now, text=text))
            handoffs.note(session, row.id, account.id, "noted", now)
    return back(reference, "#notities", done="noted" if text else "")


@routes.post("/aanvraag/{reference}/ordenen")
async def sort_out(request: web.Request) -> web.Response:
    """Set priority, labels and until when it rests."""
    reference, form = request.match_info["reference"], await request.post()
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        priority = str(form.get("priority", "normal"))
        row.priority = priority if priority in queries.PRIORITIES else "normal"
        row.labels = _labels(str(form.get("labels", "")))
        today = console.clock().date()
        row.snoozed_until = _rest(str(form.get("snooze", "")), today)
        handoffs.note(session, row.id, account.id, "sorted", console.clock())
        await index_terms(session, row)
    return back(reference, "#ordenen", done="sorted")


@routes.post("/aanvraag/{reference}/nood")
async def seen(request: web.Request) -> web.Response:
    """Take the mark of distress away: whoever has the request says that they saw it."""
    reference = request.match_info["reference"]
    async with opened(request) as (console, session, account):
        row = await queries.by_reference(session, account, reference)
        own(row, account)
        row.rank = ORDINARY
        handoffs.note(session, row.id, account.id, "distress_seen", console.clock())
    return back(reference, done="distress_seen")


def _labels(text: str) -> list[str]:
    """Give the labels between commas, each once, in the order they were typed."""
    words = [" ".join(word.split())[:MAX_LABEL] for word in text.replace("#", " ").split(",")]
    return list(dict.fromkeys(word for word in words if word))[:MAX_LABELS]


def _rest(text: str, today: date) -> date | None:
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        return None
    return wanted if today < wanted <= today + LONGEST_REST else None
