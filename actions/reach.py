"""Asks how to reach a person, and lets that be added or changed on a request that was sent.

There only with a yes to the question that shows it whole, so that a typing error is seen; what it
takes the place of is shown masked.
"""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import consent
from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import (
    Events,
    entity_value,
    is_about,
    is_call_time,
    last_said,
    profile_of,
    speaks_of,
    written,
)
from bot.catalogue.folding import fold, has
from bot.handoff.call_time import asks_when, names_a_time, wished_ways
from bot.handoff.contact import joined

ASKS = "utter_handoff_reach"
UNREAD = ("odd", "spelled")
"""What is meant as a number and cannot be taken as one."""
LEAVES = ("skip", "dont_know", "deny")


def ask_contact(dispatcher: CollectingDispatcher) -> Events:
    """Ask for a telephone number or an address."""
    dispatcher.utter_message(response="utter_handoff_contact")
    return [SlotSet("stage", "contact")]


def wants_a_call(tracker: Tracker) -> bool:
    """Tell whether the person asked to be called or mailed, in words or by a button."""
    return bool(entity_value(tracker, "phone")) or speaks_of(tracker, "calls")


def stops(tracker: Tracker) -> bool:
    """Tell whether the person wants no handoff after all: "nee laat maar"."""
    return says_one_of(tracker, "stops") and not speaks_of(tracker, "calls")


def says_one_of(tracker: Tracker, name: str) -> bool:
    """Tell whether the message has one of the phrases on contact that are listed under a name."""
    return has(fold(written(tracker)), services.get().labels["contact"][name])


def is_by_mail(tracker: Tracker) -> bool:
    """Tell whether the message asks after mail or a call, and not after mail of the plan."""
    return speaks_of(tracker, "calls") and not speaks_of(tracker, "plan")


async def half(
    dispatcher: CollectingDispatcher, tracker: Tracker, intent: str | None, *, sent: bool
) -> Events | None:
    """Answer what is about the contact but asks for more: half a number, a name alone, a time.

    Gives None when the message is nothing of the kind.
    """
    stage, name = tracker.get_slot("stage"), conversation.get().name
    if (number := entity_value(tracker, "phone")) in UNREAD:
        dispatcher.utter_message(response=f"utter_handoff_number_{number}")
        if stage == "handoff_place":
            return come_back(dispatcher, tracker)
        return [SlotSet("stage", "contact")]
    if sent:
        return await _add(dispatcher, tracker, intent)
    if name and intent not in LEAVES:
        return _named(dispatcher, tracker, name)
    if is_call_time(tracker) and intent != "affirm":
        dispatcher.utter_message(response="utter_handoff_call_time")
        return come_back(dispatcher, tracker)
    return None


def _named(dispatcher: CollectingDispatcher, tracker: Tracker, name: str) -> Events:
    """Keep a name, and show it in what was asked; where a number was asked for, that is missed yet."""
    contact = {"way": None, **(tracker.get_slot("contact") or {}), "name": name}
    if tracker.get_slot("stage") == "consent":
        return consent.show_consent(dispatcher, profile_of(tracker), contact)
    dispatcher.utter_message(response="utter_handoff_name_noted")
    return [SlotSet("stage", "contact"), SlotSet("contact", {"way": None, "name": name})]


async def _add(
    dispatcher: CollectingDispatcher, tracker: Tracker, intent: str | None
) -> Events | None:
    """Ask whether what the message says may go with the request; None when it says nothing.

    Who wants to be called, and of whom no number is known, is asked for that first.
    """
    given, kept = conversation.get(), tracker.get_slot("contact") or {}
    timed = is_call_time(tracker) and intent != "affirm"
    if timed and asks_when(written(tracker)):
        dispatcher.utter_message(response="utter_handoff_when")
        return come_back(dispatcher, tracker)
    said: dict[str, str | None] = {key: one for key, one in (given.contact or {}).items() if one}
    if "way" in said:
        said["way"] = joined(kept.get("way"), said["way"])
    if given.name and intent not in LEAVES:
        said["name"] = given.name
    if timed and given.when:
        said["when"] = given.when
    if not said:
        return None
    added = {"way": None, "name": None, **kept, **said}
    when, reached = said.get("when") or "", await given.reached_by()
    # A time alone says little of the way; "liever niet bellen" asks for no number.
    ways = None if names_a_time(when) else wished_ways(when)
    if ways and "mail" in ways and "@" not in f"{added['way']} {reached}":
        dispatcher.utter_message(response="utter_handoff_mail_missed")
        return [SlotSet("stage", "contact"), SlotSet("contact", added)]
    calls = wants_a_call(tracker) or (is_about(when, "calls") if ways is None else "call" in ways)
    if (calls or tracker.get_slot("stage") == "contact") and not added["way"] and reached is None:
        dispatcher.utter_message(response="utter_handoff_name_noted")
        return [SlotSet("stage", "contact"), SlotSet("contact", added)]
    return await _ask(dispatcher, added)


async def _ask(dispatcher: CollectingDispatcher, added: dict[str, str | None]) -> Events:
    old = await conversation.get().in_place_of(added["way"]) if added["way"] else None
    added = {**added, "instead": old}
    dispatcher.utter_message(response=ASKS, added=consent.added_lines(added))
    return [SlotSet("stage", "reach"), SlotSet("contact", added)]


async def answer(dispatcher: CollectingDispatcher, tracker: Tracker, intent: str | None) -> Events:
    """Take what is told of reaching the person, or a yes or a no, for a request that is under way."""
    stage, given = tracker.get_slot("stage"), tracker.get_slot("contact") or {}
    has_new = conversation.get().contact is not None
    if stops(tracker) and stage in consent.STAGES and not has_new:
        return leave(dispatcher, tracker)
    events = await half(dispatcher, tracker, intent, sent=True)
    if events is not None:
        return events
    if intent in LEAVES:
        rest = {**given, "way": None, "instead": None}
        if stage == "contact" and any(rest.values()):
            return await _ask(dispatcher, rest)
        return leave(dispatcher, tracker)
    if stage != "reach" or not any(given.values()):
        return ask_contact(dispatcher)
    if intent != "affirm" or ASKS not in last_said(tracker):
        return consent.repeat(dispatcher, tracker)
    reference = await conversation.get().change_contact(given, shown=_shown(tracker))
    dispatcher.utter_message(response="utter_handoff_reach_done", reference=reference)
    if when := given.get("when"):
        later = "call_time" if names_a_time(when) else "wish"
        dispatcher.utter_message(response=f"utter_handoff_{later}_later")
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
