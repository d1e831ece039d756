"""What travels over an edge: a message with its buttons and cards. Plain data, no framework."""

from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Button:
    """A choice to tap; `payload` is what the bot reads instead of words."""

    title: str
    payload: str

    def to_json(self) -> dict[str, str]:
        """Give the contract's JSON."""
        return {"title": self.title, "payload": self.payload}


@dataclass(frozen=True, slots=True)
class Card:
    """A titled list of rows with the sources of what it says.

    `kind`: advice, route, comparison, summary or handoff. A row is `{"label", "value"}`; the value
    is a text or a list of texts. A source is `{"title", "url", "checked_on"}`.
    """

    kind: str
    title: str
    rows: tuple[dict[str, Any], ...] = ()
    sources: tuple[dict[str, Any], ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read the contract's JSON."""
        return cls(
            kind=data["kind"],
            title=data["title"],
            rows=tuple(data.get("rows", ())),
            sources=tuple(data.get("sources", ())),
        )

    def to_json(self) -> dict[str, Any]:
        """Give the contract's JSON."""
        return {
            "kind": self.kind,
            "title": self.title,
            "rows": list(self.rows),
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `text` alone always says enough.

    `seq` numbers the messages of a conversation from 1; None until it is stored.
    `sender`: bot, counsellor, person or system.
    """

    sender: str
    text: str
    seq: int | None = None
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read the contract's JSON."""
        return cls(
            seq=data.get("seq"),
            sender=data["sender"],
            text=data["text"],
            buttons=tuple(Button(**item) for item in data.get("buttons", ())),
            cards=tuple(Card.from_json(item) for item in data.get("cards", ())),
        )

    def to_json(self) -> dict[str, Any]:
        """Give the contract's JSON."""
        return {
            "seq": self.seq,
            "sender": self.sender,
            "text": self.text,
            "buttons": [button.to_json() for button in self.buttons],
            "cards": [card.to_json() for card in self.cards],
        }
