"""Trains, finds and loads the Rasa model."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.model_file import settle
from bot.errors import ModelError
from bot.without_tensorflow import install

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import TrackerStore

MODEL_FILE = Path("models/zijstap.tar.gz")
LONGEST_REASON = 200
"""Characters of what went wrong that are said."""


def train(root: Path, *, force: bool = False) -> Path:
    """Train the model from the files under `root` and give its path.

    Raises:
        ModelError: Rasa could not train on these files; says what is wrong in which of them.
    """
    install()
    from rasa.engine.exceptions import GraphComponentException
    from rasa.model_training import train as rasa_train

    try:
        result = rasa_train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(root / "data" / name) for name in ("nlu", "rules", "stories")],
            output=str(root / MODEL_FILE.parent),
            fixed_model_name=MODEL_FILE.name.removesuffix(".tar.gz"),
            force_training=force,
        )
    except GraphComponentException as error:
        raise ModelError(f"trainen is mislukt: {_reason(error)}") from error
    if result.code != 0 or result.model is None:
        raise ModelError(f"trainen is mislukt (code {result.code})")
    model = Path(result.model)
    settle(model)
    return model


def load(model: Path, tracker_store: "TrackerStore | None" = None) -> "Agent":
    """Load the model with its actions in this process.

    Raises:
        ModelError: there is no model, or it is corrupt or of another kind.
    """
    if not model.is_file():
        raise ModelError(f"geen model in {model}; maak het met: zijstap train")
    install()
    from bot.dialogue.in_process_actions import InProcessActions
    from bot.dialogue.processor import ZijstapAgent

    try:
        agent = ZijstapAgent(tracker_store=tracker_store, action_endpoint=InProcessActions())
        agent.load_model(model)
    except Exception as error:
        raise ModelError(f"het model {model} kan niet geladen worden: {_reason(error)}") from error
    return agent


def keep_what_is_loaded() -> None:
    """Let the garbage collector leave alone all there is now: model, catalogue, modules.

    Looking through it takes 175 ms, in which nobody is answered (measured: 268,000 objects).
    """
    gc.collect()
    gc.freeze()


def _reason(error: Exception) -> str:
    """Give what a component raised, in one line: Rasa wraps it, the reason is underneath."""
    reason = error.__cause__ or error
    return " ".join(str(reason).split())[:LONGEST_REASON] or type(reason).__name__
