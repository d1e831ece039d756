"""Gives a person everything that is stored of them, over all tables, as plain JSON.

Left out: the token, which is a key and not a fact; and who the counsellors are, which is theirs.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import ConversationNotFound
from bot.storage.handoff_tables import (
    DeliveryAttempt,
    HandoffEvent,
    HandoffRow,
    Note,
    OutboxRow,
)
from bot.storage.tables import Conversation, Incoming, NotUnderstood, StoredMessage

_HANDOFF_FIELDS = (
    "reference", "region", "partner_id", "status", "profile", "advice", "consent_text",
    "consent_at", "consent_version", "contact_name", "contact", "call_time", "transcript_until", "occupation",
    "route", "created_at", "waiting_since", "first_action_at", "closed_at", "outcome", "priority",
    "labels", "snoozed_until", "rank",
)  # fmt: skip
_DELIVERY_FIELDS = ("partner_id", "kind", "state", "tries", "created_at", "sent_at", "last_error")


async def everything_of(session: AsyncSession, conversation_id: str) -> dict[str, Any]:
    """Give everything of a conversation: what was said, remembered, shared and done with it.

    Raises:
        ConversationNotFound: there is none, or it was erased.
    """
    row = await session.get(Conversation, conversation_id)
    if row is None:
        raise ConversationNotFound(conversation_id)
    handoffs = await _all(session, HandoffRow, conversation_id, HandoffRow.created_at)
    not_understood = await _all(session, NotUnderstood, conversation_id, NotUnderstood.id)
    messages = await _all(session, StoredMessage, conversation_id, StoredMessage.seq)
    incoming = await _all(session, Incoming, conversation_id, Incoming.first_seq)
    return {
        "conversation": _fields(
            row,
            ("id", "channel", "address", "created_at", "last_seen_at", "blocked", "distress_at"),
        ),
        "profile": row.slots.get("profile") or {},
        "messages": [
            {
                "seq": item.seq,
                "at": _plain(item.at),
                **item.body,
                "sender": item.sender,
                "with_counsellor": item.with_counsellor,
            }
            for item in messages
        ],
        "handoffs": [await handoff_of(session, item) for item in handoffs],
        "not_understood": [_fields(item, ("text", "guess", "at")) for item in not_understood],
        "memory": {key: value for key, value in row.slots.items() if key != "profile"},
        "dialogue": row.events,
        "message_ids": [_fields(item, ("message_id", "at")) for item in incoming],
    }


async def _all(
    session: AsyncSession, table: Any, conversation_id: str, order: Any
) -> Sequence[Any]:
    query = select(table).where(table.conversation_id == conversation_id).order_by(order)
    return (await session.scalars(query)).all()


async def handoff_of(session: AsyncSession, row: HandoffRow) -> dict[str, Any]:
    """Give a request with its notes, events and deliveries; a counsellor is only `counsellor`."""
    notes = await session.scalars(select(Note).where(Note.handoff_id == row.id).order_by(Note.id))
    events = await session.scalars(
        select(HandoffEvent).where(HandoffEvent.handoff_id == row.id).order_by(HandoffEvent.id)
    )
    deliveries = await session.scalars(
        select(OutboxRow).where(OutboxRow.handoff_id == row.id).order_by(OutboxRow.created_at)
    )
    return {
        **_fields(row, _HANDOFF_FIELDS),
        "notes": [_fields(item, ("at", "text")) for item in notes],
        "events": [
            {"by": _actor(item.actor), **_fields(item, ("at", "what", "detail"))}
            for item in events
        ],
        "deliveries": [await _delivery(session, item) for item in deliveries.all()],
    }


async def _delivery(session: AsyncSession, row: OutboxRow) -> dict[str, Any]:
    """Give a delivery; `body` is left out: a reference, and for a mail the counsellor's address."""
    attempts = await session.scalars(
        select(DeliveryAttempt)
        .where(DeliveryAttempt.outbox_id == row.id)
        .order_by(DeliveryAttempt.id)
    )
    return {
        **_fields(row, _DELIVERY_FIELDS),
        "attempts": [_fields(item, ("at", "status_code", "error")) for item in attempts],
    }


def _actor(actor: str) -> str:
    """Give who did it: person, system, partner:ID; or counsellor, whichever that was."""
    known = actor in ("person", "system") or actor.startswith("partner:")
    return actor if known else "counsellor"


def _fields(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else value
