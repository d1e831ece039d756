"""Our actions behind rasa-sdk's action server, as a stock installation has them."""

import sys
from pathlib import Path

from actions.services import conversation, services
from bot.dialogue.unsaved import UnsavedConversation
from bot.server import load_services
from bot.settings import read_settings
from bot.without_tensorflow import install


def main() -> None:
    """Serve on the port that is given until the process is stopped."""
    install()
    from rasa_sdk.endpoint import run

    services.set(load_services(read_settings(Path("var"))))
    conversation.set(UnsavedConversation())
    run("actions", port=int(sys.argv[1]))


if __name__ == "__main__":
    main()
