"""What is wrong at the start is said in one clear line, with exit status 1 and no traceback."""

import asyncio
import re
import shlex
import signal
import socket
import sqlite3
import tarfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.integration.test_receiver import free_port
from tests.nursery import ROOT, Nursery
from tests.telegram_api import TelegramApi


async def complaint(
    nursery: Nursery, *argv: str, env: Mapping[str, str] | None = None, **files: Path
) -> str:
    """Run a command that must fail, and give what it says: a line for each mistake."""
    child = await nursery.start(*argv, env=env, **files)
    status = await child.ends()
    said = child.err.read_text("utf-8")
    assert status == 1, said
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if not line.startswith('{"at"')]
    assert len(lines) == 1 or files.get("root"), said
    return "\n".join(lines)


def serve(data: Path, port: int | None = None) -> tuple[str, ...]:
    """Give the arguments that start the service on a folder."""
    return ("serve", "--port", str(port or free_port()), "--data-dir", str(data))


async def test_without_a_model_it_says_how_to_make_one(nursery: Nursery, tmp_path: Path):
    line = await complaint(nursery, *serve(tmp_path), model=tmp_path / "none.tar.gz")
    assert "geen model" in line
    assert "zijstap train" in line


@pytest.mark.parametrize("kind", ["text", "cut off", "of something else"])
async def test_a_model_that_cannot_be_read_is_named(
    nursery: Nursery, tmp_path: Path, rules_model: Path, kind: str
):
    model = _broken_model(tmp_path / "broken.tar.gz", rules_model, kind)
    line = await complaint(nursery, *serve(tmp_path), model=model)
    assert "broken.tar.gz kan niet geladen worden" in line


def _broken_model(model: Path, good: Path, kind: str) -> Path:
    if kind == "text":
        model.write_text("this is no model")
    elif kind == "cut off":
        model.write_bytes(good.read_bytes()[:2000])
    else:
        with tarfile.open(model, "w:gz") as archive:
            archive.add(ROOT / "LICENSE", "LICENSE")
    return model


async def test_a_data_folder_that_cannot_be_written_is_named(nursery: Nursery, tmp_path: Path):
    file = tmp_path / "no-folder"
    file.touch()
    assert "no-folder" in await complaint(nursery, *serve(file / "data"))


async def test_a_file_that_is_no_database_is_said(nursery: Nursery, tmp_path: Path):
    (tmp_path / "zijstap.db").write_bytes(b"this is no database at all" * 100)
    assert "database" in await complaint(nursery, *serve(tmp_path))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://nobody:geheim@127.0.0.1:1/zijstap",
        "postgresql+nosuchdriver://127.0.0.1/zijstap",
        "mysql://127.0.0.1/zijstap",
        "zijstap.db",
        "://",
    ],
)
async def test_a_wrong_database_address_is_said_without_its_password(
    nursery: Nursery, tmp_path: Path, url: str
):
    line = await complaint(nursery, *serve(tmp_path), env={"DATABASE_URL": url})
    assert "database" in line or "DATABASE_URL" in line
    assert "geheim" not in line


async def test_a_database_of_a_newer_version_is_left_alone(nursery: Nursery, tmp_path: Path):
    with sqlite3.connect(tmp_path / "zijstap.db") as newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.close()
    assert "database" in await complaint(nursery, *serve(tmp_path))


