"""Headers on every answer, no change from another site (by Sec-Fetch-Site and Origin), no slow body."""

import asyncio
from urllib.parse import urlsplit

from aiohttp import web

from connectors.web.problems import Handler, Problem, problem_response
from connectors.web.state import SETTINGS

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# These carry their own proof (a token or a signature) and no cookie.
OWN_PROOF = ("/api/", "/webhooks/", "/partners/")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'; "
    "frame-ancestors "
)

BODY_SECONDS = 15
"""In this time a body of 64 kB must be in, also over a bad line."""


def is_foreign(request: web.Request) -> bool:
    """Tell whether a changing request comes from another site.

    Browsers send Sec-Fetch-Site; older ones at least Origin. A request with neither has no
    browser's cookies behind it.
    """
    if request.method in SAFE_METHODS or request.path.startswith(OWN_PROOF):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


@web.middleware
async def security_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse changes from elsewhere; the headers are set when the answer is prepared."""
    if is_foreign(request):
        return problem_response(request, Problem(403, "foreign_origin"))
    return await handler(request)


@web.middleware
async def slow_sender_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Cut off who sends a body byte by byte to keep us busy."""
    if not request.can_read_body:
        return await handler(request)
    timer = asyncio.get_running_loop().call_later(BODY_SECONDS, _cut_off, request)
    try:
        return await handler(request)
    finally:
        timer.cancel()


def _cut_off(request: web.Request) -> None:
    if not request.content.is_eof() and request.transport is not None:
        request.transport.abort()


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the security headers (a signal of `on_response_prepare`)."""
    console = request.path.startswith("/console")
    settings = request.config_dict[SETTINGS]
    framers = "'none'" if console else " ".join(("'self'", *settings.frame_ancestors))
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY + framers
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Server"] = "Zijstap"  # not which versions run behind it
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if settings.secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if not request.path.startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")
