"""Says above an answer who can help, where a message may be of despair but is not surely so. Pure.

Works on the JSON of rasa-sdk: the tracker before an action, and the action's result. The answer
itself stays: who meant nothing of the kind reads one line, and goes on.
"""

from typing import Any

from bot.handoff.model import DISTRESS

CAREFUL = "utter_careful"
DOUBT = 0.2
"""The chance of despair (0 to 1) from which it is said; docs/nlu.md has what it costs."""
NAMES_HELP = ("utter_distress", "utter_emergency", "utter_low", "utter_bereaved")
"""Answers that say who can help themselves."""


def with_care(tracker: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    """Give the result, with the line in front where it is in place and was not said just now."""
    responses = result.get("responses") or []
    names = [item.get("response") or "" for item in responses]
    named = any(name.startswith(NAMES_HELP) for name in names)
    if not responses or named or not _is_in_doubt(tracker["latest_message"]) or _was_said(tracker):
        return result
    return {**result, "responses": [{"response": CAREFUL}, *responses]}


def _is_in_doubt(parsed: dict[str, Any]) -> bool:
    if (parsed.get("intent") or {}).get("name") == DISTRESS:
        return False
    chances = {one["name"]: one["confidence"] for one in parsed.get("intent_ranking") or []}
    return bool(chances.get(DISTRESS, 0.0) >= DOUBT)


def _was_said(tracker: dict[str, Any]) -> bool:
    """Tell whether the bot's last turns, this one too, named who can help."""
    said = [one for one in tracker["events"] if one["event"] == "bot"]
    names = [str((one.get("metadata") or {}).get("utter_action") or "") for one in said]
    return any(name.startswith((CAREFUL, *NAMES_HELP)) for name in names)
