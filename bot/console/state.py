"""What the console's handlers find in the application, and how they open a request."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.advice.texts import AdviceTexts
from bot.catalogue.model import Catalogue
from bot.clock import Clock
from bot.storage.bell import Bell
from bot.storage.console_tables import Account
from bot.storage.database import Database

COOKIE = "zijstap_console"


@dataclass(frozen=True, slots=True)
class Console:
    """Everything the console works with."""

    database: Database
    bell: Bell
    clock: Clock
    catalogue: Catalogue
    texts: AdviceTexts
    labels: dict[str, dict[str, Any]]
    secure_cookies: bool
    wait_for: Callable[[str, int], int]


CONSOLE = web.AppKey("console", Console)
ACCOUNT = "account"

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def opened(request: web.Request) -> AsyncIterator[tuple[Console, AsyncSession, Account]]:
    """Give the console, a transaction and who is logged in."""
    console = request.app[CONSOLE]
    async with console.database.transaction() as session:
        account = await session.merge(request[ACCOUNT], load=True)
        yield console, session, account


def page(
    request: web.Request, template: str, context: dict[str, Any], *, status: int = 200
) -> web.Response:
    """Render a page of the console; every page knows who is logged in."""
    console = request.app[CONSOLE]
    common = {"account": request.get(ACCOUNT), "labels": console.labels, "path": request.path}
    return aiohttp_jinja2.render_template(template, request, common | context, status=status)


def must_be(request: web.Request, *roles: str) -> None:
    """Answer 404 to who may not know that the page exists."""
    if request[ACCOUNT].role not in roles:
        raise web.HTTPNotFound


def see_other(address: str) -> web.Response:
    """Send the browser to a page after a change, so that a reload repeats nothing."""
    return web.Response(status=303, headers={"Location": address})
