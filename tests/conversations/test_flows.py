"""Conversations word for word (flows.yml), and what holds for every turn of every conversation."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue import turn
from bot.dialogue.agent import MODEL_FILE, load
from bot.dialogue.tracker_store import TurnTrackerStore
from bot.observability.logging import configure_logging
from bot.server import load_services, opened_database
from bot.settings import read_settings
from bot.storage.bell import Bell
from connectors.message import Message
from tests.conftest import ROOT

FLOWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "flows.yml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def agent() -> Any:
    """Give the real model, loaded once."""
    configure_logging()
    logging.getLogger().handlers.clear()  # pytest's own handler sees every record
    return load(ROOT / MODEL_FILE, TurnTrackerStore())


class Person:
    """Someone in a conversation, with a clock that can be moved."""

    def __init__(self, conversations: turn.Conversations, moved: list[timedelta]) -> None:
        self._conversations = conversations
        self._moved = moved
        self.id = ""
        self.heard: tuple[Message, ...] = ()

    async def begins(self) -> None:
        started = await self._conversations.start(channel="web")
        self.id, self.heard = started.id, started.messages

    async def says(self, words: str) -> str:
        """Say something, or tap [a button], and give all that is answered."""
        payload = None
        if words.startswith("["):
            words = words.strip("[]")
            payload = {
                button.title: button.payload for message in self.heard for button in message.buttons
            }[words]
        self.heard = await self._conversations.take_turn(self.id, words, payload=payload)
        return "\n".join(message.text for message in self.heard)

    def stays_away(self, days: int) -> None:
        self._moved[0] += timedelta(days=days)


@pytest.fixture
async def person(agent: Any, tmp_path: Path) -> AsyncIterator[Person]:
    """Give a person who has been welcomed."""
    settings = read_settings(tmp_path, {})
    services, moved = load_services(settings), [timedelta()]
    async with opened_database(settings) as database, Bell(settings.database_url) as bell:
        conversations = turn.Conversations(
            database, agent, services, lambda: services.clock() + moved[0], bell
        )
        someone = Person(conversations, moved)
        await someone.begins()
        yield someone


def holds(expected: str | list[str] | None) -> list[str]:
    return [expected] if isinstance(expected, str) else expected or []


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow["does"]))
async def test_a_conversation_goes_as_written(person: Person, flow: dict[str, Any]) -> None:
    for said in flow["turns"]:
        answer = await person.says(said["say"])
        for words in holds(said.get("hears")):
            assert words in answer, f"after {said['say']!r}:\n{answer}"
        for words in holds(said.get("not")):
            assert words not in answer, f"after {said['say']!r}:\n{answer}"
        assert person.heard[-1].buttons, f"no way on after {said['say']!r}:\n{answer}"


async def test_who_comes_back_after_days_is_where_they_were(person: Person) -> None:
    await person.says("ik werk als kapper")
    person.stays_away(days=9)
    answer = await person.says("hoi")
    assert "Welkom terug" in answer
    assert "automatische assistent" in answer
    assert "Vraag 2" in answer
    assert "Welkom terug" not in await person.says("[Ik heb WW]")


async def test_nobody_hears_the_same_three_times_in_a_row(person: Person) -> None:
    answers = [await person.says("wat is een bbl?") for _ in range(6)]
    assert all(len(set(answers[i : i + 3])) > 1 for i in range(4))
    assert any("Ik val in herhaling" in answer for answer in answers)
