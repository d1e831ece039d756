"""A turn under repeats, odd text, a stuck action and a database that is away; on both databases."""

import asyncio
import json
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from bot.dialogue.plain_text import plain
from bot.server import Running, application
from bot.settings import Settings
from bot.storage import database as storage
from bot.storage.bell import Bell
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow
from bot.storage.tables import Incoming
from connectors.message import Message
from tests.conftest import running_on
from tests.integration.deliveries import post_office
from tests.partner import Partner

PAYLOADS = (
    "/help", '/inform{"place":"Breda"}', '/inform{"occupation":"kassamedewerker"}',
    "/request_human", "/affirm", "/withdraw_handoff", "/skip", "/ask_handoff_status",
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
async def test_message_ids_in_any_order_and_number_are_each_answered_once(
    parts: Running, seed: int
):
    """Every id is sent one to five times, some at once, late repeats between new ones."""
    chance = random.Random(seed)
    started = await parts.conversations.start(channel="web")
    first: dict[str, tuple[Message, ...]] = {}
    payload_of = {f"m{number}": chance.choice(PAYLOADS) for number in range(20)}
    sending = [name for name in payload_of for _ in range(chance.randint(1, 5))]
    chance.shuffle(sending)

    async def send(name: str) -> None:
        said = await parts.conversations.take_turn(
            started.id, name, payload=payload_of[name], message_id=name
        )
        assert first.setdefault(name, said) == said

    while sending:
        together = [sending.pop() for _ in range(min(len(sending), chance.randint(1, 4)))]
        await asyncio.gather(*(send(name) for name in together))

    history = await parts.conversations.history(started.id)
    assert [message.seq for message in history] == list(range(1, len(history) + 1))
    said = [message.text for message in history if message.sender == "person"]
    assert sorted(said) == sorted(payload_of)
    told = [message for answer in first.values() for message in answer]
    stored = [message for message in history if message.sender != "person"]
    assert sorted(told, key=lambda one: one.seq or 0) == stored[len(started.messages) :]
    async with parts.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Incoming)) == 21
        made = await session.scalar(select(func.count()).select_from(HandoffRow))
    references = {word for one in told for word in one.text.split() if word.startswith("ZS-")}
    assert made == len({reference.strip(".,:") for reference in references})


@given(st.text(max_size=60))
def test_plain_text_can_be_stored_and_stays_as_it_is(text: str):
    once = plain(text)
    assert plain(once) == once
    once.encode()
    assert "\x00" not in once


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u200bb\ufeff", "ab"),
        ("cafe\u0301", "café"),
        ("regel\r\nregel\ttab", "regel\nregel\ttab"),
        ("👩‍🔧 👍🏽", "👩‍🔧 👍🏽"),
    ],
)
def test_what_cannot_be_seen_or_stored_is_left_out(typed: str, stored: str):
    assert plain(typed) == stored


async def test_any_text_and_any_message_id_gets_an_answer_and_is_stored(parts: Running):
    started = await parts.conversations.start(channel="web")
    odd = ("\x00", "a\x00b", "\ud800", "\udc00\ud800", "\u202e", "'; DROP TABLE messages; --", "{{7}}")
    for text in odd:
        said = await parts.conversations.take_turn(
            started.id, text, payload="/help", message_id=text
        )
        assert said
    history = await parts.conversations.history(started.id)
    assert [one.text for one in history if one.sender == "person"] == [
        plain(text) for text in odd if plain(text)
    ]


@asynccontextmanager
async def talking_to(parts: Running, settings: Settings) -> AsyncIterator[TestClient]:
    """Give a client of the whole web application."""
    async with TestClient(TestServer(application(parts, settings))) as client:
        yield client


async def begin(client: TestClient) -> tuple[str, dict[str, str]]:
    """Open a conversation; give the address to write to, and the headers."""
    started = await (await client.post("/api/conversations")).json()
    headers = {"Authorization": f"Bearer {started['token']}"}
    return f"/api/conversations/{started['id']}/messages", headers


