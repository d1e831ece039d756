"""Sends a delivery to a partner's webhook: signed, recognisable, and only to the outside world."""

import ipaddress
import json
import socket
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.handoff.ports import Delivery, Receipt
from bot.handoff.signing import sign

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
ALREADY_HAVE_IT = 409
NEVER_WILL = frozenset({400, 410, 413, 415, 422})
MAX_ANSWER = 10_000
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_inside(address: str) -> bool:
    """Tell whether an IP address is private, link-local, loopback or otherwise not public.

    Also when such an IPv4 address is wrapped in an IPv6 one.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    wrapped = [ip.ipv4_mapped, ip.sixtofour] if isinstance(ip, ipaddress.IPv6Address) else []
    if isinstance(ip, ipaddress.IPv6Address) and ip in NAT64:
        wrapped.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return any(one.is_multicast or not one.is_global for one in (ip, *wrapped) if one)


class OutsideResolver(AbstractResolver):
    """Resolves names, and refuses those that point inside: the address that is checked is the
    address that is used."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Give the addresses of a host; OSError when one of them is inside."""
        found = await self._inner.resolve(host, port, family)
        if any(is_inside(item["host"]) for item in found):
            raise OSError("address inside")
        return found

    async def close(self) -> None:
        """Close the inner resolver."""
        await self._inner.close()


class WebhookSender:
    """The port `bot.handoff.ports.Sender` over HTTP. Close it at the end.

    Args:
        names: gives the addresses of a name; the system's own look-up when not given.
    """

    def __init__(
        self, clock: Clock, *, allow_private: bool = False, names: AbstractResolver | None = None
    ) -> None:
        self._clock = clock
        self._names = names
        self._allow_private = allow_private
        self._session: aiohttp.ClientSession | None = None

    async def send(self, delivery: Delivery) -> Receipt:
        """Send it; 2xx and 409 mean that the partner has it."""
        endpoint = delivery.endpoint or ""
        self.check(endpoint)
        body = body_of(delivery)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": delivery.id,
            **sign(delivery.keys, int(self._clock().timestamp()), body),
        }
        try:
            async with self._client().post(
                endpoint, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return self._receipt(answer, await _beginning(answer))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DeliveryError(type(error).__name__) from error

    def check(self, endpoint: str) -> None:
        """Refuse an address that is not https or that points inside; names are checked later.

        Raises:
            DeliveryError: nothing may be sent there.
        """
        parts = urlsplit(endpoint)
        allowed = ("https", "http") if self._allow_private else ("https",)
        if parts.scheme not in allowed or not parts.hostname:
            raise DeliveryError("address is not https", final=True)
        if self._allow_private:
            return
        try:
            inside = is_inside(parts.hostname)
        except ValueError:
            return  # a name: the resolver decides
        if inside:
            raise DeliveryError("address inside", final=True)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            names = self._names or ThreadedResolver()
            resolver = names if self._allow_private else OutsideResolver(names)
            connector = aiohttp.TCPConnector(resolver=resolver, limit=20)
            self._session = aiohttp.ClientSession(connector=connector, timeout=TIMEOUT)
        return self._session

    def _receipt(self, answer: aiohttp.ClientResponse, text: str) -> Receipt:
        if answer.status < 300 or answer.status == ALREADY_HAVE_IT:
            return Receipt(answer.status, acknowledged=_says_acknowledged(text))
        raise DeliveryError(
            f"HTTP {answer.status}",
            retry_after=_retry_after(answer.headers.get("Retry-After"), self._clock),
            final=answer.status in NEVER_WILL,
        )

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


async def _beginning(answer: aiohttp.ClientResponse) -> str:
    """Give the answer's text, of which no more is read than needed; it must come in whole."""
    kept = b""
    async for part in answer.content.iter_any():
        kept += part
        if len(kept) > MAX_ANSWER:
            break
    return kept[:MAX_ANSWER].decode("utf-8", "replace")


def body_of(delivery: Delivery) -> bytes:
    """Give what goes over the line."""
    return json.dumps(delivery.body, ensure_ascii=False).encode()


def _says_acknowledged(text: str) -> bool:
    try:
        data: Any = json.loads(text)
    except ValueError:
        return False
    return isinstance(data, dict) and data.get("status") == "acknowledged"


def _retry_after(value: str | None, clock: Clock) -> float | None:
    """Read seconds or an HTTP date (RFC 9110, 10.2.3)."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - clock()).total_seconds())
    except (TypeError, ValueError):
        return None
