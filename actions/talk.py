"""Small moves that several actions share: ask the next question, name what is known."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import conversation, services
from bot import intake
from bot.catalogue.folding import fold
from bot.catalogue.named import listed
from bot.handoff.reach import PREPARING

type Events = list[dict[str, Any]]

LIMITS = "avoid"
"""The question that is asked even when something of its answer is known."""
FIRST, AGAIN = "first", "again"
"""How it was asked, in the slot `limits`: in its turn, or because the person went back to it."""


def profile_of(tracker: Tracker) -> dict[str, Any]:
    """Give the profile JSON known so far."""
    return dict(tracker.get_slot("profile") or {})


def written(tracker: Tracker) -> str:
    """Give the words of the latest message; empty when a button was tapped."""
    text = str((tracker.latest_message or {}).get("text") or "")
    return "" if text.startswith("/") else text


def entities_of(tracker: Tracker) -> list[dict[str, Any]]:
    """Give the entities of the latest message; the hour to be called at is no number of hours."""
    found = tracker.latest_message.get("entities", []) if tracker.latest_message else []
    if any(one["entity"] == "hours" for one in found) and is_call_time(tracker):
        return [one for one in found if one["entity"] != "hours"]
    return list(found)


def speaks_of(tracker: Tracker, name: str) -> bool:
    """Tell whether the message has one of the words on contact that are listed under a name."""
    return is_about(written(tracker), name)


def is_about(text: str, name: str) -> bool:
    """Tell whether a text has one of the words on contact that are listed under a name."""
    return not set(services.get().labels["contact"][name].split()).isdisjoint(fold(text).split())


def is_call_time(tracker: Tracker) -> bool:
    """Tell whether the message says when to be called, and not when or how much to work."""
    if not conversation.get().when:
        return False
    found = tracker.latest_message.get("entities", []) if tracker.latest_message else []
    if any(one["entity"] == "when" for one in found):
        return True  # known as one before Rasa read it
    after = any(name.startswith("utter_handoff") for name in last_said(tracker))
    return after or tracker.get_slot("stage") in PREPARING or speaks_of(tracker, "calls")


def entity_value(tracker: Tracker, *names: str) -> str | None:
    """Give the value of the first entity with one of these names, or None."""
    found = (entity["value"] for entity in entities_of(tracker) if entity["entity"] in names)
    return next(found, None)


def labelled(field: str, value: Any) -> str:
    """Give the Dutch word for a profile value."""
    given = services.get()
    if field == "occupation":
        known = given.catalogue.origins.get(value) or given.catalogue.targets.get(value)
        return known.name if known else str(value)
    if field == "refused":
        return listed(value, given.catalogue, given.labels["refused"]["more"])
    words = given.labels.get(field, {})
    values = value if isinstance(value, list) else [value]
    if not values:
        return words.get("none", "-")
    return ", ".join(words.get(str(item).lower(), str(item)) for item in values)


def summary_rows(profile: dict[str, Any]) -> list[dict[str, str]]:
    """Give label and value of everything that is known."""
    names = services.get().labels["field"]
    return [
        {"label": names[field], "value": labelled(field, profile[field])}
        for field in names
        if field in profile
    ]


def summary_text(profile: dict[str, Any]) -> str:
    """Give everything that is known, a line each."""
    return "\n".join(f"- {row['label']}: {row['value']}" for row in summary_rows(profile))


def last_said(tracker: Tracker) -> tuple[str, ...]:
    """Name the responses of the bot's turn before this message."""
    names: list[str] = []
    for event in reversed(tracker.events):
        if event["event"] == "user" and names:
            break
        if event["event"] == "bot":
            name = (event.get("metadata") or {}).get("utter_action") or "text"
            names.append(name)
    return tuple(reversed(names))


def ask(dispatcher: CollectingDispatcher, question: str) -> Events:
    """Ask one background question and remember that it was asked."""
    number, total = intake.progress(question)
    dispatcher.utter_message(response=f"utter_ask_{question}", number=number, total=total)
    first = [SlotSet("limits", FIRST)] if question == LIMITS else []
    return [*first, SlotSet("asked", question), SlotSet("stage", "intake")]


def proceed(dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any]) -> Events:
    """Ask what is still missing, or show the summary when nothing is."""
    question = left_to_ask(tracker, profile)
    if question == LIMITS and profile.get(LIMITS):
        known = summary_text({LIMITS: profile[LIMITS]})
        dispatcher.utter_message(response="utter_limits_so_far", summary=known)
    if question:
        return ask(dispatcher, question)
    if not intake.says_enough(profile):
        dispatcher.utter_message(response="utter_little_known")
        return [SlotSet("asked", None), SlotSet("stage", "advice")]
    dispatcher.utter_message(response="utter_summary", summary=summary_text(profile))
    return [SlotSet("asked", None), SlotSet("stage", "summary")]


def left_to_ask(tracker: Tracker, profile: dict[str, Any]) -> str | None:
    """Name the next question; what got no answer when it was asked comes last."""
    skipped, missed = tracker.get_slot("skipped") or [], tracker.get_slot("missed") or []
    known = profile if tracker.get_slot("limits") else _without_limits(profile)
    return intake.next_question(known, skipped, missed)


def adds_limits(tracker: Tracker) -> bool:
    """Tell whether the answer to what one avoids comes on top of what was told before the question.

    Who goes back to the question changes the answer.
    """
    return tracker.get_slot("asked") == LIMITS and tracker.get_slot("limits") == FIRST


def _without_limits(profile: dict[str, Any]) -> dict[str, Any]:
    """Leave out what one avoids: told in passing, or read in other words, it is no full answer."""
    return {field: value for field, value in profile.items() if field != LIMITS}


def offer_ways_on(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Put the ways on under the last message, for when no question is open."""
    words = services.get().labels["ways_on"]
    seen = tracker.get_slot("stage") == "advice"
    ways = [("advice_again" if seen else "advice", "/ask_advice"), ("human", "/request_human")]
    if left_to_ask(tracker, profile_of(tracker)):
        ways.insert(0, ("go_on", "/want_switch"))
    buttons = [{"title": words[name], "payload": payload} for name, payload in ways]
    dispatcher.messages[-1]["buttons"] = [*dispatcher.messages[-1]["buttons"], *buttons]
