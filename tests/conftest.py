"""Fixtures that several kinds of tests share.

Most tests of channels, storage and handoff talk through buttons: a button's payload needs no
language model, so they run on a model of the rules alone, trained in a second. What the words
mean is tested with the real model (tests/nlu, tests/conversations).
"""

import functools
import logging
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

from actions.services import Services
from bot import server
from bot.dialogue.agent import load
from bot.observability.logging import configure_logging
from bot.server import Running, load_services, running
from bot.settings import Settings, read_settings
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.nursery import Nursery

# No test asserts how long something takes: a busy machine is no mistake. `thorough` is for nights:
# HYPOTHESIS_PROFILE=thorough .venv/bin/python -m pytest tests/unit/test_advice_properties.py
settings.register_profile("zijstap", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "zijstap"))

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def rules_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a model without language understanding: our own rules and actions."""
    from bot.without_tensorflow import install

    configure_logging()
    logging.getLogger().handlers.clear()  # pytest's own handler sees every record
    install()
    from rasa.model_training import train_core

    folder = tmp_path_factory.mktemp("rules")
    config = (ROOT / "config.yml").read_text("utf-8")
    head, _, policies = config.partition("policies:")
    (folder / "config.yml").write_text(head.partition("pipeline:")[0] + "policies:" + policies)
    path = train_core(
        str(ROOT / "domain.yml"),
        str(folder / "config.yml"),
        str(ROOT / "data" / "rules"),
        str(folder),
        fixed_model_name="rules",
    )
    return Path(str(path))


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory, rules_model: Path) -> Iterator[Nursery]:
    """Give a process that starts the program, on the rules model, as often as wanted."""
    with Nursery(tmp_path_factory.mktemp("nursery"), rules_model) as opened:
        yield opened


def postgresql_is_there() -> bool:
    """Tell whether a PostgreSQL server answers."""
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a new, empty database: SQLite, and PostgreSQL where it runs."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
        return
    if not postgresql_is_there():
        pytest.skip("no PostgreSQL server on this machine")
    name = f"zijstap_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+psycopg://{POSTGRESQL.partition('://')[2].rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Give settings for a new database, partners on this machine allowed."""
    return read_settings(
        tmp_path / "data",
        {
            "DATABASE_URL": database_url,
            "REST_CHANNEL_TOKEN": "rest-token-for-tests",
            "ALLOW_PRIVATE_PARTNERS": "1",
        },
    )


@functools.cache
def agent_of(model: Path) -> Any:
    """Give Rasa's agent on a model, loaded once."""
    from bot.dialogue.tracker_store import TurnTrackerStore

    return load(model, TurnTrackerStore())


def _loaded(model: Path, _: object) -> Any:
    return agent_of(model)


@functools.cache
def _read_services() -> Services:
    return load_services(read_settings(ROOT, {}))


@asynccontextmanager
async def running_on(
    model: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Running]:
    """Run everything but the network on a model; model and catalogue are read once for all."""
    monkeypatch.setattr(server, "MODEL_FILE", model)
    monkeypatch.setattr(server, "load", _loaded)
    monkeypatch.setattr(server, "load_services", lambda _: _read_services())
    async with running(settings) as parts:
        yield parts


@pytest.fixture
async def parts(
    rules_model: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Running]:
    """Give the parts of a running service on the rules model."""
    async with running_on(rules_model, settings, monkeypatch) as opened:
        yield opened


@pytest.fixture(scope="session")
def services() -> Services:
    """Give the catalogue with its words, read once."""
    return _read_services()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open, migrated database of each kind."""
    migrate(database_url)
    opened = Database(database_url)
    yield opened
    await opened.close()
