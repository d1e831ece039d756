"""What the console's handlers find in the application, and how they open a request."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp_jinja2
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.advice.texts import AdviceTexts
from bot.catalogue.model import Catalogue
from bot.clock import Clock
from bot.handoff.ports import Delivery, Receipt
from bot.storage.bell import Bell
from bot.storage.console_tables import Account
from bot.storage.database import Database

COOKIE = "zijstap_console"
DONE = "zijstap_console_done"
"""The cookie with the code of what was just done: said once, on the next page, and then forgotten."""
DONE_SECONDS = 60
IN_PLACE_OF_ALL = {"HX-Retarget": "#inhoud", "HX-Reselect": "#inhoud", "HX-Reswap": "outerHTML"}
"""Lets what a page fetches by itself take the place of all that the page shows."""
NATIONAL = "NL"
"""The region of a person whose place is not known; an account may have it too."""


class Door(Protocol):
    """The way out to partners."""

    async def send(self, delivery: Delivery) -> Receipt:
        """Send it, or raise DeliveryError."""

    def preview(self, delivery: Delivery) -> str:
        """Give exactly the text that `send` would send."""

    def check(self, endpoint: str) -> None:
        """Raise DeliveryError for an address that nothing may be sent to."""


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
    resume: Callable[[str], Awaitable[None]]
    """Lets the bot go on in a conversation."""
    wait_for: Callable[[str, int], int]
    door: Door


CONSOLE = web.AppKey("console", Console)
ACCOUNT = "account"
NEW = "new"
"""Under this name a request holds how many handoffs wait for someone to take them up."""

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
    """Render a page of the console; every page knows who is logged in and what is new."""
    console = request.app[CONSOLE]
    # What a page fetches by itself does not say it.
    done = "" if is_poll(request) else request.cookies.get(DONE, "")
    common = {
        "account": request.get(ACCOUNT),
        "new": request.get(NEW, 0),
        "labels": console.labels,
        "catalogue": console.catalogue,
        "path": request.path,
        "done": done,
    }
    response = aiohttp_jinja2.render_template(template, request, common | context, status=status)
    if done:
        response.del_cookie(DONE, path="/console")
    return response


def is_poll(request: web.Request) -> bool:
    """Tell whether a page asks by itself, without anyone being there."""
    return request.method == "GET" and "HX-Request" in request.headers


def must_be(request: web.Request, *roles: str) -> None:
    """Answer 404 to who may not know that the page exists."""
    if request[ACCOUNT].role not in roles:
        raise web.HTTPNotFound


def see_other(address: str, done: str = "") -> web.Response:
    """Send the browser to a page after a change, so that a reload repeats nothing.

    Args:
        done: a code of `console_done` in data/labels.yml that the page then says, once.
    """
    response = web.Response(status=303, headers={"Location": address})
    if done:
        response[DONE] = done
    return response


def remember_done(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser bring what was done to the next page: not in its address, which stays."""
    if done := response.get(DONE):
        response.set_cookie(
            DONE,
            done,
            path="/console",
            httponly=True,
            samesite="Lax",
            secure=request.app[CONSOLE].secure_cookies,
            max_age=DONE_SECONDS,
        )


def regions_for(request: web.Request) -> list[tuple[str, str]]:
    """Give code and name of each region that is in this account's view."""
    console, account = request.app[CONSOLE], request[ACCOUNT]
    names = region_names(console)
    codes = names if account.role == "admin" else [str(code) for code in account.regions]
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda item: item[1])


def region_names(console: Console) -> dict[str, str]:
    """Give the name of every region, the unknown one included."""
    names = {code: region.name for code, region in console.catalogue.regions.items()}
    return names | {NATIONAL: str(console.labels["console"]["national"])}
