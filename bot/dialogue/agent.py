"""Trains, finds and loads the Rasa model."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ModelError
from bot.without_tensorflow import install

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import TrackerStore

MODEL_FILE = Path("models/zijstap.tar.gz")


def train(root: Path, *, force: bool = False) -> Path:
    """Train the model from the files under `root` and give its path.

    Raises:
        ModelError: Rasa could not train on these files.
    """
    install()
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data" / name) for name in ("nlu", "rules", "stories")],
        output=str(root / MODEL_FILE.parent),
        fixed_model_name=MODEL_FILE.name.removesuffix(".tar.gz"),
        force_training=force,
    )
    if result.code != 0 or result.model is None:
        raise ModelError(f"trainen is mislukt (code {result.code})")
    model = Path(result.model)
    model.touch()
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
        # Rasa wraps what a component raises; the reason is underneath.
        reason = error.__cause__ or error
        why = " ".join(str(reason).split())[:200] or type(reason).__name__
        raise ModelError(f"het model {model} kan niet geladen worden: {why}") from error
    return agent
