"""What is asked or wished about a handoff is known by its own words, and by no others."""

import pytest
import yaml

from bot.handoff.asides import about, is_free
from tests.conftest import ROOT

LABELS = yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("mag ik eerst zien wat je deelt?", "again"),
        ("Hoe lang bewaren ze dat", "kept"),
        ("is dat van het UWV?", "uwv"),
        ("wie leest dat", "readers"),
        ("kost dat geld", "cost"),
        ("ik twijfel", "doubt"),
        ("deel alleen mijn nummer, niet het gesprek", "partly"),
        ("nee ik wil niet dat jullie mijn gesprek delen", "refuses"),
        ("wie gaat mij bellen", "caller"),
        ("wat gebeurt er met mijn nummer", "readers"),
        ("ja maar niet met het uwv delen", "condition"),
        ("ok mits jullie me niet bellen", "condition"),
        ("ik heb me bedacht", "refuses"),
        ("weg ermee", "refuses"),
        ("ja", None),
        ("ik twijfel of ik nog wel wil leven", None),
        ("ik heb WW van het uwv", None),
        ("kost dat geld " + "en nog veel meer woorden " * 4, None),
    ],
)
def test_a_question_at_the_consent_is_known(said: str, subject: str | None) -> None:
    assert about(said, LABELS["at_consent"]) == subject


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("ik wil het toch niet meer", "withdraw"),
        ("laat toch maar zitten", "withdraw"),
        ("bel me niet meer ik bel zelf", "withdraw"),
        ("ik heb me bedacht", "withdraw"),
        ("Toch niet.", "withdraw"),
        ("hoe lang duurt het nog?", "when"),
        ("hoe lang duurt een bbl", None),
        ("is dat toch niet zwaar", None),
        ("ik wil niet meer", None),
    ],
)
def test_a_wish_about_a_request_is_known(said: str, subject: str | None) -> None:
    assert about(said, LABELS["of_request"]) == subject


@pytest.mark.parametrize(
    ("stage", "offered", "free"),
    [
        ("contact", ["/skip"], True),
        ("advice", ["/ask_advice", "/request_human"], True),
        ("intake", ['/inform{"wage":"needed"}', "/skip"], False),
        ("reach", ["/affirm", "/deny"], False),
    ],
)
def test_what_answers_a_question_is_no_wish_about_the_request(
    stage: str, offered: list[str], free: bool
) -> None:
    assert is_free(stage, offered) is free
