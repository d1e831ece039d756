"""The command `zijstap`: one subcommand for each thing an operator does. The composition root."""

import argparse
import asyncio
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import ZijstapError
from bot.settings import Settings, read_settings


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 fine, 1 the thing asked for failed, 2 wrong use."""
    options = _parser().parse_args(argv)
    settings = read_settings(Path(options.data_dir))
    try:
        return int(options.run(options, settings) or 0)
    except ZijstapError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zijstap", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--data-dir", default="var", help="folder of the database")
        command.set_defaults(run=run)
        return command

    serve = add("serve", _serve, "start the service")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8080)
    train = add("train", _train, "train the model")
    train.add_argument("--force", action="store_true", help="also when nothing changed")
    add("parse", _parse, "read one utterance a line, write what was understood as JSON lines")
    chat = add("chat", _chat, "talk in the terminal")
    chat.add_argument("--script", type=Path, help="one utterance a line; answers as JSON lines")
    advise = add("advise", _advise, "profile JSON in, advice JSON out")
    advise.add_argument("file", help="a JSON file, or - for standard input")
    catalogue = add("catalogue", _catalogue, "check the catalogue or list what is stale")
    catalogue.add_argument("what", choices=["check", "stale"])
    add("migrate", _migrate, "bring the database to this version")
    counsellor = add("counsellor", _counsellor, "add a counsellor account")
    counsellor.add_argument("what", choices=["add"])
    counsellor.add_argument("email")
    counsellor.add_argument("--name", default="")
    counsellor.add_argument("--role", default="counsellor")
    counsellor.add_argument("--regions", default="", help="codes with commas, such as AM25,AM26")
    return parser


def _train(options: argparse.Namespace, settings: Settings) -> int:
    from bot.dialogue.agent import train

    print(train(settings.root, force=options.force))
    return 0


def _catalogue(options: argparse.Namespace, settings: Settings) -> int:
    from bot.catalogue.check import check, stale

    folder = settings.root / "data" / "catalogue"
    if options.what == "check":
        mistakes = check(folder)
        print("\n".join(mistakes) or "de catalogus klopt", file=sys.stderr if mistakes else None)
        return 1 if mistakes else 0
    from bot.catalogue.load import load_catalogue

    print("\n".join(stale(load_catalogue(folder), date.today())))  # noqa: DTZ011
    return 0


def _advise(options: argparse.Namespace, settings: Settings) -> int:
    from bot.advice.ranking import advise
    from bot.advice.texts import load_texts
    from bot.catalogue.load import load_catalogue
    from bot.profile import Profile

    folder = settings.root / "data" / "catalogue"
    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
        profile = Profile.from_json(json.loads(text))
    except (OSError, ValueError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 1
    texts = load_texts(folder / "advice.yml")
    today = date.today()  # noqa: DTZ011
    advice = advise(profile, load_catalogue(folder), texts, today=today)
    print(json.dumps(advice.to_json(), ensure_ascii=False, indent=2))
    return 0


def _parse(options: argparse.Namespace, settings: Settings) -> int:
    from bot.dialogue.agent import MODEL_FILE, load
    from bot.dialogue.parsing import parse_line

    agent = load(settings.root / MODEL_FILE)

    async def run() -> None:
        for line in sys.stdin:
            print(json.dumps(await parse_line(agent, line.rstrip("\n")), ensure_ascii=False))

    asyncio.run(run())
    return 0


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from bot.server import chat

    asyncio.run(chat(settings, options.script))
    return 0


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from bot.server import serve

    asyncio.run(serve(settings, options.host, options.port))
    return 0


def _migrate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.storage.migrate import migrate

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    return 0


def _counsellor(options: argparse.Namespace, settings: Settings) -> int:
    from bot.server import add_account

    regions = tuple(code for code in options.regions.split(",") if code)
    password, totp_uri = asyncio.run(
        add_account(settings, options.email, options.name, options.role, regions)
    )
    print(f"wachtwoord: {password}\ntotp: {totp_uri}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
