"""Reads what somebody says right after the line of who can help (actions/care.py). Pure.

"Nee, het gaat niet goed" answers that line, whatever question stands below it; and a second message
that may be of despair is taken for it.
"""

from collections.abc import Mapping
from typing import Any

from bot.catalogue.folding import fold, has
from bot.dialogue.parsed import means
from bot.handoff.model import DISTRESS


def after_care(
    parsed: Mapping[str, Any], words: Mapping[str, str], doubt: float
) -> dict[str, Any]:
    """Give a parsed message as a crisis where it says not to be well, or may be one again.

    Args:
        parsed: what was read: `text`, `intent`, `intent_ranking`, `entities`.
        words: the labels' section `distress`.
        doubt: the chance of despair (0 to 1) from which a message may be one.
    """
    chances = {one["name"]: one["confidence"] for one in parsed.get("intent_ranking") or []}
    said = fold(str(parsed.get("text") or ""))
    if chances.get(DISTRESS, 0.0) >= doubt or has(said, words["not_well"]):
        return means(DISTRESS, dict(parsed))
    return dict(parsed)
