"""Goes back to what was open after a side question."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import handoff
from actions.talk import Events, ask


def come_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Repeat the question that was open, of the handoff or of the background, if any."""
    if tracker.get_slot("stage") in handoff.STAGES:
        return handoff.repeat(dispatcher, tracker)
    asked = tracker.get_slot("asked")
    return ask(dispatcher, asked) if asked else []
