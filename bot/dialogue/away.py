"""Knows that a counsellor who has a conversation is away, and lets the bot have it again."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage import handoffs
from bot.storage.console_tables import ConsoleSession
from bot.storage.tables import Conversation, StoredMessage

GIVEN_BACK = "given_back"
PATIENCE = timedelta(minutes=30)
"""Without a setting: about as long as somebody stays logged in to the console and does nothing."""
STAYS_WITH = timedelta(hours=24)
"""For so long after words of distress no question is asked of who was left by a counsellor."""


async def is_away(
    session: AsyncSession, row: Conversation, now: datetime, patience: timedelta
) -> bool:
    """Tell whether a person waits for a counsellor who will not answer soon.

    Either they wait as long as `patience` already, or the counsellor wrote nothing for that long and
    is not in the console any more. Nobody waits who wrote nothing since the counsellor did.
    """
    await session.flush()  # the words of this turn count too
    spoken = StoredMessage.conversation_id == row.id, StoredMessage.sender == "counsellor"
    last, wrote_at = (
        await session.execute(
            select(func.max(StoredMessage.seq), func.max(StoredMessage.at)).where(*spoken)
        )
    ).one()
    waits_since: datetime | None = await session.scalar(
        select(func.min(StoredMessage.at)).where(
            StoredMessage.conversation_id == row.id,
            StoredMessage.sender == "person",
            StoredMessage.with_counsellor,
            StoredMessage.seq > (last or 0),
        )
    )
    if waits_since is None:
        return False
    if now - waits_since >= patience:
        return True
    went = wrote_at is not None and now - wrote_at >= patience
    return went and not await _is_there(session, row, now - patience)


async def _is_there(session: AsyncSession, row: Conversation, since: datetime) -> bool:
    """Tell whether the counsellor did something in the console since a moment."""
    found = await session.scalar(
        select(ConsoleSession.id_hash)
        .where(ConsoleSession.account_id == row.counsellor_id, ConsoleSession.last_seen_at > since)
        .limit(1)
    )
    return found is not None


async def take_back(session: AsyncSession, row: Conversation, now: datetime) -> None:
    """Let the bot have the conversation; the request stays the counsellor's, who sees that it did."""
    row.counsellor_id = None
    if request := await handoffs.newest(session, row.id, open_only=True):
        handoffs.note(session, request.id, "system", GIVEN_BACK, now)


def is_shaken(row: Conversation, now: datetime) -> bool:
    """Tell whether the person wrote in distress just before: then nothing goes on over it."""
    return row.distress_at is not None and now - row.distress_at < STAYS_WITH
