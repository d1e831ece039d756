"""Where a partner's webhook may be: outside, over https; by number, by name and by any spelling."""

import asyncio
import socket
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import utc_now
from bot.errors import DeliveryError
from bot.handoff.ports import Delivery
from connectors.partners.webhook import WebhookSender, is_inside

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:db8::1",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_seen_as_such(address: str):
    assert is_inside(address)


@pytest.mark.parametrize("address", ["145.10.0.1", "8.8.8.8", "2a00:1450:400e:80c::200e"])
def test_an_address_outside_may_be_reached(address: str):
    assert not is_inside(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(address: Any):
    assert is_inside(f"::ffff:{address}") or not is_inside(str(address))


async def send(endpoint: str, names: AbstractResolver | None = None) -> DeliveryError:
    """Try to deliver there; give why it was refused."""
    sender = WebhookSender(utc_now, names=names)
    delivery = Delivery(
        id="d", kind="handoff", partner_id="p", tries=1, created_at=utc_now(),
        body={"secret": "x"}, endpoint=endpoint, keys=("k",),
    )  # fmt: skip
    try:
        with pytest.raises(DeliveryError) as refused:
            await sender.send(delivery)
    finally:
        await sender.close()
    return refused.value


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.1/", "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/",
        "https://[::ffff:7f00:1]/", "https://user:pass@127.0.0.1/", "https://localhost./",
        "https://127.0.0.1:8443/", "ftp://example.org/", "https:///x", "//127.0.0.1/",
    ],
)  # fmt: skip
async def test_no_spelling_of_an_inside_address_gets_through(endpoint: str):
    await send(endpoint)


@pytest.fixture
async def listener() -> Any:
    """Give the port of something inside that must never be reached, and who came."""
    came: list[str] = []

    async def take(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append("someone")
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1], came
    server.close()


class Names(AbstractResolver):
    """A resolver for which every name has these addresses; `asked` keeps the look-ups."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Give the addresses."""
        self.asked.append(host)
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=socket.AF_INET, proto=6, flags=0
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Close nothing."""


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("145.10.0.1", "127.0.0.1"), ("169.254.169.254",), ("10.0.0.1",)],
)
async def test_a_name_that_points_inside_is_refused_before_anything_is_sent(
    listener: tuple[int, list[str]], addresses: tuple[str, ...]
):
    port, came = listener
    names = Names(*addresses)
    error = await send(f"https://partner.example:{port}/aanvragen", names)
    assert not error.final  # a name may point elsewhere tomorrow
    assert came == []
    assert names.asked == ["partner.example"]  # one look-up: what is checked is what is used
