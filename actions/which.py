"""Asks which one is meant when a message names work, a place or a situation that may be several."""

import json
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events, last_said, proceed
from bot.catalogue.places import exact_name, fold

MOST_CHOICES = 5
WORK = "utter_which_occupation"
MOST_PASSED = 2
"""So many messages after a choice of work without one, and the first is kept."""
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


def ask_again(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any]
) -> Events:
    """Show the choice of work again to who told something else; passed by twice, the first is kept.

    Empty when no such choice is open.
    """
    unclear, passed = open_choice(tracker)
    if unclear is None:
        return []
    if passed < MOST_PASSED:
        return ask_which(dispatcher, unclear)
    return keep_first(dispatcher, tracker, unclear, profile)


def keep_first(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    unclear: dict[str, Any],
    profile: dict[str, Any],
) -> Events:
    """Keep the likeliest work of a choice, and say how to mend it."""
    first, name = choices(unclear)[0]
    dispatcher.utter_message(response="utter_work_kept", name=name)
    kept = {**profile, "occupation": first}
    return [SlotSet("profile", kept), *proceed(dispatcher, tracker, kept)]


def open_choice(tracker: Tracker) -> tuple[dict[str, Any] | None, int]:
    """Give the work that was asked about in the bot's last turn, and how often it was passed by."""
    if WORK not in last_said(tracker):
        return None, 0
    heard = [event for event in tracker.events if event["event"] == "user"]
    for passed, event in enumerate(reversed(heard[:-1]), start=1):
        for one in event["parse_data"].get("entities", []):
            if one["entity"] == "occupation" and choices(one):
                return one, passed
    return None, 0
