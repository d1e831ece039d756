"""A message that is nothing but an answer informs, and costs no sentence vector."""

from pathlib import Path
from typing import Any

import pytest

from nlu import embedding
from nlu.answers import Answers
from nlu.intent_model import IntentModel
from nlu.lexicon import folded_cues, load_lexicon
from tests.conftest import ROOT
from tests.nlu.test_hostile_input import parse

ANSWERS = Answers(folded_cues(load_lexicon(Path(ROOT) / "data" / "nlu_lexicon.yml")))


def school(text: str, name: str) -> list[dict[str, Any]]:
    """Give the education that stands in a text."""
    start = text.index(name)
    return [{"entity": "education", "value": "x", "start": start, "end": start + len(name)}]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mbo 2 verkoop", "mbo 2"),
        ("ik heb een hbo diploma in bedrijfskunde", "hbo"),
        ("mts, richting werktuigbouw", "mts"),
        ("havo gehaald", "havo"),
    ],
)
def test_a_subject_belongs_to_its_school(text: str, name: str) -> None:
    assert ANSWERS.are_all(text, school(text, name)) is ("," not in text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mbo 2 kassa bij de jumbo", "mbo 2"),
        ("ik werk in de zorg, mbo 3", "mbo 3"),
        ("is hbo economie moeilijk?", "hbo"),
        ("mbo 2 verkoop en ik zie het niet meer zitten", "mbo 2"),
    ],
)
def test_what_says_more_is_no_bare_answer(text: str, name: str) -> None:
    assert not ANSWERS.are_all(text, school(text, name))


def test_without_an_answer_nothing_is_one() -> None:
    assert not ANSWERS.are_all("ik ben nu gewoon", [])


@pytest.mark.parametrize(
    "text", ["Tilburg", "ik woon in Breda", "5041 AB", "24 uur per week", "ik kom uit Zwolle"]
)
def test_an_answer_costs_no_vector(agent: Any, text: str) -> None:
    embedding.embed.cache_clear()
    assert parse(agent, text)["intent"]["name"] == "inform"
    assert embedding.embed.cache_info().misses == 0


@pytest.mark.parametrize("text", ["Goirle", "Leveroy", "Stein (L.)", "kapper", "Kassamedewerker"])
def test_a_name_of_the_catalogue_skips_the_model(
    agent: Any, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(IntentModel, "chances", None)
    assert parse(agent, text)["intent"] == {"name": "inform", "confidence": 1.0}


@pytest.mark.parametrize("text", ["mts elektro", "mbo 4 ict", "hbo diploma in bedrijfskunde"])
def test_a_school_with_its_subject_is_acted_on(agent: Any, text: str) -> None:
    parsed = parse(agent, text)
    assert parsed["intent"]["name"] == "inform"
    assert "occupation" not in [item["entity"] for item in parsed["entities"]]
