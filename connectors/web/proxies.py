"""Who is behind our own proxy: limits hold for a person's address, not for the proxy's."""

import ipaddress
from collections.abc import Sequence

from aiohttp import web

from bot.settings import Network
from connectors.web.problems import Handler

FORWARDED = "X-Forwarded-For"


def sender_of(remote: str | None, forwarded: str, proxies: Sequence[Network]) -> str | None:
    """Give the address that asked, or None when it is `remote` itself.

    Anyone may write the header; only what our own proxies added at its end is believed.
    """
    if not _is_ours(remote or "", proxies):
        return None
    for address in reversed([part.strip() for part in forwarded.split(",")]):
        if not _is_ours(address, proxies):
            return address if _is_address(address) else None
    return None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_ours(text: str, proxies: Sequence[Network]) -> bool:
    return _is_address(text) and any(ipaddress.ip_address(text) in one for one in proxies)


@web.middleware
class BehindProxies:
    """A middleware that gives each request the address of the person behind the proxies."""

    def __init__(self, proxies: Sequence[Network]) -> None:
        self._proxies = proxies

    async def __call__(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Pass the request on with its true sender."""
        forwarded = ",".join(request.headers.getall(FORWARDED, []))
        if sender := sender_of(request.remote, forwarded, self._proxies):
            request = request.clone(remote=sender)
        return await handler(request)
