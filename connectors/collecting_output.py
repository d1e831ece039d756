"""The Rasa output channel that collects what the bot says in one turn."""

from typing import Any

from rasa.core.channels.channel import OutputChannel

from connectors.message import Button, Card, Message


class CollectingOutput(OutputChannel):
    """Keeps the bot's messages of one turn in order."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """Give the channel's name, as Rasa asks."""
        return "zijstap"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one bot utterance: text, buttons and at most one card."""
        text = message.get("text") or ""
        buttons = tuple(
            Button(title=item["title"], payload=item["payload"])
            for item in message.get("buttons") or []
        )
        card = (message.get("custom") or {}).get("card")
        cards = (Card.from_json(card),) if card else ()
        if text or buttons or cards:
            self.messages.append(
                Message(seq=None, sender="bot", text=text, buttons=buttons, cards=cards)
            )
