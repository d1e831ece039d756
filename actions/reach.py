"""Asks how to reach a person, and lets that and who they are be changed on a request that was sent.

There only with a yes to the question that shows it whole, so that a typing error is seen; what it
takes the place of is shown masked.
"""

from typing import Any

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
from actions.told import asks
from bot.catalogue.folding import fold, has
from bot.handoff.call_time import asks_when, names_a_time, wished_ways
from bot.handoff.contact import joined, parts_of
from bot.handoff.correction import corrected, still_other, with_fields
from bot.handoff.reach import ASKS_MESSAGE, MESSAGE

ASKS = "utter_handoff_reach"
UNREAD = ("odd", "spelled")
"""What is meant as a number and cannot be taken as one."""
LEAVES = ("skip", "dont_know", "deny")


def ask_contact(dispatcher: CollectingDispatcher) -> Events:
    """Ask for a telephone number or an address."""
    dispatcher.utter_message(response="utter_handoff_contact")
    return [SlotSet("stage", "contact")]


def ask_message(dispatcher: CollectingDispatcher) -> Events:
    """Ask what the adviser must know; the next words are that, and are shown before they go along."""
    dispatcher.utter_message(response=ASKS_MESSAGE)
    return [SlotSet("stage", MESSAGE)]


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


def wished(tracker: Tracker) -> set[str]:
    """Give how the person asks to be reached: "mail", "call"; nothing for a question, or a wish not to be."""
    text = written(tracker)
    asked = asks(text) or asks_when(text)
    return set() if asked or not speaks_of(tracker, "calls") else wished_ways(text)


def wants_a_person(tracker: Tracker) -> bool:
    """Tell whether the message asks for a person in so many words, whatever else it says."""
    return says_one_of(tracker, "person") and not says_one_of(tracker, "no_person")


def ask_other_way(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Ask for a number or address, where the way that is wished is not known yet; else None."""
    ways = parts_of((tracker.get_slot("contact") or {}).get("way"))
    known = {"mail" if "@" in one else "call" for one in ways}
    return None if wished(tracker) <= known else ask_contact(dispatcher)


async def half(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    intent: str | None,
    *,
    sent: bool,
    profile: dict[str, Any] | None = None,
) -> Events | None:
    """Answer what is about the contact but asks for more: half a number, a name alone, a time.

    Gives None when the message is nothing of the kind.

    Args:
        sent: a request is under way.
        profile: the person's with this message taken in.
    """
    stage, name = tracker.get_slot("stage"), conversation.get().name
    if (number := entity_value(tracker, "phone")) in UNREAD:
        dispatcher.utter_message(response=f"utter_handoff_number_{number}")
        if stage == "handoff_place":
            return come_back(dispatcher, tracker)
        return [SlotSet("stage", "contact")]
    if sent:
        return await _add(dispatcher, tracker, intent, profile or profile_of(tracker))
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
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    intent: str | None,
    profile: dict[str, Any],
) -> Events | None:
    """Ask whether what the message says may go with the request; None when it says nothing.

    Who wants to be called, and of whom no number is known, is asked for that first.
    """
    given, kept = conversation.get(), tracker.get_slot("contact") or {}
    timed = is_call_time(tracker) and intent != "affirm"
    if timed and asks_when(written(tracker)):
        dispatcher.utter_message(response="utter_handoff_when")
        return come_back(dispatcher, tracker)
    said: dict[str, Any] = {key: one for key, one in (given.contact or {}).items() if one}
    if "way" in said:
        said["way"] = joined(kept.get("way"), said["way"])
    if given.name and intent not in LEAVES:
        said["name"] = given.name
    if timed and given.when:
        said["when"] = given.when
    said |= await _corrected(tracker, profile_of(tracker), profile)
    if not said:
        return None
    added = {"way": None, "name": None, **kept, **said}
    if not any(added.values()):
        return leave(dispatcher, tracker)  # what was corrected was put back
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
    return [SlotSet("profile", profile), *await _ask(dispatcher, added)]


async def ask_to_correct(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    before: dict[str, Any],
    profile: dict[str, Any],
) -> Events:
    """Ask whether what a person corrects may go with the request that was sent; no events if nothing.

    The consent text says that no more is shared than it shows, and that what is told afterwards is not
    read. So a correction takes its own yes, as a telephone number does.
    """
    if tracker.get_slot("stage") in consent.STAGES:
        return []
    said = await _corrected(tracker, before, profile)
    return await _ask(dispatcher, {"way": None, "name": None, **said}) if said else []


async def _corrected(
    tracker: Tracker, before: dict[str, Any], profile: dict[str, Any]
) -> dict[str, Any]:
    """Give what a message makes other than the request says, with what was to be asked of that yet."""
    requested = await conversation.get().requested_profile()
    if requested is None or before == profile:
        return {}
    # In the middle of the questions each answer is new: to ask of each would be no help.
    added = tracker.get_slot("asked") is None
    waiting = (tracker.get_slot("contact") or {}).get("profile") or {}
    fields = {
        **{name: profile.get(name) for name in waiting},
        **corrected(requested, before, profile, added=added),
    }
    if not fields:
        return {}
    fields = still_other(requested, fields)
    return {"profile": fields, "was": {name: requested.get(name) for name in fields}}


async def _ask(dispatcher: CollectingDispatcher, added: dict[str, Any]) -> Events:
    old = await conversation.get().in_place_of(added["way"]) if added["way"] else None
    added = {**added, "instead": old}
    dispatcher.utter_message(response=ASKS, added=consent.added_lines(added))
    return [SlotSet("stage", "reach"), SlotSet("contact", added)]


async def answer(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    intent: str | None,
    profile: dict[str, Any] | None = None,
) -> Events:
    """Take what is told of reaching the person, or a yes or a no, for a request that is under way.

    Args:
        profile: the person's with this message taken in.
    """
    stage, given = tracker.get_slot("stage"), tracker.get_slot("contact") or {}
    has_new = conversation.get().contact is not None
    if stops(tracker) and stage in consent.STAGES and not has_new:
        return leave(dispatcher, tracker)
    events = await half(dispatcher, tracker, intent, sent=True, profile=profile)
    if events is not None:
        return events
    if intent in LEAVES:
        rest = {**given, "way": None, "instead": None}
        if stage == "contact" and any(rest.values()):
            return await _ask(dispatcher, rest)
        return leave(dispatcher, tracker)
    if stage == MESSAGE:
        return leave(dispatcher, tracker)  # nothing was typed for the adviser
    if stage != "reach" or not any(given.values()):
        return ask_contact(dispatcher)
    if intent != "affirm" or ASKS not in last_said(tracker):
        return consent.repeat(dispatcher, tracker)
    reference = await _change(tracker, given)
    dispatcher.utter_message(response="utter_handoff_reach_done", reference=reference)
    if when := given.get("when"):
        later = "call_time" if names_a_time(when) else "wish"
        dispatcher.utter_message(response=f"utter_handoff_{later}_later")
    return [*close(tracker), *come_back(dispatcher, tracker)]


async def _change(tracker: Tracker, given: dict[str, Any]) -> str | None:
    """Put on the request what was shown and agreed to; give its reference."""
    to_reach = {name: given.get(name) for name in ("way", "name", "when")}
    profile = advice = None
    if fields := given.get("profile"):
        profile = with_fields(await conversation.get().requested_profile() or {}, fields)
        advice = services.get().advise(profile).to_json()
    return await conversation.get().change_request(
        to_reach, shown=_shown(tracker), profile=profile, advice=advice
    )


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
