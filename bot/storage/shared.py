"""What of a stored handoff goes to a partner: one function, for the preview and for the delivery."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoff.payload import handoff_payload
from bot.storage import conversations
from bot.storage.handoff_tables import HandoffRow


async def shared_payload(session: AsyncSession, row: HandoffRow) -> dict[str, Any]:
    """Give the body of a delivery: the profile, the advice and the conversation that was agreed."""
    said = await conversations.read(session, row.conversation_id, until=row.transcript_until)
    return handoff_payload(row, [{"sender": item.sender, "text": item.text} for item in said])
