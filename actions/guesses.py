"""What a person may have meant, as far as it makes sense as a button now."""

import json
import re
from typing import Any

from rasa_sdk import Tracker

from actions.services import services
from actions.status import open_request
from actions.talk import entities_of, profile_of

MEANINGS = 3
UNLIKELY = 0.05
"""A guess below this is not offered beside a likelier one."""
SAYS_NOTHING = frozenset(
    {"greet", "thank", "affirm", "deny", "inform", "out_of_scope", "employer_offers"}
)
"""Who means these has said it already, or gains nothing by saying it with a button."""
ERASES = "delete_data"
"""Offered only where it is the likeliest of all: nobody may tap it by mistake."""
PARTING = {"goodbye", "thank"}
NEEDS_QUESTION = frozenset({"skip", "dont_know", "ask_why_question"})
NEEDS_ANSWERS = frozenset({"restart", "correct", "go_back"})
_SAYS = re.compile("[\\w\U0001f000-\U0001faff\u2600-\u27bf]")
NEEDS_ADVICE = frozenset({"what_if", "save_plan"})
NEEDS_REQUEST = frozenset({"ask_handoff_status", "withdraw_handoff"})
ABOUT = ("route", "target_occupation", "field")
LONGEST_PAYLOAD = 64
"""Bytes; a Telegram button cannot hold more."""


def guesses(tracker: Tracker) -> list[str]:
    """Give the intents that have a name for people, likeliest first; none where there is no word or emoji."""
    if not _SAYS.search(str(tracker.latest_message.get("text") or "")):
        return []
    ranking = tracker.latest_message.get("intent_ranking") or []
    return [one["name"] for one in ranking if one["name"] in services.get().labels["meaning"]]


def takes_leave(tracker: Tracker) -> bool:
    """Tell whether it is thanks and goodbye at once, so that neither is likely by itself."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    parts = {one["name"]: one["confidence"] for one in ranking if one["name"] in PARTING}
    return set(guesses(tracker)[:2]) == PARTING and sum(parts.values()) > 1 - UNLIKELY


async def meanings(tracker: Tracker) -> list[dict[str, str]]:
    """Give a button for each of the likeliest intents that make sense now; empty if none does."""
    barred = await _barred(tracker)
    likely = {
        one["name"]: one["confidence"]
        for one in tracker.latest_message.get("intent_ranking") or []
    }
    left = [name for name in guesses(tracker) if name not in barred]
    shown = [*left[:1], *(name for name in left[1:MEANINGS] if likely[name] >= UNLIKELY)]
    words, entities = services.get().labels["meaning"], entities_of(tracker)
    return [
        {"title": words[name], "payload": _payload(name, entities)}
        for name in dict.fromkeys([*shown, "request_human"] if shown else [])
    ]


async def _barred(tracker: Tracker) -> set[str]:
    """Give the intents that lead nowhere at this point of the conversation."""
    known = services.get().catalogue.targets
    named = any(one["entity"] == "target_occupation" for one in entities_of(tracker))
    advised, barred = tracker.get_slot("advised"), set(SAYS_NOTHING)
    if not (tracker.get_slot("asked") and tracker.get_slot("stage") == "intake"):
        barred |= NEEDS_QUESTION
    if not profile_of(tracker):
        barred |= NEEDS_ANSWERS
    if not advised:
        barred |= NEEDS_ADVICE
    if not named:
        barred.add("express_interest")
    if not (named or advised or tracker.get_slot("topic") in known):
        barred.add("ask_occupation")
    if await open_request() is None:
        barred |= NEEDS_REQUEST
    if guesses(tracker)[:1] != [ERASES]:
        barred.add(ERASES)
    return barred


def _payload(intent: str, entities: list[dict[str, Any]]) -> str:
    """Give what a button sends: the intent, with what it is about when that is known."""
    about = {one["entity"]: one["value"] for one in entities if one["entity"] in ABOUT}
    full = f"/{intent}{json.dumps(about)}"
    return full if about and len(full.encode()) <= LONGEST_PAYLOAD else f"/{intent}"
