"""What is said right after the line of who can help."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.care import DOUBT
from bot.dialogue.after_care import after_care
from tests.conftest import ROOT

WORDS = yaml.safe_load(Path(ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["distress"]


def read(text: str, chance: float = 0.0) -> dict[str, Any]:
    ranking = [{"name": "deny", "confidence": 0.9}, {"name": "distress", "confidence": chance}]
    return {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": []}


@pytest.mark.parametrize(
    ("said", "chance"),
    [
        ("nee het gaat niet goed", 0.0),
        ("Ja, ik heb het zwaar", 0.0),
        ("ik denk er wel eens aan", 0.0),
        ("kok", DOUBT),
    ],
)
def test_who_says_not_to_be_well_or_is_in_doubt_again_is_in_distress(
    said: str, chance: float
) -> None:
    assert after_care(read(said, chance), WORDS, DOUBT)["intent"]["name"] == "distress"


@pytest.mark.parametrize("said", ["nee hoor, alles goed", "kok", "ik kan niet zwaar tillen", ""])
def test_any_other_words_stay_what_they_are(said: str) -> None:
    assert after_care(read(said, DOUBT - 0.01), WORDS, DOUBT) == read(said, DOUBT - 0.01)
