"""The chat page: works without JavaScript, with the same addresses when there is some."""

import json
import uuid
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from connectors.message import Message
from connectors.web.api import (
    EXPORTS_A_MINUTE,
    MAX_CHARACTERS,
    STARTS_A_MINUTE,
    address_of,
    after_of,
    limit,
    limit_turns,
    messages_json,
)
from connectors.web.events import stream
from connectors.web.problems import SAID, Problem
from connectors.web.session import drop_session, see_other, session_of, set_session
from connectors.web.state import CONVERSATIONS

routes = web.RouteTableDef()


def _split(messages: tuple[Message, ...]) -> tuple[list[Message], list[Message]]:
    """Give earlier messages, and the newest: the person's last words and what came after."""
    last = max(
        (number for number, message in enumerate(messages) if message.sender == "person"),
        default=0,
    )
    return list(messages[:last]), list(messages[last:])


@routes.get("/", name="chat")
@routes.get("/gesprek", name="conversation")
async def chat(request: web.Request) -> web.Response:
    """Show the conversation, or how to begin one."""
    conversation_id = await session_of(request)
    banner = await request.app[CONVERSATIONS].banner()
    context: dict[str, Any] = {"started": conversation_id is not None, "banner": banner}
    if conversation_id is not None:
        messages = await request.app[CONVERSATIONS].history(conversation_id)
        earlier, newest = _split(messages)
        context |= {
            "earlier": earlier,
            "newest": newest,
            "last_seq": messages[-1].seq if messages else 0,
            "message_id": uuid.uuid4().hex,
            "nothing_new": "niets" in request.query,
            "has_advice": any(card.kind == "advice" for m in messages for card in m.cards),
        }
    return aiohttp_jinja2.render_template("chat.html", request, context)


@routes.post("/gesprek/begin", name="begin")
async def begin(request: web.Request) -> web.Response:
    """Open a conversation for this browser."""
    if await session_of(request) is None:
        limit(request, f"start:{address_of(request)}", STARTS_A_MINUTE)
        started = await request.app[CONVERSATIONS].start(channel="web")
        response = see_other("/#nieuw")
        set_session(request, response, f"{started.id}.{started.token}")
        return response
    return see_other("/#nieuw")


async def _session(request: web.Request) -> str:
    conversation_id = await session_of(request)
    if conversation_id is None:
        raise Problem(404, "no_conversation")
    return conversation_id


@routes.post("/gesprek/bericht", name="send")
async def send(request: web.Request) -> web.Response:
    """Take one turn: typed words, or a tapped button."""
    form = await request.post()
    payload = str(form.get("payload") or "")[:400]
    text = str(form.get("text") or "").strip()
    message_id = str(form.get("message_id") or "")[:80]
    request[SAID] = {"text": text, "payload": payload, "message_id": message_id}
    conversation_id = await _session(request)
    limit_turns(request, conversation_id)
    if len(text) > MAX_CHARACTERS:
        raise Problem(413, "too_long")
    conversations = request.app[CONVERSATIONS]
    if payload and not text:
        text = _title_of(payload, await conversations.history(conversation_id))
    if text or payload:
        await conversations.take_turn(
            conversation_id,
            text,
            message_id=message_id or None,
            payload=payload or None,
        )
    elif "after" in form:
        return await _looked(request, conversation_id, after_of(str(form["after"])))
    if await session_of(request) is None:
        return _erased(request)
    if request.headers.get("Accept") == "application/json":
        return await _fresh(request, conversation_id)
    return see_other("/#nieuw")


async def _looked(request: web.Request, conversation_id: str, after: int) -> web.Response:
    """Bring who looks for a message to the first new one, or say that there is none."""
    messages = await request.app[CONVERSATIONS].history(conversation_id, after=after)
    return see_other(f"/#b{messages[0].seq}" if messages else "/?niets#geen")


async def _fresh(request: web.Request, conversation_id: str) -> web.Response:
    """Give the script of the page what it does not show yet, and the next message's id."""
    after = after_of(request.headers.get("X-After"))
    messages = await request.app[CONVERSATIONS].history(conversation_id, after=after)
    return web.json_response({**messages_json(messages), "message_id": uuid.uuid4().hex})


def _title_of(payload: str, messages: tuple[Message, ...]) -> str:
    """Give the words on the button that was tapped, the newest one with this payload."""
    titles = (
        button.title
        for message in reversed(messages)
        for button in message.buttons
        if button.payload == payload
    )
    return next(titles, "")


def _erased(request: web.Request) -> web.Response:
    response = see_other("/gewist")
    drop_session(request, response)
    return response


@routes.post("/gesprek/wis", name="wipe")
async def wipe(request: web.Request) -> web.Response:
    """Erase everything and forget the session."""
    conversation_id = await session_of(request)
    if conversation_id is not None:
        await request.app[CONVERSATIONS].erase(conversation_id)
    return _erased(request)


@routes.get("/gewist", name="erased")
async def erased(request: web.Request) -> web.Response:
    """Say that everything is gone."""
    return aiohttp_jinja2.render_template("erased.html", request, {})


@routes.get("/gesprek/gegevens.json", name="my_data")
async def my_data(request: web.Request) -> web.Response:
    """Give everything that is stored, as a file."""
    conversation_id = await _session(request)
    limit(request, f"export:{conversation_id}", EXPORTS_A_MINUTE)
    data = await request.app[CONVERSATIONS].export(conversation_id)
    return web.Response(
        text=json.dumps(data, ensure_ascii=False, indent=2),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="zijstap-gegevens.json"'},
    )


@routes.get("/gesprek/live", name="live")
async def live(request: web.Request) -> web.StreamResponse:
    """Stream new messages to the page."""
    conversation_id = await _session(request)
    after = after_of(request.headers.get("Last-Event-ID") or request.query.get("after"))
    return await stream(request, conversation_id, after)


@routes.get("/uitleg", name="about")
async def about(request: web.Request) -> web.Response:
    """Say how this works, what is stored, and how to reach a person."""
    return aiohttp_jinja2.render_template("about.html", request, {})
