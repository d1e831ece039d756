"""How a command is added to the parser: each has its help and the folder of the data."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.settings import Settings

type Run = Callable[[argparse.Namespace, Settings], int | None]


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of a parser."""

    parsers: Any

    def add(self, name: str, run: Run, text: str) -> argparse.ArgumentParser:
        """Add a command, and give its parser for options of its own."""
        command: argparse.ArgumentParser = self.parsers.add_parser(
            name, help=text, description=text
        )
        command.add_argument(
            "--data-dir", default="var", help="folder of the database, as given to serve"
        )
        command.set_defaults(run=run)
        return command

    def group(self, name: str, text: str) -> "Commands":
        """Add a command that has commands under it."""
        command = self.parsers.add_parser(name, help=text, description=text)
        return Commands(command.add_subparsers(required=True, metavar="what"))
