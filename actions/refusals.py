"""Takes a no to work in the advice, and says what is left out and how it comes back."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.numbered import suggested
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, entities_of, labelled, profile_of
from bot.dialogue.beside_advice import REFUSED, WANTED, WHICH

CHOICES = 3


def is_forged(item: dict[str, Any]) -> bool:
    """Tell whether something is refused that is no occupation: a button can be forged."""
    return item["entity"] == REFUSED and item["value"] not in services.get().catalogue.targets


def refuses_something(tracker: Tracker) -> bool:
    """Tell whether work is refused and nothing says which."""
    refused = [one["value"] for one in entities_of(tracker) if one["entity"] == REFUSED]
    return refused == [WHICH]


def ask_which_is_refused(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask which of the suggestions is meant, with a button for each."""
    targets = services.get().catalogue.targets
    buttons = [
        {"title": targets[one].name, "payload": f'/inform{{"{REFUSED}":"{one}"}}'}
        for one in suggested(profile_of(tracker))[:CHOICES]
    ]
    dispatcher.utter_message(response="utter_which_refused", buttons=buttons)
    return []


def say_all_refused(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say all work that the person said no to, with buttons that bring the latest back."""
    targets = services.get().catalogue.targets
    refused = [targets[one] for one in profile_of(tracker).get(REFUSED, []) if one in targets]
    if not refused:
        dispatcher.utter_message(response="utter_refused_nothing")
        return come_back(dispatcher, tracker)
    names = "\n".join(f"- {one.name}" for one in refused)
    buttons = [
        {"title": one.name, "payload": f'/inform{{"{WANTED}":"{one.id}"}}'}
        for one in refused[-CHOICES:]
    ]
    dispatcher.utter_message(response="utter_refused_all", names=names, buttons=buttons)
    return come_back(dispatcher, tracker)


def say_what_is_refused(
    dispatcher: CollectingDispatcher, before: dict[str, Any], profile: dict[str, Any]
) -> None:
    """Say which work is left out from now on, or is not any more."""
    was, now = before.get(REFUSED, []), profile.get(REFUSED, [])
    targets = services.get().catalogue.targets
    if out := [one for one in now if one not in was]:
        dispatcher.utter_message(
            response="utter_refused", names=labelled(REFUSED, out), name=targets[out[0]].name
        )
    if back := [one for one in was if one not in now]:
        dispatcher.utter_message(response="utter_wanted", names=labelled(REFUSED, back))
