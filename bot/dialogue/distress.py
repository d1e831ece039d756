"""Knows whether a person wrote in distress, and lets whoever has their request see that."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoff.model import DISTRESS
from bot.storage import handoffs
from bot.storage.tables import Conversation
from connectors.message import Message

__all__ = ["DISTRESS", "heed", "is_recent", "with_notice"]

COUNTS = timedelta(days=7)
"""For so long a request that is made afterwards is marked too."""


async def heed(session: AsyncSession, row: Conversation, before: Any, now: datetime) -> bool:
    """Mark the open request of a person whose words of this turn were of distress; tell whether it was.

    What was said stays where it is: a counsellor reads that it was said, never the words.

    Args:
        before: the dialogue as it was before the turn; a turn that the bot kept out of left it so.
    """
    if row.events is before or _intent_of_last(row.events) != DISTRESS:
        return False
    row.distress_at = now
    request = await handoffs.newest(session, row.id, open_only=True)
    if request:
        handoffs.mark_distress(session, request, now)
    return request is not None


def with_notice(answers: list[Message], words: str) -> list[Message]:
    """Add to the answer to distress that the adviser of the request sees that: after who can help."""
    *first, last = answers
    return [*first, replace(last, text=f"{last.text} {words}")]


def is_recent(row: Conversation, now: datetime) -> bool:
    """Tell whether the person wrote in distress not long ago."""
    return row.distress_at is not None and now - row.distress_at < COUNTS


def _intent_of_last(events: list[dict[str, Any]]) -> str | None:
    said: dict[str, Any] = next((one for one in reversed(events) if one.get("event") == "user"), {})
    intent: str | None = (said.get("parse_data", {}).get("intent") or {}).get("name")
    return intent
