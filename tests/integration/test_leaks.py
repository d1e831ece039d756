"""A whole run of the real process with words planted in it: none of them in logs or metrics."""

import asyncio
import signal
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.storage.database import Database
from bot.storage.handoff_tables import PartnerSetting
from tests.client import Client
from tests.integration.test_receiver import free_port
from tests.nursery import Nursery
from tests.partner import Partner

WORDS = "kanarievogel"
NAME, PHONE, MAIL = "Roodborst", "06-98765432", "roodborst@voorbeeld.nl"
REST, PASSWORD, SENDER = "rest-geheim", "smtp-geheim", "winterkoning"


async def talks(client: Client) -> None:
    """Let a person tell things, ask for help and be reached by telephone."""
    await client.arrives()
    await client.says(f"Ik heet {NAME} en {WORDS} {MAIL}", "/help")
    await client.says(WORDS, '/inform{"place":"Breda"}')
    await client.says(WORDS, "/request_human")
    await client.says(WORDS, '/inform{"phone":"asked"}')
    await client.says(f"{NAME}, {PHONE}", "/help")
    await client.says(WORDS, "/affirm")
    await client.says(WORDS, "/export_data")


async def goes_wrong(session: aiohttp.ClientSession, url: str, client: Client) -> None:
    """Send everything that is refused, with the same words in it."""
    path = f"{url}/api/conversations/{client.id}/messages"
    for headers, body in (
        ({}, b"{}"),
        ({"Authorization": f"Bearer {WORDS}"}, b"{}"),
        (client.headers, f'{{"text": "{WORDS}'.encode()),
        (client.headers, f'{{"text": "{WORDS * 500}"}}'.encode()),
        (client.headers, b'{"text": "x", "payload": ["' + WORDS.encode() + b'"]}'),
        (client.headers, WORDS.encode() * 9000),
    ):
        async with session.post(path, data=body, headers=headers) as answer:
            assert answer.status >= 400
            assert WORDS not in await answer.text()
    for odd in (f"/{WORDS}", f"/api/conversations/{WORDS}/messages", f"/partners/{WORDS}/status"):
        async with session.post(url + odd, data=WORDS) as answer:
            assert answer.status in (401, 403, 404, 405)
    rest = {"Authorization": f"Bearer {REST}"}
    async with session.post(
        f"{url}/webhooks/rest/webhook", json={"sender": SENDER, "message": WORDS}, headers=rest
    ) as answer:
        assert answer.status in (200, 503)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_word_of_a_person_and_no_secret_is_in_logs_or_metrics(
    nursery: Nursery, database: Database, tmp_path: Path
):
    partner = Partner(answers=[web.Response(status=500, text=WORDS) for _ in range(3)])
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        "DATABASE_URL": database.url, "ALLOW_PRIVATE_PARTNERS": "1", "REST_CHANNEL_TOKEN": REST,
        "SMTP_URL": f"smtp://us:{PASSWORD}@127.0.0.1:1",
    }  # fmt: skip
    async with partner.server() as there, aiohttp.ClientSession() as session:
        async with database.transaction() as transaction:
            endpoint = str(there.make_url("/aanvragen"))
            transaction.add(
                PartnerSetting(partner_id="werkcentrum_am25", endpoint=endpoint, key=partner.key)
            )
        service = await nursery.start(
            "serve", "--port", str(port), "--data-dir", str(tmp_path / "d"), env=env
        )
        await service.is_ready()
        client = Client(url, session)
        await talks(client)
        await asyncio.wait_for(partner.arrived.wait(), 20)
        await goes_wrong(session, url, client)
        async with session.get(f"{url}/metrics") as answer:
            metrics = await answer.text()
        await service.ends(signal.SIGTERM)
    said = service.err.read_text("utf-8") + service.out.read_text("utf-8") + metrics
    assert "delivery_retry" in said  # it did log
    assert "zijstap_outbox_oldest_seconds" in metrics
    planted = (
        WORDS, NAME, PHONE, MAIL, REST, PASSWORD, SENDER, client.token, partner.key,
        PHONE.replace("-", ""),
    )  # fmt: skip
    assert [word for word in planted if word in said] == []
    # The person's own number went to the partner, and the link to it holds nothing of the person.
    assert partner.received[0]["contact"] == {"name": NAME, "by": PHONE}
    assert all(WORDS not in str(headers) for headers in partner.headers)
