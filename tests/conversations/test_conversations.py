"""Conversations with the real model: in Rasa's story format, and the main job by script."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.agent import MODEL_FILE
from bot.settings import Settings, read_settings
from tests.conftest import ROOT, running_on

STORY = (
    "Hoi, ik ben 52, werk 20 jaar bij de bank in Breda en word boventallig. Mbo 4. Ik wil wel met "
    "computers werken maar ook dingen maken, en ik moet blijven verdienen."
)


def zijstap(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command as an operator would."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=ROOT,
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )


def test_conversations_in_rasas_story_format_go_as_written(tmp_path: Path) -> None:
    done = zijstap(
        "rasa", "test", "core", "--stories", "tests/conversations", "--model", str(MODEL_FILE),
        "--out", str(tmp_path), "--fail-on-prediction-errors", "--no-plot",
    )  # fmt: skip
    failed = (tmp_path / "failed_test_stories.yml").read_text("utf-8")
    assert "None of the test stories failed" in failed, failed + done.stderr[-2000:]
    assert done.returncode == 0


def test_rasas_own_validation_has_nothing_to_say() -> None:
    done = zijstap("rasa", "data", "validate", "--fail-on-warnings")
    assert "UserWarning: The" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr


def test_the_main_job_by_script(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    lines = [
        STORY, "36 uur", "nee alles is goed", "ja dat klopt", "wat is de hbo mkb-route?",
        "en wat is een bbl?", "mag ik een mens spreken?", "ja",
        "hoe staat het met mijn aanvraag?",
    ]  # fmt: skip
    script.write_text("\n".join(lines), "utf-8")
    done = zijstap("chat", "--script", str(script), "--data-dir", str(tmp_path))
    assert done.returncode == 0, done.stderr
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    texts = [message["text"] for message in messages]
    asked = [text for text in texts if text.startswith("Vraag ")]
    # One message filled occupation, situation, education, place, interests and wage.
    assert [text.split()[1] for text in asked] == ["1", "6", "8"]
    cards = [card for message in messages for card in message["cards"] if card["kind"] == "advice"]
    assert len(cards) >= 3
    assert any("Je krijgt loon" in str(row["value"]) for card in cards for row in card["rows"])
    mkb = next(text for text in texts if "Mkb-route: werken en leren in het hbo" in text[:60])
    assert "mbo-4, havo of vwo" in mkb
    assert any("erkend leerbedrijf" in text for text in texts)
    assert any("West-Brabant" in text and "Mag ik dit delen?" in text for text in texts)
    assert any("ZS-" in text for text in texts[-2:])


@pytest.fixture
def offline(tmp_path: Path) -> Settings:
    """Give settings on a SQLite file of this test."""
    return read_settings(tmp_path, {})


async def test_one_message_fills_what_it_says_and_never_an_age(
    offline: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_on(ROOT / MODEL_FILE, offline, monkeypatch) as parts:
        started = await parts.conversations.start(channel="terminal")
        await parts.conversations.take_turn(started.id, STORY)
        kept: dict[str, Any] = await parts.conversations.export(started.id)
        assert kept["profile"] == {
            "occupation": "bankmedewerker",
            "years": 20,
            "situation": "at_risk",
            "education": "mbo4",
            "place": "Breda",
            "interests": ["computers", "hands_on"],
            "needs_wage": True,
        }
