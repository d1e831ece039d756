"""Runs Rasa's own command line in this process, so that it finds our components and actions."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.without_tensorflow import install

ACTIONS = Path("actions")


def run(arguments: list[str]) -> int:
    """Run `rasa` with arguments, and give its exit status."""
    install()
    import rasa.core.utils
    from rasa.__main__ import main as rasa_main
    from rasa.validator import Validator

    from bot.dialogue.in_process_actions import InProcessActions

    stock = Validator._gather_utterance_actions

    def not_sent_by_actions(self: Validator) -> set[str]:
        # Rasa's check knows rules and stories only; a text that our actions send is used too.
        sent = sent_by_actions(ACTIONS, self.domain.intents)
        return {name for name in stock(self) if not sent.fullmatch(name)}

    Validator._gather_utterance_actions = not_sent_by_actions
    # `rasa shell` and `rasa test` call the same actions as the service, without a server for them.
    rasa.core.utils.AvailableEndpoints.read_endpoints = classmethod(
        lambda cls, _: cls(action=InProcessActions())
    )
    sys.argv = ["rasa", *arguments]
    try:
        rasa_main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def sent_by_actions(folder: Path, intents: Iterable[str]) -> re.Pattern[str]:
    """Give a pattern of the names of all texts that the code in a folder sends.

    Part of a name may be filled in at run time: ``f"utter_{intent}"`` stands for one of the
    intents, ``f"utter_ask_{question}"`` for every name that begins like it.
    """
    parts = {"{intent}": f"(?:{'|'.join(sorted(intents))})"}
    names = set()
    for file in sorted(folder.glob("*.py")):
        for fixed, filled in re.findall(r'"(utter_[a-z_]*)(\{\w+\})?"', file.read_text("utf-8")):
            names.add(fixed + (parts.get(filled, r"\w+") if filled else ""))
    return re.compile("|".join(sorted(names)))
