"""What a person takes back within one message: "Nijmegen, of eigenlijk Wijchen", "geen computers maar mensen". Pure.

The first name that is found in a message counts, so words that mend it must be read by themselves.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.dialogue.parsed import LAST, Entity, Words, means
from bot.handoff.model import DISTRESS

DISLIKED = "disliked"
"""An interest that is none after all."""
MENDED = frozenset({"occupation", "place", "interest", "education", "hours", "avoid", "situation"})
UNSURE = frozenset({"nlu_fallback", "deny", "correct", "express_interest", "out_of_scope"})
"""Readings that such a message may have without being a wish or a question."""
_BETWEEN = r"[\s,.;:!]+"
_STOP = r"[,.;:!]\s*"


def mended_from(text: str, words: Words) -> int | None:
    """Give where the words begin that take the place of what was said before them; None for most messages."""
    phrases = "|".join(_BETWEEN.join(one.split()) for one in words["mends_within"].split(","))
    alone = "|".join(words["mends_after_stop"].split(","))
    turns = re.finditer(rf"(?:{_STOP})?\b(?:{phrases})\b|{_STOP}(?:{alone})\b", text.casefold())
    ends = [one.end() for one in turns if one.start() > 0]
    return ends[-1] if ends and text[ends[-1] :].strip(" ,.;:!?") else None


def with_mended(parsed: Mapping[str, Any], start: int, rest: Mapping[str, Any]) -> dict[str, Any]:
    """Give a parsed message in which what was said last counts, for what was said twice.

    Args:
        parsed: the whole message.
        start: where the words begin that mend it.
        rest: those words, read by themselves.
    """
    said, names = list(parsed.get("entities") or []), (_name(parsed), _name(rest))
    first = [one for one in said if one.get("end", start + 1) <= start and not _is_near(one)]
    new = [one for one in rest.get("entities") or [] if not _is_near(one)]
    kinds = {one["entity"] for one in first} & {one["entity"] for one in new} & MENDED
    if not kinds or DISTRESS in names:
        return {**parsed}
    kept = [one for one in said if one["entity"] not in kinds and not _is_near(one)]
    moved = [_moved(one, start) for one in new if one["entity"] in kinds]
    changed = {**parsed, "entities": [*kept, *moved], LAST: start}
    return means("inform", changed) if names[0] in UNSURE else changed


def denied_part(text: str, words: Words) -> str | None:
    """Give what is said not to be liked after all: "toch geen computers maar mensen helpen"."""
    lower = text.casefold()
    no = "|".join(words["denying"].split(","))
    found = re.search(rf"\b(?:{no})\s+(.{{3,40}}?)\s*,?\s*\bmaar\b", lower) or re.search(
        rf"\btoch\s+(?:\w+\s+)?(?:{no})\s+(.{{3,40}})$", lower
    )
    return found[1] if found else None


def with_disliked(parsed: Mapping[str, Any], denied: Mapping[str, Any]) -> dict[str, Any]:
    """Give a parsed message with what it says not to be liked, where it says so of an interest."""
    interests = [
        one["value"] for one in denied.get("entities") or [] if one["entity"] == "interest"
    ]
    if not interests or _name(parsed) not in UNSURE | {"inform"}:
        return {**parsed}
    said = [one for one in parsed.get("entities") or [] if not _is_near(one)]
    still = [one for one in said if one["entity"] != "interest" or one["value"] not in interests]
    signs = [{"entity": DISLIKED, "value": one} for one in interests]
    return means("inform", {**parsed, "entities": [*still, *signs]})


def _name(parsed: Mapping[str, Any]) -> str:
    return str((parsed.get("intent") or {}).get("name"))


def _is_near(entity: Entity) -> bool:
    """Tell whether work was found by its meaning alone: "mensen helpen" is no occupation."""
    return "ranking" in entity


def _moved(entity: Entity, start: int) -> Entity:
    """Give an entity of the rest at its place in the whole."""
    return {
        name: value + start if name in ("start", "end") else value
        for name, value in entity.items()
    }
