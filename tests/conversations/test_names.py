"""Someone who types a name of the catalogue and no more hears what the catalogue says of it."""

from typing import Any

import pytest

from bot.catalogue.folding import fold
from bot.catalogue.load import shared_catalogue
from nlu.occupation_names import names_of
from tests.conftest import ROOT
from tests.conversations.conftest import Person

CATALOGUE = shared_catalogue(ROOT / "data" / "catalogue")
TOPICS = [
    topic
    for topic in CATALOGUE.topics.values()
    if topic.kind not in ("answer", "question") and topic.id != "ww"
]
ANSWERS = {"bbl", "bol", "entree", "niveau 2", "niveau 3", "niveau 4", "entreeopleiding"}
"""Names that answer a question of the intake, or that are a route too."""
ORIGINS = names_of(CATALOGUE.origins).by_name
WISHED = [target for target in CATALOGUE.targets.values() if fold(target.name) not in ORIGINS][
    ::12
]
"""Some of the work that nobody comes from."""


async def test_every_topic_is_explained_by_its_name(person: Person) -> None:
    for topic in TOPICS:
        for name in (topic.name, *topic.names[-1:]):
            if name.casefold() not in ANSWERS:
                await person.begins()
                assert topic.text in await person.says(name), name


async def test_every_route_is_explained_by_its_name(person: Person) -> None:
    for route in CATALOGUE.routes.values():
        await person.begins()
        assert route.summary in await person.says(route.name), route.name


async def test_a_topic_is_meant_even_after_a_route_was_explained(person: Person) -> None:
    await person.begins()
    await person.says("praktijkverklaring")
    assert CATALOGUE.topics["cursusgeld"].text in await person.says("lesgeld")


@pytest.mark.parametrize("target", WISHED, ids=lambda target: target.id)
async def test_work_to_move_to_is_explained_by_its_name(person: Person, target: Any) -> None:
    await person.begins()
    await person.says("kapper")
    assert target.summary in await person.says(target.name)
    assert "Hoe is je situatie nu?" in person.heard[-1].text


@pytest.mark.parametrize("target", WISHED, ids=lambda target: target.id)
async def test_as_work_it_is_asked_what_is_most_like_it(person: Person, target: Any) -> None:
    await person.begins()
    await person.says(target.name.upper())
    assert next(iter(person.buttons)) == target.name
    assert "Hoe is je situatie nu?" in await person.says(f"[{target.name}]")
