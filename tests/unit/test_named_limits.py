"""Work that is only named after the question what work a person would rather not do."""

from pathlib import Path

import pytest
import yaml

from bot.catalogue.folding import fold
from bot.dialogue.named_limits import named_limits, refuses_calls
from tests.conftest import ROOT

WORDS = yaml.safe_load(Path(ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["context"]


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("de hele dag naar een scherm turen", ["screen"]),
        ("Elke dag naar een monitor staren", ["screen"]),
        ("acht uur per dag zitten", ["screen"]),
        ("snachts werken en op dakken kruipen", ["nights", "heights"]),
        ("ploegendienst, heb ik 15 jaar gedaan bij de krant", ["nights"]),
        ("sjouwen met zware dozen", ["heavy"]),
        ("ja, in hoogspanningsmasten klimmen", ["heights"]),
        ("in de winter buiten", ["outdoors"]),
        ("smerig werk, riolen enzo", ["other"]),
        ("vies werk en op een dak", ["heights"]),
    ],
)
def test_what_is_named_first_is_what_is_not_wanted(said: str, limits: list[str]) -> None:
    assert list(named_limits(said, WORDS)) == limits


@pytest.mark.parametrize(
    "said",
    [
        "moet ik dan hoog werken?",
        "moet ik dan de hele dag achter een scherm",
        "zwaar werk, wat is dat",
        "ploegendienst heb ik altijd graag gedaan",
        "kantoor lijkt me juist wat",
        "zwaar werk doe ik al jaren",
        "ladders kan ik wel op",
        "mijn man doet ploegendienst",
        "ploegendienst, dat doet mijn zoon",
        "ik werk nu ook s nachts en dat bevalt",
        "met mijn rug moet ik oppassen",
        "van een dak springen",
        "nachten lig ik wakker en dan denk ik aan de dood",
        "nee",
        "",
        f"tillen {'en bukken ' * 8}",
    ],
)
def test_questions_praise_others_and_despair_name_no_limit(said: str) -> None:
    assert named_limits(said, WORDS) == {}


def test_work_by_telephone_is_refused_and_a_call_to_the_person_is_another_thing() -> None:
    for said in (
        "bellen! nooit meer bellen",
        "nooit meer aan de telefoon",
        "telefoontjes, geen zin",
    ):
        assert refuses_calls(fold(said), WORDS)
    for said in (
        "bel me niet meer",
        "nooit meer bellen jullie",
        "bellen hoeft niet",
        "niet bellen",
    ):
        assert not refuses_calls(fold(said), WORDS)
