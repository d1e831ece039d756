"""Knows whether a person wrote in distress, and lets whoever has their request see that."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoff.model import DISTRESS
from bot.storage import handoffs
from bot.storage.tables import Conversation
from connectors.message import Message

__all__ = ["DISTRESS", "heed", "is_recent"]

COUNTS = timedelta(days=7)
"""For so long a request that is made afterwards is marked too."""


async def heed(
    session: AsyncSession,
    row: Conversation,
    before: Any,
    now: datetime,
    answers: list[Message],
    notice: str,
) -> list[Message]:
    """Mark the open request of a person whose words of this turn were of distress, and say so.

    What was said stays where it is: that it was said is marked, never the words.

    Args:
        before: the dialogue as it was before the turn; a turn that the bot kept out of left it so.
        answers: what the bot says in this turn.
        notice: says that the adviser of the request sees it; it comes after who can help.

    Returns:
        The answers, with the notice when a request was marked.
    """
    if row.events is before or _intent_of_last(row.events) != DISTRESS:
        return answers
    row.distress_at = now
    request = await handoffs.newest(session, row.id, open_only=True)
    if request is None:
        return answers
    handoffs.mark_distress(session, request, now)
    *first, last = answers  # the bot says something to every message that it reads
    return [*first, replace(last, text=f"{last.text} {notice}")]


def is_recent(row: Conversation, now: datetime) -> bool:
    """Tell whether the person wrote in distress not long ago."""
    return row.distress_at is not None and now - row.distress_at < COUNTS


def _intent_of_last(events: list[dict[str, Any]]) -> str | None:
    said: dict[str, Any] = next((one for one in reversed(events) if one.get("event") == "user"), {})
    intent: str | None = (said.get("parse_data", {}).get("intent") or {}).get("name")
    return intent
