"""A partner's system for the tests: a real HTTP server that can be told to misbehave."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

type Answer = web.Response | Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Partner:
    """Keeps what it receives. `answers`: what to answer next, then 200 for ever.

    An answer is a response, or a function of the request that misbehaves in its own way.
    """

    key: str = "partner-key-for-tests"
    received: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Take one delivery."""
        body = await request.read()
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        self.received.append(json.loads(body))
        self.arrived.set()
        if not self.answers:
            return web.json_response({"status": "received"})
        answer = self.answers.pop(0)
        return answer if isinstance(answer, web.Response) else await answer(request)

    @property
    def idempotency_keys(self) -> set[str]:
        """Give the different keys that came."""
        return {headers["Idempotency-Key"] for headers in self.headers}

    def server(self) -> TestServer:
        """Give the server, to be entered with `async with`."""
        app = web.Application()
        app.router.add_post("/aanvragen", self.take)
        return TestServer(app)


async def hang_up(request: web.Request) -> web.StreamResponse:
    """Break the line in the middle of the answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"status": "ackn')
    assert request.transport is not None
    request.transport.abort()
    return response


async def never_answer(request: web.Request) -> web.StreamResponse:
    """Keep the line open and say nothing, longer than anyone waits."""
    await asyncio.sleep(60)
    return web.Response()
