"""What every channel may ask of the conversations; `bot.dialogue.turn.Conversations` does it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

from connectors.message import Message


@dataclass(frozen=True, slots=True)
class Started:
    """A new conversation. The token is shown once; only its hash is stored."""

    id: str
    token: str
    messages: tuple[Message, ...]


class Conversations(Protocol):
    """Start, take a turn, read, follow, erase. Errors: see each method; the database may raise."""

    async def start(
        self, *, channel: str, address: str | None = None, message_id: str = "start"
    ) -> Started:
        """Open a conversation and give its id, token and welcome. `address`: e.g. a chat id."""

    async def at_address(self, *, channel: str, address: str, message_id: str = "start") -> str:
        """Give the conversation id of an address, made (with its welcome stored) when it is new.

        `message_id`: what the welcome answers, when the person's message only said hello.
        """

    async def authenticate(self, conversation_id: str, token: str) -> bool:
        """Tell whether the token opens this conversation, in constant time."""

    async def take_turn(
        self,
        conversation_id: str,
        text: str,
        *,
        message_id: str | None = None,
        payload: str | None = None,
    ) -> tuple[Message, ...]:
        """Answer one message; the same `message_id` gives the same answer and runs nothing twice.

        Raises:
            ConversationNotFound: there is no such conversation (any more).
            TurnFailed: no answer came; nothing of the turn is kept, so it can be sent again.
        """

    async def banner(self) -> str:
        """Give the notice that an admin has put above every conversation, or nothing."""

    async def history(self, conversation_id: str, *, after: int = 0) -> tuple[Message, ...]:
        """Give the stored messages with a `seq` above `after`."""

    def follow(self, conversation_id: str, *, after: int = 0) -> AsyncIterator[Message | None]:
        """Give messages as they come, whoever writes them; None now and then as a heartbeat."""

    async def export(self, conversation_id: str) -> dict[str, Any]:
        """Give everything that is stored of this person, as JSON."""

    async def erase(self, conversation_id: str) -> None:
        """Erase everything of this person from every table."""
