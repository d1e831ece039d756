"""Stores conversations: their messages, the answered message ids, and what the bot remembers."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import ConversationNotFound
from bot.privacy.masking import mask_these
from bot.storage.export import everything_of
from bot.storage.tables import Conversation, Incoming, StoredMessage
from connectors.message import Message


async def load(session: AsyncSession, conversation_id: str) -> Conversation:
    """Give the conversation's row.

    Raises:
        ConversationNotFound: there is none, or it was erased.
    """
    row = await session.get(Conversation, conversation_id)
    if row is None:
        raise ConversationNotFound(conversation_id)
    return row


async def by_address(session: AsyncSession, channel: str, address: str) -> str | None:
    """Give the conversation of an address in a channel, such as a Telegram chat."""
    found: str | None = await session.scalar(
        select(Conversation.id).where(
            Conversation.channel == channel, Conversation.address == address
        )
    )
    return found


async def token_hash(session: AsyncSession, conversation_id: str) -> str | None:
    """Give the hash of the token that opens this conversation."""
    found: str | None = await session.scalar(
        select(Conversation.token_hash).where(Conversation.id == conversation_id)
    )
    return found


async def answer_to(
    session: AsyncSession, conversation_id: str, message_id: str
) -> tuple[Message, ...] | None:
    """Give the stored answer to a message id, or None when it is new."""
    known = await session.get(Incoming, (conversation_id, message_id))
    if known is None:
        return None
    messages = await read(session, conversation_id, after=known.first_seq, until=known.last_seq)
    return tuple(message for message in messages if message.sender != "person")


def append(
    session: AsyncSession,
    row: Conversation,
    messages: Iterable[Message],
    now: datetime,
    *,
    private: Iterable[str | None] = (),
) -> tuple[Message, ...]:
    """Add messages at the end and give them with their `seq`.

    Args:
        private: how the person is called and reached, which others do not read in a text.
    """
    stored, private = [], tuple(private)
    for message in messages:
        row.last_seq += 1
        numbered = replace(message, seq=row.last_seq)
        body = {key: value for key, value in numbered.to_json().items() if key != "seq"}
        masked = mask_these(message.text, private)
        session.add(
            StoredMessage(
                conversation_id=row.id,
                seq=row.last_seq,
                sender=message.sender,
                body=body,
                at=now,
                with_counsellor=row.counsellor_id is not None,
                masked=masked if masked != message.text else None,
            )
        )
        stored.append(numbered)
    return tuple(stored)


async def say(
    session: AsyncSession, conversation_id: str, sender: str, text: str, now: datetime
) -> None:
    """Add a message of a counsellor or the system; ring the bell after the commit."""
    row = await load(session, conversation_id)
    append(session, row, [Message(sender=sender, text=text)], now)


async def read(
    session: AsyncSession, conversation_id: str, *, after: int = 0, until: int | None = None
) -> tuple[Message, ...]:
    """Give the messages with `after < seq <= until`, in order."""
    query = select(StoredMessage.seq, StoredMessage.body).where(
        StoredMessage.conversation_id == conversation_id, StoredMessage.seq > after
    )
    if until is not None:
        query = query.where(StoredMessage.seq <= until)
    rows = await session.execute(query.order_by(StoredMessage.seq))
    return tuple(Message.from_json({**body, "seq": seq}) for seq, body in rows)


async def blot(session: AsyncSession, row: Conversation, values: Collection[str]) -> None:
    """Put a mark for a contact or name, in the messages and in what Rasa keeps of the last turns."""
    for message in await session.scalars(
        select(StoredMessage).where(StoredMessage.conversation_id == row.id)
    ):
        message.body = _blotted(message.body, values)
    row.events = [_blotted(event, values) for event in row.events]


def _blotted(given: Any, values: Collection[str]) -> Any:
    """Give plain JSON with a mark in place of these values, but for what says which event it is."""
    if isinstance(given, dict):
        names = ("event", "name") if "event" in given else ()
        return {
            key: one if key in names else _blotted(one, values) for key, one in given.items()
        }
    if isinstance(given, list):
        return [_blotted(one, values) for one in given]
    return mask_these(given, values) if isinstance(given, str) else given


async def export(session: AsyncSession, conversation_id: str) -> dict[str, Any]:
    """Give everything of a person over all tables but the token, as JSON.

    Raises:
        ConversationNotFound: there is none, or it was erased.
    """
    return await everything_of(session, conversation_id)


async def erase(session: AsyncSession, conversation_id: str) -> None:
    """Delete the conversation; what hangs on it goes with it."""
    await session.execute(delete(Conversation).where(Conversation.id == conversation_id))
