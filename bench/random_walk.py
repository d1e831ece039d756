"""Talks at random: taps offered buttons, types anything, and sees to it that nobody gets stuck.

What must hold for each turn of each conversation (quality.md, row 38): no error, always a way on,
never the same answer three times in a row.

    python -m bench.random_walk --conversations 10000 --seed 1
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.dialogue.turn import Conversations
from bot.errors import ConversationNotFound
from bot.observability.logging import configure_logging
from bot.server import running
from bot.settings import read_settings
from connectors.message import Message

ROOT = Path(__file__).resolve().parent.parent
TURNS = 15
TAPS = 0.6
NONSENSE = (
    "",
    " ",
    "?",
    "🤷",
    "/restart",
    "999999999999",
    "<b>",
    "asdf qwer",
    "ja nee ja",
    "\u202e",
)


def sentences(folder: Path = ROOT / "data" / "nlu") -> list[str]:
    """Give every training sentence, without its entity marks."""
    found = list(NONSENSE)
    for file in sorted(folder.glob("*.yml")):
        for group in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            lines = str(group.get("examples", "")).splitlines()
            found += [line.removeprefix("- ") for line in lines if "[" not in line]
    return found


class Walk:
    """One person who does anything. `stuck`: what went wrong, or nothing."""

    def __init__(self, conversations: Conversations, said: list[str], seed: int) -> None:
        self._conversations = conversations
        self._said = said
        self._random = random.Random(seed)  # noqa: S311  repeatable, not secret
        self._log: list[str] = []
        self._answers: list[tuple[str, ...]] = []
        self.seed = seed

    async def stuck(self) -> str | None:
        """Talk for some turns; give the conversation up to the first turn that is not right."""
        started = await self._conversations.start(channel="web")
        heard = started.messages
        for _ in range(TURNS):
            words, payload = self._choose(heard)
            try:
                heard = await self._conversations.take_turn(started.id, words, payload=payload)
            except ConversationNotFound:
                return None  # erased, as was asked
            if wrong := self._wrong(words, heard):
                return f"seed {self.seed}: {wrong}\n" + "\n".join(self._log)
        return None

    def _choose(self, heard: tuple[Message, ...]) -> tuple[str, str | None]:
        buttons = [button for message in heard for button in message.buttons]
        if buttons and self._random.random() < TAPS:
            button = self._random.choice(buttons)
            return button.title, button.payload
        return self._typo(self._random.choice(self._said)), None

    def _typo(self, words: str) -> str:
        if len(words) < 4 or self._random.random() < 0.7:
            return words
        place = self._random.randrange(len(words) - 1)
        return words[:place] + words[place + 1] + words[place] + words[place + 2 :]

    def _wrong(self, words: str, heard: tuple[Message, ...]) -> str | None:
        answer = tuple(message.text for message in heard)
        self._answers.append(answer)
        self._log += [f"> {words}", *(f"  {text}" for text in answer)]
        if not heard or not heard[-1].buttons:
            return "no way on"
        last = self._answers[-3:]
        return "three times the same" if len(last) == 3 and len(set(last)) == 1 else None


async def walk(conversations: Conversations, seeds: range) -> Iterator[str]:
    """Give what went wrong, for each seed where something did."""
    said = sentences()
    found = [await Walk(conversations, said, seed).stuck() for seed in seeds]
    return (one for one in found if one)


async def _main(options: argparse.Namespace) -> int:
    configure_logging()
    with tempfile.TemporaryDirectory() as folder:
        async with running(read_settings(Path(folder), {})) as parts:
            seeds = range(options.seed, options.seed + options.conversations)
            wrong = list(await walk(parts.conversations, seeds))
    for one in wrong[:5]:
        sys.stdout.write(f"{one}\n\n")
    sys.stdout.write(f"{len(seeds)} conversations, {len(wrong)} stuck\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    sys.exit(asyncio.run(_main(parser.parse_args())))
