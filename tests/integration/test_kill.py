"""The real process, killed and stopped at any moment: what people were told is what is stored."""

import asyncio
import os
import random
import re
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
from aiohttp import web
from sqlalchemy import select, update
from sqlalchemy.engine import make_url

from bot.clock import utc_now
from bot.storage.database import LOCK_KEY, Database
from bot.storage.handoff_tables import HandoffRow, OutboxRow, PartnerSetting
from tests.client import Client
from tests.integration.house import House, lines
from tests.nursery import Nursery
from tests.partner import Partner

KILLS = int(os.environ.get("ZIJSTAP_KILLS", "20"))
PEOPLE = 4
SCRIPT = (
    ("Ik zit achter de kassa", '/inform{"occupation":"kassamedewerker"}'),
    ("Ik kan ontslagen worden", '/inform{"situation":"at_risk"}'),
    ("Mbo 4", '/inform{"education":"mbo4"}'),
    ("In Breda", '/inform{"place":"Breda"}'),
    ("Ik wil een mens spreken", "/request_human"),
    ("Ja, deel dit", "/affirm"),
    ("Waar is mijn aanvraag?", "/ask_handoff_status"),
)
AGREES = 5


@pytest.fixture
def partner() -> Partner:
    """Give the partner of West-Brabant."""
    return Partner()


@pytest.fixture
async def house(
    nursery: Nursery, database: Database, tmp_path: Path, partner: Partner
) -> AsyncIterator[House]:
    """Give a house whose service is not open yet."""
    async with partner.server() as there:
        async with database.transaction() as session:
            endpoint = str(there.make_url("/aanvragen"))
            session.add(
                PartnerSetting(partner_id="werkcentrum_am25", endpoint=endpoint, key=partner.key)
            )
        yield House(nursery, database, tmp_path / "data")


async def answers(clients: list[Client], wanted: int) -> None:
    """Wait until so many more messages are answered."""
    before = sum(len(client.answers) for client in clients)
    while sum(len(client.answers) for client in clients) < before + wanted:  # noqa: ASYNC110
        await asyncio.sleep(0.002)


async def check_what_was_told(clients: list[Client]) -> None:
    """Compare each conversation as stored with what its person was told.

    That the partner has the request is told by itself, whenever the delivery is through.
    """
    for client in clients:
        stored = await client.reads()
        assert [message["seq"] for message in stored] == list(range(1, len(stored) + 1))
        turns = [one for one in stored if one["sender"] != "system"]
        assert [one for one in turns if one["sender"] != "person"] == client.told
        said = [one["text"] for one in stored if one["sender"] == "person"]
        assert said == [message["text"] for message in client.sent.values()]
        for message_id, answer in client.answers.items():
            assert await client.repeats(message_id) == answer
        again = await client.reads()
        assert [one for one in again if one["sender"] != "system"] == turns


async def test_killed_at_any_moment_a_turn_is_there_wholly_or_not_at_all(
    house: House, partner: Partner
):
    chance = random.Random(5)
    over = asyncio.Event()
    clients: list[Client] = []

    async def person(session: aiohttp.ClientSession) -> None:
        while not over.is_set():
            client = Client(house.url, session)
            clients.append(client)
            await client.arrives()
            for text, payload in SCRIPT:
                await client.says(text, payload)

    async with lines() as session:
        people = [asyncio.create_task(person(session)) for _ in range(PEOPLE)]
        for _ in range(KILLS):
            service = await house.opens()
            await answers(clients, chance.randint(0, 8))
            await asyncio.sleep(chance.uniform(0.0, 0.03))
            await service.dies()
        # What a killed worker had in hand is free again after its lease.
        async with house.database.transaction() as transaction:
            await transaction.execute(update(OutboxRow).values(leased_until=None))
        service = await house.opens()
        over.set()
        await asyncio.gather(*people)
        await check_what_was_told(clients)

        # THEN each request that a person was told of exists once, and reaches the partner
        agreed = [client.answers[list(client.sent)[AGREES]][-1]["text"] for client in clients]
        told = re.findall(r"ZS-\w{7}", " ".join(agreed))
        stored = await house.all(select(HandoffRow.reference))
        assert sorted(told) == sorted(stored)
        assert len(told) == len(clients) > PEOPLE
        await house.delivers_all()
        keys: dict[str, set[str]] = {}
        for body, headers in zip(partner.received, partner.headers, strict=True):
            keys.setdefault(body["reference"], set()).add(headers["Idempotency-Key"])
        assert set(keys) == set(told)
        assert {len(of_one) for of_one in keys.values()} == {1}
        for client in clients:
            notices = [one for one in await client.reads() if one["sender"] == "system"]
            assert len(notices) == 1, notices
        assert await service.ends(signal.SIGTERM) == 0


