"""An occupation or a place that may be several is asked with buttons, and the choice sticks."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.intake import take_in
from actions.services import conversation, services
from bot.dialogue.unsaved import UnsavedConversation
from bot.server import load_services
from bot.settings import read_settings


@pytest.fixture(autouse=True)
def _services() -> Iterator[None]:
    given = services.set(load_services(read_settings(Path("var"))))
    running = conversation.set(UnsavedConversation())
    yield
    conversation.reset(running)
    services.reset(given)


def heard(entities: list[dict[str, Any]], slots: dict[str, Any] | None = None) -> Tracker:
    """Give a tracker that has just heard these entities."""
    latest = {"text": "...", "intent": {"name": "inform", "confidence": 1.0}, "entities": entities}
    known = {"profile": {}, "skipped": [], "missed": [], "stage": "intake", **(slots or {})}
    return Tracker("someone", known, latest, [], False, None, {}, "action_listen")


async def take(entities: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Give the bot's messages and the slots after these entities."""
    dispatcher = CollectingDispatcher()
    events = await take_in(dispatcher, heard(entities))
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return dispatcher.messages, slots


def chosen(button: dict[str, str]) -> list[dict[str, Any]]:
    """Give the entities that a button sends."""
    given = json.loads(button["payload"].removeprefix("/inform"))
    return [{"entity": name, "value": value} for name, value in given.items()]


@pytest.mark.parametrize("place", ["Bergen", "Hengelo", "Rijswijk", "Beek", "Laren", "Hoorn"])
async def test_a_place_name_of_several_regions_is_asked_and_each_answer_is_one_region(
    place: str,
) -> None:
    messages, slots = await take([{"entity": "place", "value": place}])
    assert messages[0]["response"] == "utter_which_place"
    assert "place" not in slots["profile"] and slots["asked"] == "place"
    *choices, none = messages[0]["buttons"]
    assert 2 <= len(choices) <= 5 and none["payload"] == "/dont_know"
    for button in choices:
        _, after = await take(chosen(button))
        assert after["profile"]["place"] == button["title"]
        assert len(services.get().advise(after["profile"]).to_json()["region"]) == 2


async def test_a_place_of_one_region_is_not_asked() -> None:
    _, slots = await take([{"entity": "place", "value": "Stein (L.)"}])
    assert slots["profile"] == {"place": "Stein (L.)"}


async def test_an_occupation_that_is_not_certain_is_asked_and_the_rest_is_kept() -> None:
    ids = ["kapper", "schoonheidsspecialist", "kok"]
    messages, slots = await take(
        [
            {"entity": "occupation", "value": "kapper", "alternatives": ids},
            {"entity": "hours", "value": "24"},
        ]
    )
    assert messages[0]["response"] == "utter_which_occupation"
    assert slots["profile"] == {"hours": 24}
    *choices, _ = messages[0]["buttons"]
    assert [chosen(button)[0]["value"] for button in choices] == ids
    _, after = await take(chosen(choices[1]))
    assert after["profile"]["occupation"] == "schoonheidsspecialist"


async def test_who_was_dismissed_chooses_a_situation_and_nothing_is_guessed() -> None:
    said = {"entity": "situation", "value": "ww", "alternatives": ["ww", "at_risk"]}
    messages, slots = await take([said])
    assert messages[-1]["response"] == "utter_which_situation"
    assert slots["profile"] == {}
    for button in messages[-1]["buttons"][:-1]:
        (answer,) = chosen(button)
        assert (await take([answer]))[1]["profile"] == {"situation": answer["value"]}
