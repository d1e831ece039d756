"""Begins a conversation, and begins again."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import handoff, reach
from actions.intake import take_in
from actions.resume import come_back
from actions.services import conversation
from actions.status import open_request
from actions.talk import Events, ask, entities_of, entity_value, last_said, profile_of
from bot import intake

WITHDRAWN = "utter_handoff_withdrawn"
CONFIRM, SENT = "utter_restart_confirm", "utter_restart_confirm_sent"


class ActionWelcome(Action):
    """Says what this is and asks the first question; to who came before, goes on where we were."""

    def name(self) -> str:
        return "action_welcome"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        known = profile_of(tracker)
        if conversation.get().name or conversation.get().contact:
            return await take_in(dispatcher, tracker)
        if intake.absorb(known, entities_of(tracker)) != known:
            return await take_in(dispatcher, tracker)
        if "utter_welcome" in last_said(tracker):
            dispatcher.utter_message(response="utter_hello")
            return come_back(dispatcher, tracker)
        if tracker.get_slot("stage"):
            dispatcher.utter_message(response="utter_again")
            return come_back(dispatcher, tracker)
        return _from_the_start(dispatcher)


class ActionRestart(Action):
    """Begins again; asks first when there are answers to forget. Rasa has an action of this name.

    "opnieuw aanvragen" is a new request and no more.
    """

    def name(self) -> str:
        return "action_restart"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if handoff.asks_again(tracker) or _means_the_request(tracker):
            return await handoff.request(dispatcher, tracker)
        found = await open_request()
        if entity_value(tracker, "again") or not (profile_of(tracker) or found):
            return _from_the_start(dispatcher)
        reference = found[0] if found else ""
        dispatcher.utter_message(response=SENT if found else CONFIRM, reference=reference)
        return []


def _means_the_request(tracker: Tracker) -> bool:
    """Tell whether "doe toch maar opnieuw" is of the request that was withdrawn just now."""
    withdrawn = WITHDRAWN in last_said(tracker) and not entity_value(tracker, "again")
    return withdrawn and not reach.says_one_of(tracker, "anew")


def begin_again_or_stay(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, yes: bool
) -> Events:
    """Forget the answers after a yes; after a no, go on where we were."""
    return _from_the_start(dispatcher) if yes else come_back(dispatcher, tracker)


def _from_the_start(dispatcher: CollectingDispatcher) -> Events:
    dispatcher.utter_message(response="utter_welcome")
    cleared = [SlotSet("profile", {}), SlotSet("skipped", []), SlotSet("missed", [])]
    cleared += [SlotSet("limits", None)]
    cleared += [SlotSet("supposed", None), SlotSet("comparing", None)]
    cleared += [SlotSet(name, None) for name in ("shown", "topic", "page", "advised")]
    return [*cleared, SlotSet("contact", None), *ask(dispatcher, intake.QUESTIONS[0])]
