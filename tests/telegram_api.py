"""A strict Telegram Bot API for the tests, by the rules of the Bot API text.

An update is repeated until a getUpdates with a higher offset confirms it; ids rise; texts of more
than 4,096 characters and callback data of more than 64 bytes are refused; faults can be switched on.
`refused`: texts that it does not take.
"""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "123456:telegram-token-for-tests"
BOT = {"id": 1, "is_bot": True, "first_name": "Zijstap", "username": "zijstap_bot"}


@dataclass
class TelegramApi:
    """Holds updates for the bot, and what the bot sent. `faults`: answers to give first."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    faults: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    webhooks: list[dict[str, Any]] = field(default_factory=list)
    next_id: int = 100

    def _user(self, chat: int) -> dict[str, Any]:
        return {"id": chat, "is_bot": False, "first_name": "Geheim", "last_name": "Persoon"}

    def _message(self, chat: int, text: str | None, kind: str) -> dict[str, Any]:
        message: dict[str, Any] = {
            "message_id": self.next_id,
            "date": 1_795_000_000,
            "chat": {"id": chat, "type": kind, "first_name": "Geheim"},
            "from": self._user(chat),
        }
        return message | ({"text": text} if text is not None else {})

    def _add(self, **content: Any) -> int:
        self.next_id += 1
        self.updates.append({"update_id": self.next_id, **content})
        return self.next_id

    def person_writes(self, chat: int, text: str | None, *, kind: str = "private") -> int:
        """Let a person write; None is something without text."""
        return self._add(message=self._message(chat, text, kind))

    def person_edits(self, chat: int, text: str) -> int:
        """Let a person change an earlier message."""
        edited = self._message(chat, text, "private") | {"edit_date": 1_795_000_100}
        return self._add(edited_message=edited)

    def arrives(self, **content: Any) -> int:
        """Let any update arrive, as it is."""
        return self._add(**content)

    def person_taps(self, chat: int, title: str) -> int:
        """Let a person tap a button of the newest message that has it."""
        for message in reversed(self.sent):
            rows = json.loads(message.get("reply_markup") or "{}").get("inline_keyboard", [])
            for button in (button for row in rows for button in row):
                if button["text"] == title and str(message["chat_id"]) == str(chat):
                    shown = self._message(chat, message["text"], "private")
                    shown["reply_markup"] = {"inline_keyboard": rows}
                    query = {
                        "id": str(self.next_id),
                        "chat_instance": "1",
                        "from": self._user(chat),
                        "message": shown,
                        "data": button["callback_data"],
                    }
                    return self._add(callback_query=query)
        raise AssertionError(f"no button {title!r} was sent")

    def texts(self, chat: int) -> list[str]:
        """Give what the bot sent to a chat."""
        return [item["text"] for item in self.sent if str(item["chat_id"]) == str(chat)]

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call."""
        if request.match_info["token"] != TOKEN:
            return _refuse(401, "Unauthorized")
        data = dict(await request.post())
        method = request.match_info["method"]
        if method != "getUpdates" and self.faults:
            status, more = self.faults.pop(0)
            return _refuse(status, "fault", **more)
        call = getattr(self, f"_{method}", None)
        return await call(data) if call else web.json_response({"ok": True, "result": True})

    async def _getMe(self, data: dict[str, Any]) -> web.Response:
        return web.json_response({"ok": True, "result": BOT})

    async def _setWebhook(self, data: dict[str, Any]) -> web.Response:
        self.webhooks.append(data)
        return web.json_response({"ok": True, "result": True})

    async def _deleteWebhook(self, data: dict[str, Any]) -> web.Response:
        self.webhooks.clear()
        return web.json_response({"ok": True, "result": True})

    async def _getUpdates(self, data: dict[str, Any]) -> web.Response:
        if self.webhooks:
            return _refuse(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(data.get("offset", 0))
        self.updates = [item for item in self.updates if item["update_id"] >= offset]
        if not self.updates:
            await asyncio.sleep(0.02)
        return web.json_response({"ok": True, "result": self.updates[:100]})

    async def _sendMessage(self, data: dict[str, Any]) -> web.Response:
        if str(data["chat_id"]) in self.blocked:
            return _refuse(403, "Forbidden: bot was blocked by the user")
        if data["text"] in self.refused:
            return _refuse(400, "Bad Request: can't parse entities")
        if not 0 < len(data["text"]) <= 4096:
            return _refuse(400, "Bad Request: message is too long")
        rows = json.loads(data.get("reply_markup") or "{}").get("inline_keyboard", [])
        if any(len(button["callback_data"].encode()) > 64 for row in rows for button in row):
            return _refuse(400, "Bad Request: BUTTON_DATA_INVALID")
        self.sent.append(data)
        self.next_id += 1
        result = self._message(int(data["chat_id"]), data["text"], "private")
        return web.json_response({"ok": True, "result": result})

    async def _answerCallbackQuery(self, data: dict[str, Any]) -> web.Response:
        self.answered.append(data["callback_query_id"])
        return web.json_response({"ok": True, "result": True})

    def server(self) -> TestServer:
        """Give the server, to be entered with `async with`."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self.handle)
        return TestServer(app)


def _refuse(status: int, text: str, **parameters: Any) -> web.Response:
    body = {"ok": False, "error_code": status, "description": text, "parameters": parameters}
    return web.json_response(body, status=status)
