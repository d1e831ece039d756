"""Asks which one is meant when a message names work, a place or a situation that may be several."""

import json
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events
from bot.catalogue.places import exact_name, fold

MOST_CHOICES = 5
STILL_THERE = "at_risk"
"""Of who was dismissed it is asked too whether the work goes on; of who has no work the benefit alone."""


def choices(entity: dict[str, Any]) -> list[tuple[str, str]]:
    """Give value and name of each thing that an entity may mean; empty if one."""
    catalogue = services.get().catalogue
    if entity["entity"] == "occupation":
        known = catalogue.origins | catalogue.targets
        ids = [name for name in entity.get("alternatives") or () if name in known]
        return [(name, known[name].name) for name in ids[:MOST_CHOICES]]
    if entity["entity"] == "situation" and entity.get("alternatives"):
        names = services.get().labels["situations"]
        return [(value, names[value]) for value in entity["alternatives"] if value in names]
    if entity["entity"] == "place" and isinstance(entity["value"], str):
        rows = catalogue.places.get(fold(entity["value"]), ())
        names = [exact_name(row) for row in rows[:MOST_CHOICES]]
        return [(name, name) for name in names] if len(names) > 1 else []
    return []


def ask_which(dispatcher: CollectingDispatcher, entity: dict[str, Any]) -> Events:
    """Ask with a button for each choice; nothing of the answer is kept until one is chosen."""
    name = entity["entity"]
    buttons = [
        {"title": title, "payload": f"/inform{json.dumps({name: value}, ensure_ascii=False)}"}
        for value, title in choices(entity)
    ]
    none = {"title": services.get().labels["choice"]["none"], "payload": "/dont_know"}
    asks_benefit = name == "situation" and STILL_THERE not in dict(choices(entity))
    response = "utter_which_benefit" if asks_benefit else f"utter_which_{name}"
    dispatcher.utter_message(response=response, place=entity["value"], buttons=[*buttons, none])
    return [SlotSet("asked", name)]
