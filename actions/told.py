"""Keeps what a person tells about themselves in a message that is also, or seems, a question.

"Ik heb last van mijn rug, dus geen zwaar werk" asks after health and answers at the same time.
"""

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events, adds_limits, entities_of, left_to_ask, profile_of, written
from bot import intake

_PARTS = re.compile(r"[^,.;!?]+[,.;!?]?")


def told(tracker: Tracker) -> list[dict[str, Any]]:
    """Give the entities in the parts of the message that state something; none of a question.

    A part counts when it speaks of the person, or answers the open question.
    """
    text, asked = written(tracker), tracker.get_slot("asked")
    kept = []
    for part in _PARTS.finditer(text):
        if _asks(part[0]):
            continue
        inside = [
            one
            for one in entities_of(tracker)
            if part.start() <= one.get("start", -1) < part.end()
        ]
        if _has(part[0], "hearsay"):
            continue
        if _has(part[0], "self") or asked in intake.named(inside):
            kept += inside
    return kept


def _words(part: str) -> list[str]:
    leading = services.get().labels["question"]["leading"].split()
    words = re.findall(r"\w+", part.lower())
    while words and words[0] in leading:
        words.pop(0)
    return words


def _has(part: str, name: str) -> bool:
    wanted = services.get().labels["question"][name].split()
    return not set(wanted).isdisjoint(_words(part))


def _asks(part: str) -> bool:
    """Tell whether a part of a message asks or supposes something: by its sign, words and order."""
    words, given = _words(part), services.get().labels["question"]
    turned = words[1:2] != [] and words[1] in given["subjects"].split()
    first = words[:1] != [] and words[0] in given["first"].split()
    return "?" in part or first or turned or _has(part, "anywhere")


def asks(text: str) -> bool:
    """Tell whether a part of a text is a question or a supposition."""
    return any(_asks(part[0]) for part in _PARTS.finditer(text))


def asks_only(text: str) -> bool:
    """Tell whether each part of a text is a question or a supposition."""
    parts = [part[0] for part in _PARTS.finditer(text) if _words(part[0])]
    return bool(parts) and all(_asks(part) for part in parts)


def points_back(tracker: Tracker) -> bool:
    """Tell whether the message points to what was just explained: "wat verdien je daar"."""
    return _has(written(tracker), "pointing")


def speaks_of_self(tracker: Tracker) -> bool:
    """Tell whether the message speaks of the person who writes."""
    return _has(written(tracker), "self")


def keep_told(tracker: Tracker, dispatcher: CollectingDispatcher | None = None) -> Events:
    """Take in what was told beside a question; the question that it answers is not asked again.

    With a dispatcher it also says that something was written down.
    """
    before, asked = profile_of(tracker), tracker.get_slot("asked")
    profile = intake.absorb(
        before, told(tracker), asked=asked, adding=adds_limits(tracker), keeping_work=True
    )
    if profile == before:
        return []
    if dispatcher:
        dispatcher.utter_message(response="utter_noted")
    tracker.slots["profile"] = profile
    answered = asked in profile and profile[asked] != before.get(asked)
    if answered:
        tracker.slots["asked"] = left_to_ask(tracker, profile)
    return [SlotSet("profile", profile), SlotSet("asked", tracker.slots["asked"])]
