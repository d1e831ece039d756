"""The command that measures the service beside stock Rasa."""

import argparse
import json

from bot.commands.adding import Commands
from bot.settings import Settings


def register(commands: Commands) -> None:
    """Add the command of this module."""
    bench = commands.add("bench", _bench, "measure speed, memory and size beside stock Rasa")
    bench.add_argument("--json", action="store_true", help="the figures as JSON")
    bench.add_argument("--no-stock", action="store_true", help="leave stock Rasa out")
    bench.add_argument(
        "--stock-epochs", type=int, default=100, help="fewer: only turns are compared, not training"
    )
    bench.add_argument("--postgresql", help="an empty database for the test with two workers")


def _bench(options: argparse.Namespace, _: Settings) -> None:
    from bench.run import default_stock, run

    figures = run(None if options.no_stock else default_stock(options.stock_epochs), options.postgresql)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for part, values in figures.items():
        print(part)
        for name, value in values.items():
            print(f"  {name:24} {value}")
