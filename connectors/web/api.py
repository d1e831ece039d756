"""The JSON API of a conversation (docs/developer.md, contract)."""

import json
import re
from typing import Any

from aiohttp import web

from connectors.message import Message
from connectors.web.problems import Problem
from connectors.web.state import CONVERSATIONS, LIMITS

TURNS_A_MINUTE = 20
TURNS_AT_ONCE = 40
"""Who taps through the questions is quick at first; a flood is not a person."""
STARTS_A_MINUTE = 30
EXPORTS_A_MINUTE = 5
MAX_CHARACTERS = 4096
_ID = re.compile(r"[0-9a-f-]{36}")

routes = web.RouteTableDef()


def limit(request: web.Request, key: str, per_minute: int) -> None:
    """Refuse with 429 when this key asks too much."""
    if wait := request.app[LIMITS].wait_for(key, per_minute):
        raise Problem(429, "too_many", retry_after=wait)


def limit_turns(request: web.Request, conversation: str) -> None:
    """Refuse with 429 when a conversation goes faster than a person can."""
    key = f"turn:{conversation}"
    if wait := request.app[LIMITS].wait_for(key, TURNS_A_MINUTE, TURNS_AT_ONCE):
        raise Problem(429, "too_many", retry_after=wait)


def address_of(request: web.Request) -> str:
    """Give the address to hold limits against; `BehindProxies` has seen to our own proxies."""
    return request.remote or "unknown"


async def read_json(request: web.Request) -> dict[str, Any]:
    """Give the request's JSON object; anything else is a 400."""
    try:
        data = json.loads(await request.read() or b"{}")
    except (ValueError, RecursionError):
        raise Problem(400, "bad_json") from None
    if not isinstance(data, dict):
        raise Problem(400, "bad_json")
    return data


def optional_text(data: dict[str, Any], name: str, most: int) -> str | None:
    """Give a text field, None when it is absent; anything else is a 400."""
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > most:
        raise Problem(400, "bad_field")
    return value


def required_text(data: dict[str, Any], name: str, most: int) -> str:
    """Give a name or number that must be there and can be stored; anything else is a 400."""
    value = optional_text(data, name, most)
    if not value or not value.isprintable():
        raise Problem(400, "bad_field")
    return value


async def authenticated(request: web.Request) -> str:
    """Give the conversation's id; 401 without a token, 404 when it does not fit."""
    conversation_id = request.match_info["id"]
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Problem(401, "no_token")
    known = _ID.fullmatch(conversation_id) and await request.app[CONVERSATIONS].authenticate(
        conversation_id, token.strip()
    )
    if not known:
        raise Problem(404, "no_conversation")
    return conversation_id


def messages_json(messages: tuple[Message, ...]) -> dict[str, Any]:
    """Give the contract's answer."""
    return {"messages": [message.to_json() for message in messages]}


@routes.post("/api/conversations", name="start")
async def start(request: web.Request) -> web.Response:
    """Open a conversation with its welcome."""
    limit(request, f"start:{address_of(request)}", STARTS_A_MINUTE)
    started = await request.app[CONVERSATIONS].start(channel="web")
    body = {"id": started.id, "token": started.token, **messages_json(started.messages)}
    return web.json_response(body, status=201)


@routes.post("/api/conversations/{id}/messages", name="say")
async def say(request: web.Request) -> web.Response:
    """Take one turn."""
    conversation_id = await authenticated(request)
    limit_turns(request, conversation_id)
    data = await read_json(request)
    text = optional_text(data, "text", 1_000_000) or ""
    payload = optional_text(data, "payload", 400)
    message_id = optional_text(data, "message_id", 80)
    if len(text) > MAX_CHARACTERS:
        raise Problem(413, "too_long")
    if not text.strip() and not payload:
        raise Problem(400, "empty")
    said = await request.app[CONVERSATIONS].take_turn(
        conversation_id, text, message_id=message_id, payload=payload
    )
    return web.json_response(messages_json(said))


@routes.get("/api/conversations/{id}/messages", name="read")
async def read(request: web.Request) -> web.Response:
    """Give the messages after a number."""
    conversation_id = await authenticated(request)
    after = after_of(request.query.get("after"))
    said = await request.app[CONVERSATIONS].history(conversation_id, after=after)
    return web.json_response(messages_json(said))


def after_of(text: str | None) -> int:
    """Give the `seq` to read after; 400 when it is not a number."""
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Problem(400, "bad_field")
    return int(text)


@routes.get("/api/conversations/{id}/export", name="export")
async def export(request: web.Request) -> web.Response:
    """Give everything that is stored of this person."""
    conversation_id = await authenticated(request)
    limit(request, f"export:{conversation_id}", EXPORTS_A_MINUTE)
    return web.json_response(await request.app[CONVERSATIONS].export(conversation_id))


@routes.delete("/api/conversations/{id}", name="erase")
async def erase(request: web.Request) -> web.Response:
    """Erase everything of this person."""
    await request.app[CONVERSATIONS].erase(await authenticated(request))
    return web.Response(status=204)
