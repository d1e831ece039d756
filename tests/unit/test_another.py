"""Despair is told as that of another only when no word says it may be of the writer."""

import pytest
import yaml

from bot.catalogue.folding import fold
from bot.dialogue.another import is_about_another
from tests.conftest import ROOT

WORDS = yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["another"]


@pytest.mark.parametrize(
    "said",
    [
        "mijn zoon van 17 wil niet meer leven",
        "mijn vriendin zegt dat ze dood wil",
        "m'n man zegt steeds dat hij dood wil",
        "mijn dochter praat over zelfmoord",
        "ik ben bang dat mijn broer zichzelf iets aandoet, hij wil dood",
        "ik maak me zorgen om mijn zoon, hij wil niet meer leven",
        "mijn moeder wil niet meer leven, wat moet ik doen",
    ],
)
def test_it_is_another_who_is_in_despair(said: str) -> None:
    assert is_about_another(fold(said), WORDS)


@pytest.mark.parametrize(
    "said",
    [
        "ik wil niet meer leven",
        "mijn vrouw is weg, wil niet meer leven",
        "mijn man is dood en ik wil niet meer leven",
        "mijn vader is dood wil niet meer leven",
        "mijn kind is overleden wil dood",
        "mijn zoon zegt dat ik beter dood kan zijn",
        "mijn ex wil me dood",
        "mijn zoon wil niet meer leven en ik ook niet",
        "wil dood",
        "mijn zoon is 17",
        "ze zeggen dat hij dood wil",
    ],
)
def test_in_doubt_it_is_the_writer(said: str) -> None:
    assert not is_about_another(fold(said), WORDS)
