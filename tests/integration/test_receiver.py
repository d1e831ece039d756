"""The example receiver of docs/partner.md, run as its own process, takes a real delivery."""

import asyncio
import importlib.util
import os
import socket
import sys
from collections.abc import Iterator
from http.server import HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.errors import DeliveryError
from bot.handoff.outbox import OutboxWorker
from bot.handoff.ports import Delivery
from bot.server import Running
from bot.settings import Settings
from bot.storage.handoff_tables import HandoffRow, PartnerSetting
from bot.storage.outbox import StoredOutbox
from connectors.partners.sender import PartnerSender
from connectors.partners.webhook import WebhookSender
from tests.integration.test_turn import tell

EXAMPLE = Path(__file__).parents[2] / "examples" / "receiver.py"
KEY = "key-of-the-example"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_the_example_receiver_acknowledges_a_request(parts: Running, settings: Settings):
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(EXAMPLE), str(port), env={**os.environ, "ZIJSTAP_KEY": KEY},
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    sender = PartnerSender(settings, parts.services.clock)
    try:
        async with parts.database.transaction() as session:
            session.add(
                PartnerSetting(
                    partner_id="werkcentrum_am25",
                    endpoint=f"http://127.0.0.1:{port}/",
                    key=KEY,
                )
            )
        started = await parts.conversations.start(channel="web")
        await tell(parts, started.id, '/inform{"place":"Breda"}', "/request_human", "/affirm")
        outbox = OutboxWorker(StoredOutbox(parts.database), sender, parts.services.clock)
        await _until_it_listens(port)
        await outbox.deliver_due()
        async with parts.database.transaction() as session:
            assert (await session.scalars(select(HandoffRow.status))).one() == "acknowledged"
    finally:
        await sender.close()
        process.kill()
        await process.wait()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, str]]:
    """Give the example as a module, and the address where it listens in this process."""
    monkeypatch.setenv("ZIJSTAP_KEY", KEY)
    spec = importlib.util.spec_from_file_location("receiver", EXAMPLE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.Receiver, "log_message", lambda *_: None)
    with HTTPServer(("127.0.0.1", 0), module.Receiver) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield module, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


async def test_the_example_receiver_keeps_the_newest_and_deletes_what_is_withdrawn(
    receiver: tuple[Any, str],
):
    module, endpoint = receiver
    sender = WebhookSender(utc_now, allow_private=True)

    async def arrives(delivery: str, **body: Any) -> None:
        await sender.send(
            Delivery(
                id=delivery, kind=body["type"], partner_id="p", tries=1, created_at=utc_now(),
                body=body, endpoint=endpoint, keys=(KEY,),
            )
        )  # fmt: skip

    def contacts() -> list[str]:
        return [kept["contact"]["by"] for kept in module.KEPT.values()]

    try:
        first = {"type": "handoff", "reference": "ZS-ONE", "contact": {"by": "0612345678"}}
        await arrives("one", **first)
        await arrives("two", **first | {"contact": {"by": "0687654321"}})
        await arrives("one", **first)  # a repeat that comes late is no news
        await arrives("test", type="test", reference="ZS-TEST", contact={"by": "x"})
        assert contacts() == ["0687654321"]
        await arrives("gone", type="withdrawal", reference="ZS-ONE")
        await arrives("unknown", type="withdrawal", reference="ZS-NONE")
        await arrives("one", **first)
        assert contacts() == []
        assert "06" not in repr(module.SEEN)
    finally:
        await sender.close()


async def _until_it_listens(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise AssertionError("the example did not start")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://example.org/", "https://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/",
        "https://169.254.169.254/latest/meta-data", "https://localhost/", "file:///etc/passwd", "",
    ],
)  # fmt: skip
async def test_a_partner_address_cannot_reach_inside(endpoint: str):
    sender = WebhookSender(utc_now)
    delivery = Delivery(
        id="d", kind="handoff", partner_id="p", tries=1, created_at=utc_now(), body={},
        endpoint=endpoint, keys=("k",),
    )  # fmt: skip
    try:
        with pytest.raises(DeliveryError):
            await sender.send(delivery)
    finally:
        await sender.close()
