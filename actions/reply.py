"""Says the fixed answer of an intent and goes back to the open question."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import show_what_is_new
from actions.answers import cited, say_answer, say_named_question
from actions.consent import STAGES
from actions.distress import stay_with_distress
from actions.feelings import comfort
from actions.handoff import leave
from actions.reach import stops
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, labelled, profile_of
from actions.told import keep_told, points_back, speaks_of_self, told
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
        if intent == "goodbye" and tracker.get_slot("stage") in STAGES and stops(tracker):
            return await leave(dispatcher, tracker)  # "stop": with the handoff
        if intent == "ask_health" and "avoid" in intake.named(told(tracker)):
            return _without_offer(dispatcher, tracker)
        if intent == "ask_health" and (events := comfort(dispatcher, tracker)) is not None:
            return events
        kept = keep_told(tracker, dispatcher)
        if not (say_named_question(dispatcher, tracker) or _say_how_hard(dispatcher, tracker)):
            say_answer(dispatcher, intent)
        return [*kept, *come_back(dispatcher, tracker)]


def _say_how_hard(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Say what is hard in the occupation just explained, to "is dat zwaar"; tell whether it was asked."""
    target = services.get().catalogue.targets.get(tracker.get_slot("topic") or "")
    asks = tracker.get_intent_of_latest_message() == "ask_health" and points_back(tracker)
    if target is None or not asks or speaks_of_self(tracker):
        return False
    dispatcher.utter_message(text=cited(f"{target.name}: {target.hard}", *target.sources))
    return True


def _without_offer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Keep the work that the person said not to want, and say what that changes in an advice."""
    before, kept = profile_of(tracker), keep_told(tracker)
    profile = profile_of(tracker)
    avoid = labelled("avoid", profile["avoid"])
    dispatcher.utter_message(response="utter_health_noted", avoid=avoid)
    if tracker.get_slot("stage") == "advice" and profile != before:
        return [*kept, *show_what_is_new(dispatcher, before, profile)]
    return [*kept, *come_back(dispatcher, tracker)]
