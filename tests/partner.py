"""A partner's system for the tests: a real HTTP server that can be told to misbehave."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass
class Partner:
    """Keeps what it receives. `answers`: what to answer next, then 200 for ever."""

    key: str = "partner-key-for-tests"
    received: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """Take one delivery."""
        body = await request.read()
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        self.received.append(json.loads(body))
        return self.answers.pop(0) if self.answers else web.json_response({"status": "received"})

    def server(self) -> TestServer:
        """Give the server, to be entered with `async with`."""
        app = web.Application()
        app.router.add_post("/aanvragen", self.take)
        return TestServer(app)
