"""Says the fixed answer of an intent and goes back to the open question."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.distress import stay_with_distress
from actions.explore import say_answer
from actions.resume import come_back
from actions.talk import Events

SMALLTALK = ("goodbye", "help", "thank")
"""Words that change nothing for a person in despair."""


class ActionReply(Action):
    """Says the fixed answer of an intent and goes back to the open question."""

    def name(self) -> str:
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        intent = tracker.get_intent_of_latest_message() or ""
        if intent in SMALLTALK and stay_with_distress(dispatcher, tracker):
            return []
        say_answer(dispatcher, intent)
        return come_back(dispatcher, tracker)
