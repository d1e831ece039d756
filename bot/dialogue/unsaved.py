"""The conversation behind Rasa's own shell and tests: everything but a request and its storage."""

from datetime import date
from typing import Any

from bot.errors import TurnFailed


class UnsavedConversation:
    """The port `actions.services.ConversationPort` of a conversation that is kept nowhere."""

    channel = "terminal"
    contact: dict[str, str | None] | None = None
    offered: dict[str, str | None] | None = None
    name: str | None = None
    when: str | None = None
    in_distress = False

    def calm(self) -> None:
        """Take off the mark of distress."""
        self.in_distress = False

    async def not_understood(self, text: str, guess: str | None) -> None:
        """Keep nothing: there is no one who agreed to it."""

    async def request_handoff(
        self,
        profile: dict[str, Any],
        advice: dict[str, Any],
        *,
        consent_text: str,
        contact: dict[str, str | None] | None,
    ) -> str:
        """Refuse: nobody would ever receive it.

        Raises:
            TurnFailed: always.
        """
        raise TurnFailed("een aanvraag doen kan hier niet; gebruik zijstap chat")

    async def handoff_status(self) -> tuple[str, str] | None:
        """Say that there is none."""
        return None

    async def requested_on(self) -> date | None:
        """Say that there is no request."""
        return None

    async def requested_of(self) -> str | None:
        """Say that there is no request."""
        return None

    async def reached_by(self) -> str | None:
        """Say that there is no request."""
        return None

    async def in_place_of(self, way: str) -> str | None:
        """Say that there is no request."""
        return None

    async def requested_profile(self) -> dict[str, Any] | None:
        """Say that there is no request."""
        return None

    async def change_request(
        self,
        contact: dict[str, str | None],
        *,
        shown: str,
        profile: dict[str, Any] | None,
        advice: dict[str, Any] | None,
    ) -> str | None:
        """Say that there is no request to change."""
        return None

    async def withdraw_handoff(self) -> str | None:
        """Say that there is none."""
        return None

    async def erase(self) -> None:
        """Erase nothing: nothing was kept."""
