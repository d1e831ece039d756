"""Talk in the terminal."""

import asyncio
import sys

from connectors.conversations import Conversations
from connectors.message import Message


async def talk(conversations: Conversations) -> None:
    """Read lines from standard input until it ends; a number chooses a button."""
    started = await conversations.start(channel="terminal")
    buttons = _show(started.messages)
    while line := await asyncio.to_thread(sys.stdin.readline):
        words = line.strip()
        if not words:
            continue
        chosen = int(words) - 1 if words.isdecimal() and len(words) < 3 else -1
        if 0 <= chosen < len(buttons):
            title, payload = buttons[chosen]
            said = await conversations.take_turn(started.id, title, payload=payload)
        else:
            said = await conversations.take_turn(started.id, words)
        buttons = _show(said)


def _show(messages: tuple[Message, ...]) -> list[tuple[str, str]]:
    buttons: list[tuple[str, str]] = []
    for message in messages:
        sys.stdout.write(f"\n{message.text}\n")
        buttons = [(button.title, button.payload) for button in message.buttons]
    for number, (title, _) in enumerate(buttons, 1):
        sys.stdout.write(f"  {number}. {title}\n")
    sys.stdout.write("> ")
    sys.stdout.flush()
    return buttons
