"""A person behind a bad line: sends each message until it is answered, and remembers all of it."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp

AWAY_SECONDS = 0.02


@dataclass
class Client:
    """One conversation over HTTP. `told`: what came as answers, in order; `sent`: words by id."""

    address: str
    session: aiohttp.ClientSession
    id: str = ""
    token: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        """Give the proof that this conversation is ours."""
        return {"Authorization": f"Bearer {self.token}"}

    async def arrives(self) -> None:
        """Open a conversation."""
        started = await self.insists("POST", "/api/conversations", headers={})
        self.id, self.token = started["id"], started["token"]
        self.told += started["messages"]

    async def says(self, text: str, payload: str) -> list[dict[str, Any]]:
        """Send one message until there is an answer."""
        message = {"message_id": uuid.uuid4().hex, "text": text, "payload": payload}
        self.sent[message["message_id"]] = message
        said = await self.repeats(message["message_id"])
        self.answers[message["message_id"]] = said
        self.told += said
        return said

    async def repeats(self, message_id: str) -> list[dict[str, Any]]:
        """Send a message, maybe again, and give its answer."""
        path = f"/api/conversations/{self.id}/messages"
        return (await self.insists("POST", path, json=self.sent[message_id]))["messages"]

    async def reads(self) -> list[dict[str, Any]]:
        """Give the whole conversation as it is stored."""
        return (await self.insists("GET", f"/api/conversations/{self.id}/messages"))["messages"]

    async def insists(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        """Ask until there is an answer; a refusal other than 'later' is an error."""
        more.setdefault("headers", self.headers)
        while True:
            try:
                async with self.session.request(method, self.address + path, **more) as answer:
                    if answer.status < 300:
                        return dict(await answer.json())
                    assert answer.status in (429, 503), (answer.status, await answer.text())
                    wait = float(answer.headers["Retry-After"]) if answer.status == 429 else 0
            except aiohttp.ClientError:
                wait = 0
            await asyncio.sleep(wait or AWAY_SECONDS)
