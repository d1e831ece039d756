"""The console for each test, and a counsellor who is logged in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from bot.settings import Settings
from tests.conftest import agent_of
from tests.integration.console.stage import Stage, staged


@pytest.fixture
async def stage(settings: Settings, rules_model: Path) -> AsyncIterator[Stage]:
    """Give the console."""
    async with staged(settings, agent_of(rules_model)) as opened:
        yield opened


@pytest.fixture
async def anna(stage: Stage) -> TestClient:
    """Give a counsellor of West-Brabant who is logged in."""
    return await stage.counsellor("anna")
