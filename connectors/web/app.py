"""Puts the web together: routes, middlewares, templates, static files."""

import hashlib
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.settings import Settings
from connectors import rest
from connectors.conversations import Conversations
from connectors.web import api, description, events, pages, plan
from connectors.web.limits import Limits
from connectors.web.problems import problem_middleware
from connectors.web.proxies import BehindProxies
from connectors.web.security import security_middleware, set_headers, slow_sender_middleware
from connectors.web.state import CONVERSATIONS, LABELS, LIMITS, PLANNER, SETTINGS, Planner

MAX_BODY = 64 * 1024
HERE = Path(__file__).parent


def web_app(
    conversations: Conversations,
    settings: Settings,
    labels: dict[str, dict[str, Any]],
    planner: Planner,
) -> web.Application:
    """Give the application with the chat page, the API and the REST channel."""
    app = web.Application(
        client_max_size=MAX_BODY,
        middlewares=[
            BehindProxies(settings.trusted_proxies),
            slow_sender_middleware,
            problem_middleware,
            security_middleware,
        ],
    )
    app[CONVERSATIONS] = conversations
    app[SETTINGS] = settings
    app[LABELS] = labels
    app[PLANNER] = planner
    app[LIMITS] = Limits()
    app[events.OPEN_STREAMS] = set()
    for module in (api, description, events, pages, plan, rest):
        app.add_routes(module.routes)
    app.router.add_get("/widget.js", widget, name="widget")
    app.router.add_static("/static/", HERE / "static", name="static")
    environment = aiohttp_jinja2.setup(
        app, loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True
    )
    environment.globals["static"] = static_url
    app.on_response_prepare.append(set_headers)
    app.on_shutdown.append(events.close_streams)
    return app


def static_url(name: str) -> str:
    """Give the address of a static file; it changes with the content, so it may be kept."""
    content = (HERE / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


async def widget(request: web.Request) -> web.StreamResponse:
    """Give the launcher at its stable address."""
    return web.FileResponse(
        HERE / "static" / "widget.js",
        headers={"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"},
    )
