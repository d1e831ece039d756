"""The command `zijstap`: its parser, and one clear line for whatever goes wrong.

Exit status: 0 fine, 1 the thing asked for failed, 2 wrong use.
"""

import argparse
import sys
from pathlib import Path

from bot.commands import bench, catalogue, model, operation, service
from bot.commands.adding import Commands
from bot.errors import ZijstapError
from bot.observability.logging import configure_logging
from bot.settings import read_settings


def main(argv: list[str] | None = None) -> int:
    """Run one command and give its exit status."""
    given = sys.argv[1:] if argv is None else argv
    if given[:1] == ["rasa"]:
        return model.rasa(given[1:])
    options = parser().parse_args(given)
    configure_logging()
    try:
        settings = read_settings(Path(options.data_dir))
        return int(options.run(options, settings) or 0)
    except ZijstapError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has gone (`zijstap ... | head`); there is nobody left to tell.
        sys.stderr.close()
        return 1


def parser() -> argparse.ArgumentParser:
    """Give the parser with every command."""
    top = argparse.ArgumentParser(prog="zijstap", description=__doc__)
    commands = Commands(top.add_subparsers(required=True, metavar="command"))
    service.register(commands)
    model.register(commands)
    catalogue.register(commands)
    operation.register(commands)
    bench.register(commands)
    commands.add(
        "rasa", model.rasa_help, "Rasa's own commands: train, shell, test nlu, data validate"
    )
    return top


if __name__ == "__main__":
    sys.exit(main())
