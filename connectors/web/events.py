"""Server-sent events: messages of a conversation as they come, a counsellor's too."""

import asyncio
import contextlib
import json

from aiohttp import web

from connectors.web.api import after_of, authenticated
from connectors.web.problems import Problem
from connectors.web.state import CONVERSATIONS

MAX_OPEN = 2_000
RECONNECT_MS = 2_000

OPEN_STREAMS = web.AppKey("open_streams", set)

routes = web.RouteTableDef()


@routes.get("/api/conversations/{id}/events", name="events")
async def events(request: web.Request) -> web.StreamResponse:
    """Stream messages after `Last-Event-ID` or `?after=`."""
    conversation_id = await authenticated(request)
    after = after_of(request.headers.get("Last-Event-ID") or request.query.get("after"))
    return await stream(request, conversation_id, after)


async def stream(request: web.Request, conversation_id: str, after: int) -> web.StreamResponse:
    """Send the messages of a conversation until the reader goes away or we stop."""
    streams = request.app[OPEN_STREAMS]
    if len(streams) >= MAX_OPEN:
        raise Problem(503, "busy", retry_after=5)
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    await response.write(f"retry: {RECONNECT_MS}\n\n".encode())
    task = asyncio.current_task()
    streams.add(task)
    try:
        async for message in request.app[CONVERSATIONS].follow(conversation_id, after=after):
            if message is None:
                await response.write(b": hier\n\n")
                continue
            data = json.dumps(message.to_json(), ensure_ascii=False)
            await response.write(f"id: {message.seq}\ndata: {data}\n\n".encode())
    except (ConnectionResetError, asyncio.CancelledError):
        return response
    finally:
        streams.discard(task)
    return response


async def close_streams(app: web.Application) -> None:
    """End every open stream when the service stops; readers come back by themselves."""
    tasks = list(app[OPEN_STREAMS])
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
