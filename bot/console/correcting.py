"""Correcting a profile: the new advice stands beside the old before anything is kept."""

from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.advice.model import Advice
from bot.advice.ranking import advise
from bot.console import profile_form
from bot.console.profile_words import profile_rows
from bot.console.request_page import EDITABLE, back, own
from bot.console.state import Console, opened, page, region_names
from bot.errors import IllegalMove
from bot.handoff.correction import changed_fields, with_fields
from bot.handoff.routing import region_and_partner
from bot.profile import Profile
from bot.storage import conversations, handoffs, queries
from bot.storage.console_tables import Account
from bot.storage.handoff_tables import HandoffRow
from bot.storage.tables import Conversation
from connectors.message import Message

PROFILES = ("profile", "supposed")
"""The slots that hold who the person is, and who they would be under another assumption."""

routes = web.RouteTableDef()


async def _editable(session: AsyncSession, account: Account, reference: str) -> HandoffRow:
    """Give a request that this account works on; once approved, what was shown goes out as it was.

    Raises:
        IllegalMove: it is not theirs, or it was approved.
    """
    row = await queries.by_reference(session, account, reference)
    own(row, account)
    if row.status not in EDITABLE:
        raise IllegalMove("approved")
    return row


@routes.get("/aanvraag/{reference}/profiel")
async def show(request: web.Request) -> web.Response:
    """Show the form, filled with what is known."""
    async with opened(request) as (console, session, account):
        row = await _editable(session, account, request.match_info["reference"])
        form = profile_form.shown(row.profile, console.catalogue)
    return page(request, "profile_form.html", _form_context(console, row, form))


@routes.post("/aanvraag/{reference}/profiel")
async def correct(request: web.Request) -> web.Response:
    """Show the advice for a corrected profile beside the old one; `save` keeps it."""
    reference, given = request.match_info["reference"], await request.post()
    async with opened(request) as (console, session, account):
        row = await _editable(session, account, reference)
        form = profile_form.read(given, console.catalogue, row.profile)
        if form.errors or given.get("edit"):
            context = _form_context(console, row, form)
            status = 422 if form.errors else 200
            return page(request, "profile_form.html", context, status=status)
        after = _advice(console, form.profile)
        if not given.get("save"):
            context = _comparison(console, row, form, after)
            return page(request, "profile_compare.html", context)
        await _keep(session, console, account, row, form.profile, after)
    await console.bell.ring(row.conversation_id)
    return back(reference, "#profiel", done="profile_corrected")


def _form_context(
    console: Console, row: HandoffRow, form: profile_form.ProfileForm
) -> dict[str, Any]:
    return {
        "row": row,
        "form": form,
        "choices": profile_form.CHOICES,
        "several": profile_form.SEVERAL,
        "numbers": profile_form.NUMBERS,
        "occupations": sorted(item.name for item in console.catalogue.origins.values()),
    }


def _advice(console: Console, profile: dict[str, Any]) -> Advice:
    today = console.clock().date()
    read = Profile.from_json(profile)
    return advise(read, console.catalogue, console.texts, today=today)


def _comparison(
    console: Console, row: HandoffRow, form: profile_form.ProfileForm, after: Advice
) -> dict[str, Any]:
    """Give both profiles and advices, and what is different."""
    fields = changed_fields(row.profile, form.profile)
    region, nearest = region_and_partner(console.catalogue, form.profile.get("place"))
    code = region.code if region else "NL"
    old = dict(profile_rows(row.profile, console.labels, console.catalogue))
    new = dict(profile_rows(form.profile, console.labels, console.catalogue))
    changed = {str(console.labels["field"][name]) for name in fields}
    return {
        "row": row,
        "form": form,
        "rows": [
            (name, old.get(name, ""), new.get(name, ""), name in changed)
            for name in map(str, console.labels["field"].values())
            if name in old or name in new
        ],
        "old_advice": row.advice,
        "new_advice": after.to_json(),
        "old_routes": {
            item["occupation"]["id"]: {one["id"]: one["status"] for one in item["routes"]}
            for item in row.advice.get("suggestions") or []
        },
        "new_ids": [item.occupation.id for item in after.suggestions],
        "moves_to": region_names(console)[code] if code != row.region else "",
        "nearest": nearest if nearest.id != row.partner_id else None,
        "fields": fields,
    }


async def _keep(
    session: AsyncSession,
    console: Console,
    account: Account,
    row: HandoffRow,
    profile: dict[str, Any],
    advice: Advice,
) -> None:
    now = console.clock()
    fields = await handoffs.correct(session, row, profile, advice.to_json(), account.id, now)
    if fields:
        conversation = await conversations.load(session, row.conversation_id)
        _let_follow(conversation, {name: profile.get(name) for name in fields})
        conversations.append(session, conversation, [_told(console, row, fields)], now)


def _let_follow(conversation: Conversation, fields: dict[str, Any]) -> None:
    """Let the conversation know what was corrected, so that its advice and the request say the same.

    What the person told since of other things stays theirs; what is wrong they can say again there.
    """
    profiles = {"profile": {}, **conversation.slots}
    conversation.slots = {
        name: with_fields(value, fields) if name in PROFILES and value is not None else value
        for name, value in profiles.items()
    }


def _told(console: Console, row: HandoffRow, fields: list[str]) -> Message:
    """Give what the person reads: what stands in the request now of all that was changed."""
    names, words = console.labels["field"], console.labels["system"]
    new = dict(profile_rows(row.profile, console.labels, console.catalogue))
    changed = [str(name) for field, name in names.items() if field in fields]
    summary = "\n".join(f"- {name}: {new.get(name, words['removed'])}" for name in changed)
    text = words["profile_corrected"].format(reference=row.reference, summary=summary)
    return Message(sender="system", text=text)
