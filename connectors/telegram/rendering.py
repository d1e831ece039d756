"""Turns our messages into what Telegram can show."""

from collections.abc import Iterator
from dataclasses import dataclass

from connectors.message import Button, Message

MAX_TEXT = 4096
MAX_CALLBACK_BYTES = 64


@dataclass(frozen=True, slots=True)
class TelegramText:
    """One message to send: at most 4,096 characters, with rows of inline buttons."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()


def render(messages: tuple[Message, ...]) -> list[TelegramText]:
    """Give the texts to send, long ones cut at line ends; buttons go with the last part."""
    rendered: list[TelegramText] = []
    for message in messages:
        parts = list(_parts(message.text))
        rendered += [TelegramText(part) for part in parts[:-1]]
        if parts:
            rendered.append(TelegramText(parts[-1], tuple(_buttons(message.buttons))))
    return rendered


def _buttons(buttons: tuple[Button, ...]) -> Iterator[tuple[str, str]]:
    for button in buttons:
        # Telegram refuses longer callback data; the title then travels as if it were typed.
        fits = len(button.payload.encode()) <= MAX_CALLBACK_BYTES
        yield button.title, button.payload if fits else button.title[:20]


def _parts(text: str) -> Iterator[str]:
    while len(text) > MAX_TEXT:
        cut = text.rfind("\n", 1, MAX_TEXT)
        cut = cut if cut > 0 else MAX_TEXT
        yield text[:cut]
        text = text[cut:].lstrip("\n")
    if text:
        yield text
