"""What a channel that pushes, such as Telegram, must still send to its people."""

from dataclasses import dataclass

from sqlalchemy import select, update

from bot.storage import conversations
from bot.storage.database import Database
from bot.storage.tables import Conversation
from connectors.message import Message


@dataclass(frozen=True, slots=True)
class Pending:
    """A conversation with messages that were not sent yet."""

    conversation_id: str
    address: str
    delivered_seq: int


class Pushes:
    """How far each conversation of one channel has come. At least once: mark after sending."""

    def __init__(self, database: Database, channel: str) -> None:
        self._database = database
        self._channel = channel

    async def pending(self) -> list[Pending]:
        """Give the conversations with something to send, except who blocked the bot."""
        async with self._database.transaction() as session:
            rows = await session.execute(
                select(Conversation.id, Conversation.address, Conversation.delivered_seq).where(
                    Conversation.channel == self._channel,
                    Conversation.last_seq > Conversation.delivered_seq,
                    Conversation.blocked.is_(False),
                    Conversation.address.is_not(None),
                )
            )
            return [Pending(id_, address or "", seq) for id_, address, seq in rows]

    async def messages(self, pending: Pending) -> tuple[Message, ...]:
        """Give the messages that were not sent yet, the person's own included."""
        async with self._database.transaction() as session:
            return await conversations.read(
                session, pending.conversation_id, after=pending.delivered_seq
            )

    async def delivered(self, conversation_id: str, seq: int) -> None:
        """Write down that everything up to `seq` was sent."""
        await self._set(conversation_id, delivered_seq=seq)

    async def blocked(self, conversation_id: str, *, blocked: bool) -> None:
        """Write down that the person blocked the bot, or came back."""
        await self._set(conversation_id, blocked=blocked)

    async def _set(self, conversation_id: str, **values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(
                update(Conversation).where(Conversation.id == conversation_id).values(**values)
            )