async def check_is_kind(answer: Any) -> None:
    """Check that a refusal is a problem document that tells a person what to do."""
    assert answer.status == 503
    assert answer.content_type == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    title = json.loads(await answer.text())["title"]
    assert "Even geduld" in title
    assert "0800" in title or "werkcentrum.nl" in title


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_action_that_is_stuck_ends_in_an_apology_and_the_same_message_may_come_again(
    parts: Running, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    async def stuck(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    async with talking_to(parts, settings) as client:
        path, headers = await begin(client)
        message = {"text": "", "payload": "/ask_handoff_status", "message_id": "m"}
        with monkeypatch.context() as patch:
            patch.setattr("bot.dialogue.answering.TURN_SECONDS", 0.05)
            patch.setattr("bot.dialogue.conversation.TurnConversation.handoff_status", stuck)
            await check_is_kind(await client.post(path, json=message, headers=headers))
        answer = await client.post(path, json=message, headers=headers)
        assert answer.status == 200
        assert (await answer.json())["messages"]


class Cable:
    """A line to PostgreSQL that can be cut and joined again."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._writers: list[asyncio.StreamWriter] = []
        self._is_cut = False

    async def __aenter__(self) -> int:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        self._server.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.close()
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers += [writer, there_writer]
        await asyncio.gather(self._pass(reader, there_writer), self._pass(there_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass  # it was cut
        writer.close()

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        self._is_cut = True
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    def join(self) -> None:
        """Let connections through again."""
        self._is_cut = False


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_without_its_database_the_service_says_so_kindly_and_comes_back_by_itself(
    rules_model: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    url = make_url(settings.database_url)
    cable = Cable(url.port or 5432)
    async with cable as port:
        through = url.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        wanted = replace(settings, database_url=through)
        async with running_on(rules_model, wanted, monkeypatch) as parts, talking_to(
            parts, wanted
        ) as client:
            path, headers = await begin(client)
            assert (await client.get("/health/ready")).status == 200
            message = {"text": "hoi", "payload": "/help", "message_id": "m"}

            # WHEN the database goes away, also in the middle of a turn
            cable.cut()
            await check_is_kind(await client.post(path, json=message, headers=headers))
            assert (await client.get("/health/ready")).status == 503
            assert (await client.get("/health/live")).status == 200
            assert (await client.get("/metrics")).status == 200
            page = await client.get("/", headers={"Accept": "text/html"})
            assert page.status == 503
            assert "Even geduld" in await page.text()

            # THEN it works again as soon as the database is back, and nothing is double
            cable.join()
            assert (await client.get("/health/ready")).status == 200
            answer = await client.post(path, json=message, headers=headers)
            assert answer.status == 200
            said = await (await client.get(path, headers=headers)).json()
            persons = [one for one in said["messages"] if one["sender"] == "person"]
            assert [one["text"] for one in persons] == ["hoi"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_database_that_ends_every_session_is_found_again(
    parts: Running, settings: Settings
):
    url = make_url(settings.database_url).set(drivername="postgresql", database="postgres")
    name = make_url(settings.database_url).database
    async with talking_to(parts, settings) as client:
        path, headers = await begin(client)
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
        answer = await client.post(path, json={"text": "", "payload": "/help"}, headers=headers)
        assert answer.status == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_locked_file_gives_a_kind_word_and_nothing_is_lost(
    rules_model: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(storage, "SQLITE_WAIT_SECONDS", 0.1)
    async with running_on(rules_model, settings, monkeypatch) as parts, talking_to(
        parts, settings
    ) as client:
        path, headers = await begin(client)
        message = {"text": "hoi", "payload": "/help", "message_id": "m"}
        held = sqlite3.connect(str(make_url(settings.database_url).database))
        held.execute("BEGIN IMMEDIATE")
        await check_is_kind(await client.post(path, json=message, headers=headers))
        held.rollback()
        held.close()
        assert (await client.post(path, json=message, headers=headers)).status == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_said_kindly_damages_nothing_and_passes_with_space(
    parts: Running, settings: Settings
):
    async def limit(pages: int) -> None:
        # What SQLite itself says when there is no room; each connection has its own limit.
        async with parts.database._engine.connect() as connection:
            await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            await connection.commit()

    async with talking_to(parts, settings) as client:
        path, headers = await begin(client)
        message = {"text": "a" * 4000, "payload": "/help", "message_id": "m"}
        await limit(1)
        for number in range(40):
            answer = await client.post(
                path, json=message | {"message_id": str(number)}, headers=headers
            )
            if answer.status != 200:
                break
        await check_is_kind(answer)
        before = await (await client.get(path, headers=headers)).json()
        await limit(1_000_000)
        again = await client.post(
            path, json=message | {"message_id": str(number)}, headers=headers
        )
        assert again.status == 200
        after = await (await client.get(path, headers=headers)).json()
        assert after["messages"][: len(before["messages"])] == before["messages"]
        with sqlite3.connect(str(make_url(settings.database_url).database)) as plainly:
            assert plainly.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        plainly.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_another_process_is_woken_also_after_its_line_was_broken(settings: Settings):
    url = make_url(settings.database_url)
    admin = url.set(drivername="postgresql", database="postgres")
    async with Bell(settings.database_url) as here, Bell(settings.database_url) as there:
        with there.listen("a") as rung:
            for _ in range(2):
                while not rung.is_set():  # until both lines are (back) in place
                    await here.ring("a")
                    await asyncio.sleep(0.05)
                rung.clear()
                with psycopg.connect(
                    admin.render_as_string(hide_password=False), autocommit=True
                ) as connection:
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = %s",
                        (url.database,),
                    )
            with there.listen("b") as other:
                await here.ring("a")
                assert not other.is_set()


async def test_a_partner_that_says_nothing_holds_up_no_turn(parts: Running, settings: Settings):
    partner = Partner()
    over = asyncio.Event()

    async def busy(_: object) -> web.StreamResponse:
        await over.wait()
        return web.Response()

    partner.answers.append(busy)
    async with post_office(parts.database, settings, partner) as post:
        post.now = parts.services.clock()
        await post.request()
        delivering = asyncio.create_task(post.worker.deliver_due())
        await partner.arrived.wait()
        started = await parts.conversations.start(channel="web")
        for _ in range(3):
            assert await parts.conversations.take_turn(started.id, "", payload="/help")
        assert not delivering.done()
        over.set()
        assert await delivering == 1


async def test_a_database_that_is_not_migrated_is_not_ready(tmp_path: Path):
    opened = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(Exception, match="alembic_version"):
        await opened.ping()
    await opened.close()
