"""112 is named when somebody may be in danger now, and for nothing else."""

import pytest
import yaml

from bot.dialogue.emergency import Danger, danger
from tests.conftest import ROOT

WORDS = yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["emergency"]
NOW = (
    "ik heb nu pijn op mijn borst",
    "Help, pijn op de borst!",
    "ineens een scheve mond",
    "mijn man is bewusteloos",
    "ik krijg geen adem",
    "er is brand",
    "mijn vader heeft een hartaanval",
)
MAYBE = (
    "ik heb pijn op mijn borst",
    "moet ik 112 bellen",
    "ik krijg geen lucht meer hier op de afdeling met al die mensen om me heen",
)
NEVER = (
    "ik had vorig jaar een hartaanval",
    "na mijn hartaanval kan ik niet meer zwaar tillen",
    "ik heb soms pijn op mijn borst",
    "ik krijg geen lucht van al die regels",
    "ik stik in het werk",
    "ik werk op de ambulance",
    "wat als ik een beroerte krijg",
    "ik ben bang voor een hartaanval",
    "ik heb nu pijn in mijn rug",
    "ik ben nu bij de brandweer",
    "ik heb een bhv cursus gedaan met reanimatie",
    "ik wil nu met een mens praten",
    "mijn hart ligt bij techniek",
)


@pytest.mark.parametrize("text", NOW)
def test_danger_now_is_an_alarm(text: str) -> None:
    assert danger(text, WORDS) is Danger.NOW


@pytest.mark.parametrize("text", MAYBE)
def test_what_may_be_danger_is_asked_back(text: str) -> None:
    assert danger(text, WORDS) is Danger.MAYBE


@pytest.mark.parametrize("text", NEVER)
def test_the_past_the_supposed_and_other_pains_are_no_alarm(text: str) -> None:
    assert danger(text, WORDS) is None
