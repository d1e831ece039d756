"""The example receiver of docs/partner.md, run as its own process, takes a real delivery."""

import asyncio
import os
import socket
import sys
from pathlib import Path

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
