"""The trained model, and the entity components, each made once for all tests of this folder."""

from typing import Any

import pytest

from bot.without_tensorflow import install

install()  # before what follows, which imports Rasa

from bench.reading import Reader  # noqa: E402
from bot.dialogue.agent import MODEL_FILE, load  # noqa: E402
from tests.conftest import ROOT  # noqa: E402


@pytest.fixture(scope="session")
def agent() -> Any:
    """Give Rasa's agent with the trained model."""
    return load(ROOT / MODEL_FILE)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Give a function from text to entities; the linker is trained once (seconds)."""
    return Reader(ROOT)
