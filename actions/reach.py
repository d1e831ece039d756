"""Lets a person add or change how to be reached, on a request that was sent already.

Only with a yes to the question that shows it, masked: the whole of a number is for the adviser.
"""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import consent
from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import Events, entity_value, last_said, written

ASKS = "utter_handoff_reach"
LEAVES = ("skip", "dont_know", "deny")


def ask_contact(dispatcher: CollectingDispatcher) -> Events:
    """Ask for a telephone number or an address."""
    dispatcher.utter_message(response="utter_handoff_contact")
    return [SlotSet("stage", "contact")]


def wants_a_call(tracker: Tracker) -> bool:
    """Tell whether the person asked to be called or mailed, in words or by a button."""
    return bool(entity_value(tracker, "phone")) or _says(tracker, "calls")


def is_about_contact(tracker: Tracker) -> bool:
    """Tell whether the message speaks of a telephone number or a mail address."""
    return _says(tracker, "about")


def is_waiting(tracker: Tracker) -> bool:
    """Tell whether the message asks after a call or an answer."""
    return _says(tracker, "waits")


def is_by_mail(tracker: Tracker) -> bool:
    """Tell whether the message asks after mail or a call, and not after mail of the plan."""
    return _says(tracker, "calls") and not _says(tracker, "plan")


def _says(tracker: Tracker, name: str) -> bool:
    words = written(tracker).lower().split()
    return not set(services.get().labels["contact"][name].split()).isdisjoint(words)


async def answer(
    dispatcher: CollectingDispatcher, tracker: Tracker, intent: str | None
) -> Events:
    """Take a contact, a yes or a no for a request that is under way."""
    if contact := conversation.get().contact:
        dispatcher.utter_message(response=ASKS, contact=consent.hinted(contact))
        return [SlotSet("stage", "reach"), SlotSet("contact", contact)]
    stage, given = tracker.get_slot("stage"), tracker.get_slot("contact")
    if intent in LEAVES:
        return leave(dispatcher, tracker)
    if stage != "reach" or given is None:
        return ask_contact(dispatcher)
    if intent != "affirm" or ASKS not in last_said(tracker):
        return consent.repeat(dispatcher, tracker)
    reference = await conversation.get().change_contact(given, shown=_shown(tracker))
    dispatcher.utter_message(response="utter_handoff_reach_done", reference=reference)
    return [*close(tracker), *come_back(dispatcher, tracker)]


def leave(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Leave the request as it is, and go back to where the person was."""
    dispatcher.utter_message(response="utter_handoff_reach_kept")
    return [*close(tracker), *come_back(dispatcher, tracker)]


def _shown(tracker: Tracker) -> str:
    texts = [
        str(event["text"])
        for event in tracker.events
        if event["event"] == "bot" and (event.get("metadata") or {}).get("utter_action") == ASKS
    ]
    return texts[-1]


def close(tracker: Tracker) -> Events:
    """Forget the contact, and go back to where the person was."""
    stage = tracker.slots["stage"] = "intake" if tracker.get_slot("asked") else "advice"
    return [SlotSet("stage", stage), SlotSet("contact", None)]
