"""Commands on the language model: train, evaluate, parse, and Rasa's own."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.commands.adding import Commands
from bot.settings import Settings, read_settings


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    train = commands.add("train", _train, "train the model")
    train.add_argument("--force", action="store_true", help="also when nothing changed")
    evaluate = commands.add("evaluate", _evaluate, "score the model on a Rasa NLU file")
    evaluate.add_argument("file", type=Path, help="a Rasa NLU YAML file that was not trained on")
    evaluate.add_argument("--json", action="store_true", help="the whole report as JSON")
    commands.add("parse", _parse, "read one utterance a line, write what was understood as JSON")


def _train(options: argparse.Namespace, settings: Settings) -> None:
    from bot.dialogue.agent import train

    print(train(settings.root, force=options.force))


def _evaluate(options: argparse.Namespace, settings: Settings) -> None:
    from bot.dialogue.agent import MODEL_FILE, load
    from bot.dialogue.evaluation import evaluate, read_examples, report_text

    examples = read_examples(options.file)
    report = asyncio.run(evaluate(load(settings.root / MODEL_FILE), examples))
    if options.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print(report_text(report))


def _parse(_: argparse.Namespace, settings: Settings) -> None:
    from bot.dialogue.agent import MODEL_FILE, load
    from bot.dialogue.parsing import parse_line

    agent = load(settings.root / MODEL_FILE)

    async def run() -> None:
        for line in _utterances():
            # ASCII only: a lone surrogate in the input has no UTF-8 form to be written in.
            print(json.dumps(await parse_line(agent, line), ensure_ascii=not line.isprintable()))

    asyncio.run(run())


def _utterances() -> Iterator[str]:
    """Give the lines of standard input; bytes that are no UTF-8 are kept as replacement signs."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def rasa(arguments: list[str]) -> int:
    """Run one of Rasa's own commands in this process, with our components and actions."""
    from actions.services import conversation, services
    from bot.dialogue.rasa_commands import run
    from bot.dialogue.unsaved import UnsavedConversation
    from bot.server import load_services

    services.set(load_services(read_settings(Path("var"))))
    conversation.set(UnsavedConversation())
    return run(arguments)


def rasa_help(_: argparse.Namespace, __: Settings) -> int:
    """Show Rasa's own help; any argument of `zijstap rasa` goes to Rasa before it comes here."""
    return rasa(["--help"])
