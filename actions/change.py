"""Asks what a person wants to change, or at once for the answer that the message names."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events, ask, entity_value, offer_ways_on, written
from bot import intake
from bot.catalogue.places import fold


def ask_what_to_change(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask the question that must be answered anew; which one, when that is not said."""
    named = entity_value(tracker, "about") or named_question(tracker)
    if named in intake.QUESTIONS:
        return ask(dispatcher, named)
    buttons = [
        {"title": title, "payload": f'/correct{{"about":"{field}"}}'}
        for field, title in services.get().labels["change"].items()
    ]
    dispatcher.utter_message(response="utter_change_what", buttons=buttons)
    offer_ways_on(dispatcher, tracker)
    return []


def named_question(tracker: Tracker) -> str | None:
    """Give the one question whose name is in the message."""
    labels = services.get().labels
    said = f" {fold(written(tracker))} "
    found = [
        field
        for field, title in labels["change"].items()
        if any(f" {fold(words)} " in said for words in labels["typed"][title].split(","))
    ]
    return found[0] if len(found) == 1 else None
