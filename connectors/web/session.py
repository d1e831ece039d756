"""The chat page's own session: the conversation's id and token in one HttpOnly cookie."""

from http.cookies import Morsel

from aiohttp import web

from connectors.web.state import CONVERSATIONS, SETTINGS

COOKIE = "zijstap"
MAX_AGE = 60 * 60 * 24 * 180

# Before Python 3.14 http.cookies refuses to write this attribute, which it does not know.
Morsel._reserved.setdefault("partitioned", "Partitioned")
Morsel._flags.add("partitioned")


def see_other(address: str) -> web.Response:
    """Send the browser to a page after a change, so that a reload repeats nothing."""
    return web.Response(status=303, headers={"Location": address})


async def session_of(request: web.Request) -> str | None:
    """Give the conversation of this browser, or None when it has none (any more)."""
    conversation_id, _, token = request.cookies.get(COOKIE, "").partition(".")
    if not token or not await request.app[CONVERSATIONS].authenticate(conversation_id, token):
        return None
    return conversation_id


def set_session(request: web.Request, response: web.StreamResponse, value: str) -> None:
    """Keep the session in the browser."""
    _set_cookie(request, response, value, MAX_AGE)


def drop_session(request: web.Request, response: web.StreamResponse) -> None:
    """Make the browser forget the session; it looks for it in the partition where it was put."""
    _set_cookie(request, response, "", 0)


def _set_cookie(
    request: web.Request, response: web.StreamResponse, value: str, max_age: int
) -> None:
    """Write the cookie; inside another site's frame it needs its own partition."""
    settings = request.app[SETTINGS]
    framed = settings.secure_cookies and bool(settings.frame_ancestors)
    response.set_cookie(
        COOKIE,
        value,
        max_age=max_age,
        path="/",
        httponly=True,
        secure=settings.secure_cookies,
        samesite="None" if framed else "Lax",
        partitioned=True if framed else None,
    )