@contextmanager
def taken_port() -> Iterator[int]:
    """Give a port where another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


async def test_a_port_that_is_taken_is_named(nursery: Nursery, tmp_path: Path):
    with taken_port() as port:
        assert str(port) in await complaint(nursery, *serve(tmp_path, port))


async def test_a_mistake_in_the_catalogue_is_named_with_file_and_line(
    nursery: Nursery, tmp_path: Path
):
    root = _root_with_a_mistake(tmp_path)
    said = await complaint(nursery, *serve(tmp_path / "data"), root=root)
    assert all(re.match(r"\S*partners\.yml:\d+: \w", line) for line in said.splitlines())


def _root_with_a_mistake(folder: Path) -> Path:
    root = folder / "root"
    catalogue = root / "data" / "catalogue"
    catalogue.mkdir(parents=True)
    for path in (ROOT / "data").iterdir():
        if path.name != "catalogue":
            (root / "data" / path.name).symlink_to(path)
    for path in (ROOT / "data" / "catalogue").iterdir():
        if path.name != "partners.yml":
            (catalogue / path.name).symlink_to(path)
    text = (ROOT / "data" / "catalogue" / "partners.yml").read_text("utf-8")
    (catalogue / "partners.yml").write_text(text.replace("id:", "idd:", 1), "utf-8")
    return root


async def test_settings_that_are_wrong_are_all_named_at_once(nursery: Nursery, tmp_path: Path):
    wrong = {"SMTP_URL": "mail", "PUBLIC_URL": "zijstap", "TELEGRAM_API": "x"}
    line = await complaint(nursery, *serve(tmp_path), env=wrong)
    assert [name for name in wrong if name not in line] == []


async def test_secrets_are_nowhere_in_what_a_run_says(nursery: Nursery, tmp_path: Path):
    secrets = {
        "REST_CHANNEL_TOKEN": "geheim-rest",
        "SMTP_URL": "smtp://us:geheim-smtp@127.0.0.1:1",
    }
    child = await nursery.start(*serve(tmp_path), env=secrets)
    await child.is_ready()
    assert await child.ends(signal.SIGTERM) == 0
    assert "geheim" not in child.err.read_text("utf-8") + child.out.read_text("utf-8")


async def test_a_frame_on_another_site_that_loses_its_chat_is_said_at_the_start(
    nursery: Nursery, tmp_path: Path
):
    env = {"FRAME_ANCESTORS": "https://www.werkcentrum.nl"}
    child = await nursery.start(*serve(tmp_path), env=env)
    await child.is_ready()
    assert await child.ends(signal.SIGTERM) == 0
    said = child.err.read_text("utf-8")
    assert "FRAME_ANCESTORS" in said and "SECURE_COOKIES" in said


@asynccontextmanager
async def telegram_that_fails(how: str) -> AsyncIterator[str]:
    """Give the address of a Bot API that is away, knows no token, or is another program."""
    if how == "away":
        yield "http://127.0.0.1:1"
        return
    other = web.Application()
    other.router.add_route("*", "/{rest:.*}", lambda request: web.Response(text=request.path))
    server = TelegramApi().server() if how == "wrong token" else TestServer(other)
    async with server as there:
        yield str(there.make_url("/"))


@pytest.mark.parametrize("secret", ["", "abc"], ids=["polling", "webhook"])
@pytest.mark.parametrize("how", ["away", "wrong token", "no Telegram"])
async def test_telegram_that_does_not_work_leaves_the_chat_up_and_its_token_unsaid(
    nursery: Nursery, tmp_path: Path, secret: str, how: str
):
    token = "123456:geheime-sleutel"
    port = free_port()
    async with telegram_that_fails(how) as address, aiohttp.ClientSession() as session:
        env = {
            "TELEGRAM_TOKEN": token,
            "TELEGRAM_SECRET": secret,
            "PUBLIC_URL": "https://zijstap.example",
            "TELEGRAM_API": address,
        }
        child = await nursery.start(*serve(tmp_path, port), env=env)
        await child.is_ready()
        async with asyncio.timeout(20):
            while "telegram" not in child.err.read_text("utf-8"):  # noqa: ASYNC110  a file
                await asyncio.sleep(0.02)
        async with session.get(f"http://127.0.0.1:{port}/health/ready") as answer:
            assert answer.status == 200
        assert await child.ends(signal.SIGTERM) == 0
    said = child.err.read_text("utf-8") + child.out.read_text("utf-8")
    assert "geheime" not in said and "Traceback" not in said
    assert ("telegram_webhook_failed" if secret else "telegram_poll_failed") in said


async def test_the_hint_for_the_first_account_works_as_it_is_printed(
    nursery: Nursery, tmp_path: Path
):
    child = await nursery.start(*serve(tmp_path / "een map"))
    await child.is_ready()
    while "counsellor add" not in child.out.read_text("utf-8"):  # noqa: ASYNC110  a file
        await asyncio.sleep(0.02)
    said = child.out.read_text("utf-8").partition("zijstap counsellor")[2].splitlines()[0]
    add = await nursery.start("counsellor", *shlex.split(said))
    assert await add.ends() == 0
    again = await nursery.start("counsellor", "list", "--data-dir", str(tmp_path / "een map"))
    assert await again.ends() == 0
    assert "NAAM@ADRES" in again.out.read_text("utf-8").upper()
    assert await child.ends(signal.SIGTERM) == 0
