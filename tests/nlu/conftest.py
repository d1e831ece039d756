"""The entity components, the linker trained once for all tests of this folder (seconds)."""

import pytest

from bench.reading import Reader
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Give a function from text to entities."""
    return Reader(ROOT)
