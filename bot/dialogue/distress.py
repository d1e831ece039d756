"""Knows whether a person wrote in distress, and lets whoever has their request see that."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage import handoffs
from bot.storage.tables import Conversation

DISTRESS = "distress"
COUNTS = timedelta(days=7)
"""For so long a request that is made afterwards is marked too."""


async def heed(session: AsyncSession, row: Conversation, before: Any, now: datetime) -> None:
    """Mark the open request of a person whose words of this turn were of distress.

    What was said stays where it is: a counsellor reads that it was said, never the words.

    Args:
        before: the dialogue as it was before the turn; a turn that the bot kept out of left it so.
    """
    if row.events is before or _intent_of_last(row.events) != DISTRESS:
        return
    row.distress_at = now
    if request := await handoffs.newest(session, row.id, open_only=True):
        handoffs.mark_distress(session, request, now)


def is_recent(row: Conversation, now: datetime) -> bool:
    """Tell whether the person wrote in distress not long ago."""
    return row.distress_at is not None and now - row.distress_at < COUNTS


def _intent_of_last(events: list[dict[str, Any]]) -> str | None:
    said: dict[str, Any] = next((one for one in reversed(events) if one.get("event") == "user"), {})
    intent: str | None = (said.get("parse_data", {}).get("intent") or {}).get("name")
    return intent
