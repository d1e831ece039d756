"""Says the fixed answer of an intent and goes back to the open question."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.distress import stay_with_distress
from actions.explore import say_answer
from actions.resume import come_back
from actions.talk import Events, labelled, profile_of
from actions.told import keep_told, told
from bot import intake

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
        if intent == "ask_health" and "avoid" in intake.named(told(tracker)):
            return _without_offer(dispatcher, tracker)
        kept = keep_told(tracker, dispatcher)
        say_answer(dispatcher, intent)
        return [*kept, *come_back(dispatcher, tracker)]


def _without_offer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Keep the work that the person said not to want; it need not be offered any more."""
    kept = keep_told(tracker)
    avoid = labelled("avoid", profile_of(tracker)["avoid"])
    dispatcher.utter_message(response="utter_health_noted", avoid=avoid)
    return [*kept, *come_back(dispatcher, tracker)]
