"""How things are now, in words that say it after that question alone."""

from pathlib import Path

import pytest
import yaml

from bot.catalogue.folding import fold
from bot.dialogue.how_things_are import situation_told
from tests.conftest import ROOT

WORDS = yaml.safe_load(Path(ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["context"]


@pytest.mark.parametrize(
    ("said", "situation"),
    [
        ("jawel, nog steeds", "employed"),
        ("ja hoor, nog altijd", "employed"),
        ("nog wel ja", "employed"),
        ("ja, nog steeds aan het werk", "employed"),
        ("het houdt op 1 mei op", "at_risk"),
        ("het stopt per 1 juli", "at_risk"),
        ("einde verhaal na de zomer", "at_risk"),
        ("ik werk 2 contracten, 1 stopt volgend maand", "at_risk"),
        ("kut, ze gooien me er 1 juli uit na 22 jaar", "at_risk"),
        ("gewoon vast contract niks aan de hand", "employed"),
        ("mijn broer zit in de bijstand maar ik werk bij de plus hoor", "employed"),
        ("niet werkloos hoor! ik werk bij de gemeente", "employed"),
        ("ons mam verzorgd tot ze overleed, dus nu weer zoeken", "returning"),
        ("jaren voor mijn vader gezorgd en wil weer iets doen", "returning"),
    ],
)
def test_few_words_tell_how_things_are(said: str, situation: str) -> None:
    assert situation_told(fold(said), WORDS) == [situation]


@pytest.mark.parametrize(
    "said",
    [
        "ja",
        "nog steeds niet",
        "nog steeds ziek",
        "nog steeds een uitkering",
        "wanneer stopt het in mei",
        "mijn uitkering stopt in mei",
        "de huur stopt per 1 mei",
        "het is over en uit tussen ons sinds mei",
        "in mei stopt mijn man met werken",
        "het is afgelopen",
        "mijn zus heeft ons mam verzorgd en gaat weer werken",
        "ik heb klanten verzorgd",
        "",
    ],
)
def test_a_yes_alone_and_what_is_of_other_things_do_not(said: str) -> None:
    assert situation_told(fold(said), WORDS) == []
