"""General answers come from the catalogue: with sources, and only as long as they hold."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from actions import answers
from actions.services import Services, services
from bot.catalogue.load import load_catalogue
from bot.catalogue.model import Topic
from bot.server import load_services
from bot.settings import read_settings
from tests.conftest import ROOT

RESPONSES: dict[str, list[dict[str, Any]]] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))[
    "responses"
]
# Our own keeping time and the telephone numbers of help are no facts on routes, money or chances.
# A year and no telephone number: 0800-2000.
_FACT = re.compile(r"€|euro|%|\b\d+ jaar\b|(?<!-)\b20\d\d\b", re.I)


@pytest.fixture
def on(request: pytest.FixtureRequest) -> Iterator[Services]:
    """Give the services as they are on a day."""
    given = load_services(read_settings(ROOT / "var", {}))
    day: date = request.param
    moved = Services(
        catalogue=given.catalogue,
        texts=given.texts,
        labels=given.labels,
        clock=lambda: datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    before = services.set(moved)
    yield moved
    services.reset(before)


def topics() -> list[Topic]:
    return list(load_catalogue(ROOT / "data" / "catalogue").topics.values())


def test_each_answer_has_a_response_and_each_response_its_answer() -> None:
    filled = {
        name.removeprefix("utter_")
        for name, variants in RESPONSES.items()
        if any("{answer}" in variant["text"] for variant in variants)
    }
    assert filled == {topic.id for topic in topics() if topic.kind == "answer"}


def test_no_response_states_a_fact_without_the_catalogue() -> None:
    stated = {
        name: variant["text"]
        for name, variants in RESPONSES.items()
        for variant in variants
        if _FACT.search(variant["text"])
    }
    assert not stated


@pytest.mark.parametrize("on", [date(2026, 11, 24)], indirect=True)
def test_an_answer_names_all_its_sources_with_their_dates(on: Services) -> None:
    for topic in on.catalogue.topics.values():
        said = answers.told(topic)
        for source in topic.sources:
            assert source.title in said
            assert f"{source.checked_on:%d-%m-%Y}" in said


@pytest.mark.parametrize("on", [date(2029, 1, 1)], indirect=True)
def test_what_has_expired_is_not_said_any_more(on: Services) -> None:
    ended = [topic for topic in on.catalogue.topics.values() if topic.valid_until]
    assert ended
    for topic in ended:
        assert topic.text not in answers.told(topic)
        assert topic.way_on in answers.told(topic)