async def test_killed_in_the_middle_of_a_delivery_it_is_delivered_again_under_the_same_key(
    house: House, partner: Partner
):
    async def busy(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    partner.answers.append(busy)
    service = await house.opens()
    async with lines() as session:
        client = Client(house.url, session)
        await client.arrives()
        for text, payload in SCRIPT[3:6]:
            await client.says(text, payload)
        await partner.arrived.wait()
        await service.dies()
        partner.arrived.clear()
        async with house.database.transaction() as transaction:
            lease = await transaction.scalar(
                select(OutboxRow.leased_until).where(OutboxRow.kind == "handoff")
            )
            assert lease is not None and lease > utc_now()
            await transaction.execute(
                update(OutboxRow).values(leased_until=lease - timedelta(minutes=2))
            )
        service = await house.opens()
        await partner.arrived.wait()
        assert len(partner.received) == 2
        assert len(partner.idempotency_keys) == 1
        await house.delivers_all()
        await service.ends(signal.SIGTERM)
    assert await house.all(select(HandoffRow.status)) == ["delivered"]


@contextmanager
def held_up(database: Database, conversation_id: str) -> Any:
    """Hold what a turn of this conversation needs, so that it is in flight until we let go."""
    if database.is_postgresql:
        address = make_url(database.url).set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False)) as connection:
            connection.execute(LOCK_KEY.replace(":key", "%s"), (conversation_id,))
            yield
    else:
        with sqlite3.connect(str(make_url(database.url).database)) as held:
            held.execute("BEGIN IMMEDIATE")
            yield
            held.rollback()
        held.close()


async def test_a_stop_finishes_the_turn_that_is_in_flight(house: House):
    service = await house.opens()
    async with lines() as session:
        client = Client(house.url, session)
        await client.arrives()
        with held_up(house.database, client.id):
            turn = asyncio.create_task(client.says(*SCRIPT[0]))
            await asyncio.sleep(0.3)
            stopping = asyncio.create_task(service.ends(signal.SIGTERM))
            await asyncio.sleep(0.3)
            assert not turn.done()
            assert not stopping.done()
        assert await turn
        assert await stopping == 0
        service = await house.opens()
        await check_what_was_told([client])
        await service.ends(signal.SIGTERM)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_workers_keep_the_turns_of_each_conversation_apart_and_in_order(house: House):
    services = [await house.opens("--shared-port") for _ in range(2)]
    async with lines() as session:
        clients = [await house.knows(session) for _ in range(50)]

        # WHEN each conversation is open in two windows that talk at the same time
        async def window(client: Client, name: str) -> None:
            for number in range(2):
                await client.says(f"{name}{number}", "/help")

        await asyncio.gather(
            *(window(client, name) for client in clients for name in ("links", "rechts"))
        )

        # THEN every answer stands right behind its question, and nothing is lost
        for client in clients:
            stored = {message["seq"]: message for message in await client.reads()}
            assert sorted(stored) == list(range(1, len(stored) + 1))
            for message_id, answer in client.answers.items():
                first = answer[0]["seq"]
                assert stored[first - 1]["text"] == client.sent[message_id]["text"]
                assert [stored[first + place] for place in range(len(answer))] == answer

        # AND a conversation that is held up holds up no other
        with held_up(house.database, clients[0].id):
            waiting = asyncio.create_task(clients[0].says("wacht", "/help"))
            await asyncio.gather(*(client.says("door", "/help") for client in clients[1:20]))
            assert not waiting.done()
        assert await waiting
    assert [await service.ends(signal.SIGTERM) for service in services] == [0, 0]
