"""What to do when a message is not understood."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.resume import come_back
from actions.services import conversation
from actions.talk import Events, entities_of, proceed, profile_of
from bot import intake


def _heard(tracker: Tracker) -> tuple[str, str | None]:
    """Give the words and the best guess at their intent."""
    latest = tracker.latest_message
    ranking = latest.get("intent_ranking") or []
    guess = ranking[1]["name"] if len(ranking) > 1 else None
    return str(latest.get("text") or ""), guess


class ActionNotUnderstood(Action):
    """Uses what was recognised after all; else asks again, and the second time offers a person."""

    def name(self) -> str:
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        before = profile_of(tracker)
        profile = intake.absorb(before, entities_of(tracker))
        if profile != before:
            known = [SlotSet("profile", profile), SlotSet("misses", 0)]
            return [*known, *proceed(dispatcher, tracker, profile)]
        await conversation.get().not_understood(*_heard(tracker))
        misses = int(tracker.get_slot("misses") or 0) + 1
        if misses > 1:
            dispatcher.utter_message(response="utter_not_understood_again")
            return [SlotSet("misses", misses)]
        dispatcher.utter_message(response="utter_not_understood")
        return [SlotSet("misses", misses), *come_back(dispatcher, tracker)]
