"""What others may read of a conversation: the one place that keeps what the consent text says.

A partner gets it until the yes. A counsellor also reads what was said to a counsellor later.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoff.model import Status
from bot.handoff.payload import handoff_payload
from bot.storage.handoff_tables import HandoffRow
from bot.storage.tables import StoredMessage
from connectors.message import Message


async def shared_payload(session: AsyncSession, row: HandoffRow) -> dict[str, Any]:
    """Give the body of a delivery: the profile, the advice and the conversation that was agreed."""
    said = await _said(session, row, StoredMessage.seq <= row.transcript_until)
    return handoff_payload(row, [{"sender": item.sender, "text": item.text} for item in said])


async def readable(session: AsyncSession, row: HandoffRow) -> tuple[Message, ...]:
    """Give what a counsellor may read: nothing once it was withdrawn, nothing from after its end."""
    if row.status == Status.WITHDRAWN:
        return ()
    in_time = StoredMessage.at <= row.closed_at if row.closed_at else true()
    to_counsellor = and_(StoredMessage.with_counsellor, in_time)
    agreed = StoredMessage.seq <= row.transcript_until
    return await _said(session, row, or_(agreed, to_counsellor))


async def _said(
    session: AsyncSession, row: HandoffRow, wanted: ColumnElement[bool]
) -> tuple[Message, ...]:
    rows = await session.execute(
        select(StoredMessage.seq, StoredMessage.body, StoredMessage.masked)
        .where(StoredMessage.conversation_id == row.conversation_id, wanted)
        .order_by(StoredMessage.seq)
    )
    return tuple(
        Message.from_json({**body, "seq": seq, "text": masked or body["text"]})
        for seq, body, masked in rows
    )
