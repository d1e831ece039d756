"""A message that is a name of the catalogue and no more: no model is asked what it means."""

from typing import Any

import pytest

from bot.catalogue.load import shared_catalogue
from nlu import embedding
from nlu.catalogue_names import CatalogueNames
from nlu.intent_model import IntentModel
from nlu.occupation_model import OccupationModel
from tests.conftest import ROOT
from tests.nlu.test_hostile_input import parse

CATALOGUE = shared_catalogue(ROOT / "data" / "catalogue")
NAMES = CatalogueNames(CATALOGUE)
ASKED = {
    "praktijkverklaring": "ask_route",
    "bbl": "ask_route",
    "Mbo-verklaring": "ask_programme",
    "Techniekpact": "ask_programme",
    "levenlanglerenkrediet": "ask_funding",
    "lesgeld": "ask_cost",
    "nuffic": "ask_admission",
    "A+O Metalektro": "ask_funding",
    "Werkcentrum Twente": "ask_programme",
}
EVERY = 25


@pytest.fixture
def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whatever would guess fail."""
    monkeypatch.setattr(IntentModel, "chances", None)
    monkeypatch.setattr(OccupationModel, "guess", None)
    embedding.embed.cache_clear()


def names_of_all(items: Any) -> list[str]:
    """Give every name of some items of the catalogue."""
    return [name for item in items.values() for name in (item.name, *item.names)]


@pytest.mark.parametrize("kind", ["origins", "targets", "routes", "topics"])
def test_every_name_has_an_intent(kind: str) -> None:
    names = names_of_all(getattr(CATALOGUE, kind))
    assert [name for name in names if NAMES.intent_of(name.lower()) is None] == []


@pytest.mark.usefixtures("without_models")
@pytest.mark.parametrize("kind", ["origins", "targets", "routes", "topics"])
def test_names_skip_the_models(agent: Any, kind: str) -> None:
    for name in names_of_all(getattr(CATALOGUE, kind))[::EVERY]:
        assert parse(agent, name.lower())["intent"]["confidence"] == 1.0, name
    assert embedding.embed.cache_info().misses == 0


@pytest.mark.usefixtures("without_models")
@pytest.mark.parametrize(("text", "intent"), ASKED.items())
def test_what_is_no_work_is_asked_after(agent: Any, text: str, intent: str) -> None:
    parsed = parse(agent, text)
    assert parsed["intent"] == {"name": intent, "confidence": 1.0}
    kinds = [item["entity"] for item in parsed["entities"]]
    assert "occupation" not in kinds and {"route", "programme"} & set(kinds)


@pytest.mark.usefixtures("without_models")
def test_work_that_nobody_comes_from_brings_what_is_like_it(agent: Any) -> None:
    (named,) = parse(agent, "Energieadviseur")["entities"]
    assert (named["entity"], named["value"]) == ("target_occupation", "energieadviseur")
    assert named["bare"] and "medewerker_energiebedrijf" in named["ranking"]


def test_a_name_that_is_asked_or_corrects_does_not_inform(agent: Any) -> None:
    assert NAMES.intent_of("loodgieter") == "inform"
    assert NAMES.intent_of("loodgieter?") is NAMES.intent_of("*loodgieter") is None
    assert parse(agent, "loodgieter?")["intent"]["name"] == "ask_occupation"
