"""A person to talk as, on the real model."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import utc_now
from bot.dialogue.agent import MODEL_FILE, load
from bot.dialogue.tracker_store import TurnTrackerStore
from bot.dialogue.turn import Conversations
from bot.observability.logging import configure_logging
from bot.server import load_services, opened_database
from bot.settings import read_settings
from bot.storage import conversations as store
from bot.storage.bell import Bell
from bot.storage.database import Database
from connectors.message import Message
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def agent() -> Any:
    """Give the real model, loaded once."""
    configure_logging()
    logging.getLogger().handlers.clear()  # pytest's own handler sees every record
    return load(ROOT / MODEL_FILE, TurnTrackerStore())


class Person:
    """Someone in a conversation, with a clock that can be moved."""

    def __init__(
        self, conversations: Conversations, moved: list[timedelta], database: Database
    ) -> None:
        self.conversations = conversations
        self._database = database
        self._moved = moved
        self.id = ""
        self.heard: tuple[Message, ...] = ()

    async def begins(self) -> None:
        started = await self.conversations.start(channel="web")
        self.id, self.heard = started.id, started.messages

    async def says(self, words: str) -> str:
        """Say something, or tap [a button], and give all that is answered."""
        payload = None
        if words.startswith("["):
            words = words.strip("[]")
            payload = self.buttons[words]
        self.heard = await self.conversations.take_turn(self.id, words, payload=payload)
        return "\n".join(message.text for message in self.heard)

    @property
    def buttons(self) -> dict[str, str]:
        """Give title and payload of every button of the last answer."""
        return {
            button.title: button.payload for message in self.heard for button in message.buttons
        }

    async def is_asked_by_a_counsellor(self, *said: Message) -> None:
        """Let a counsellor have the conversation, and say this in it."""
        async with self._database.transaction() as session:
            row = await store.load(session, self.id)
            row.counsellor_id = "anna"
            store.append(session, row, said, utc_now())

    def stays_away(self, days: int) -> None:
        self._moved[0] += timedelta(days=days)


@pytest.fixture
async def person(agent: Any, tmp_path: Path) -> AsyncIterator[Person]:
    """Give a person who has been welcomed."""
    settings = read_settings(tmp_path, {})
    services, moved = load_services(settings), [timedelta()]
    async with opened_database(settings) as database, Bell(settings.database_url) as bell:
        conversations = Conversations(
            database, agent, services, lambda: services.clock() + moved[0], bell
        )
        someone = Person(conversations, moved, database)
        await someone.begins()
        yield someone
