"""Commands that run the product: serve, chat."""

import argparse
import asyncio
import sys
from pathlib import Path

from bot.commands.adding import Commands
from bot.errors import SettingsError
from bot.settings import Settings

FRAMED = (
    "let op: FRAME_ANCESTORS noemt een andere site, maar SECURE_COOKIES staat uit. "
    "Op die site raakt iemand het gesprek kwijt."
)


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    serve = commands.add("serve", _serve, "start the service")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8080)
    serve.add_argument(
        "--workers", type=int, default=1, help="processes; needs PostgreSQL above 1"
    )
    # What a parent of several workers gives them.
    serve.add_argument("--shared-port", action="store_true", help=argparse.SUPPRESS)
    serve.add_argument("--demo", action="store_true", help="make a demo admin in a new database")
    chat = commands.add("chat", _chat, "talk in the terminal")
    chat.add_argument("--script", type=Path, help="one utterance a line; answers as JSON lines")


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    if settings.loses_framed_chats and not options.shared_port:  # a worker's parent has said it
        print(FRAMED, file=sys.stderr)
    if options.workers > 1:
        from bot.workers import serve_with_workers

        return asyncio.run(
            serve_with_workers(
                settings, options.host, options.port, options.workers, demo=options.demo
            )
        )
    from bot.server import serve

    asyncio.run(
        serve(
            settings,
            options.host,
            options.port,
            demo=options.demo,
            shared_port=options.shared_port,
        )
    )
    return 0


def _chat(options: argparse.Namespace, settings: Settings) -> None:
    from bot.server import chat

    lines = None
    if options.script:
        try:
            lines = options.script.read_text("utf-8").splitlines()
        except (OSError, UnicodeError) as error:
            raise SettingsError(f"{options.script}: {error}") from error
    asyncio.run(chat(settings, None if lines is None else [one for one in lines if one.strip()]))
