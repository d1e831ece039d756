"""Rasa's own REST channel shape, for existing Rasa clients; only with a token."""

import hmac
from typing import Any

from aiohttp import web

from connectors.message import Message
from connectors.web.api import limit_turns, optional_text, read_json, required_text
from connectors.web.problems import Problem
from connectors.web.state import CONVERSATIONS, SETTINGS

routes = web.RouteTableDef()


@routes.post("/webhooks/rest/webhook", name="rest")
async def rest(request: web.Request) -> web.Response:
    """Take one turn of a sender."""
    token = request.app[SETTINGS].rest_token
    if not token:
        raise Problem(404, "http_404")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        raise Problem(401, "no_token")
    data = await read_json(request)
    sender = required_text(data, "sender", 64)
    text = optional_text(data, "message", 4096)
    if not text or not text.strip():
        raise Problem(400, "bad_field")
    limit_turns(request, f"rest:{sender}")
    conversations = request.app[CONVERSATIONS]
    conversation_id = await conversations.at_address(channel="rest", address=sender)
    is_button = text.startswith("/")
    said = await conversations.take_turn(
        conversation_id,
        "" if is_button else text,
        payload=text if is_button else None,
        message_id=optional_text(data, "message_id", 80),
    )
    return web.json_response([_rasa_shape(sender, message) for message in said])


def _rasa_shape(sender: str, message: Message) -> dict[str, Any]:
    shape: dict[str, Any] = {"recipient_id": sender, "text": message.text}
    if message.buttons:
        shape["buttons"] = [button.to_json() for button in message.buttons]
    if message.cards:
        shape["custom"] = {"cards": [card.to_json() for card in message.cards]}
    return shape
