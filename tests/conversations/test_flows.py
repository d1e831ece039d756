"""Conversations word for word (flows.yml), and what holds for every turn of every conversation."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.conftest import Person

FLOWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "flows.yml").read_text("utf-8")
)


def holds(expected: str | list[str] | None) -> list[str]:
    return [expected] if isinstance(expected, str) else expected or []


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow["does"]))
async def test_a_conversation_goes_as_written(person: Person, flow: dict[str, Any]) -> None:
    for said in flow["turns"]:
        answer = await person.says(said["say"])
        for words in holds(said.get("hears")):
            assert words in answer, f"after {said['say']!r}:\n{answer}"
        for words in holds(said.get("not")):
            assert words not in answer, f"after {said['say']!r}:\n{answer}"
        assert person.heard[-1].buttons, f"no way on after {said['say']!r}:\n{answer}"


async def test_who_comes_back_after_days_is_where_they_were(person: Person) -> None:
    await person.says("ik werk als kapper")
    person.stays_away(days=9)
    answer = await person.says("hoi")
    assert "Welkom terug" in answer
    assert "automatische assistent" in answer
    assert "Vraag 2" in answer
    assert "Welkom terug" not in await person.says("[Ik heb WW]")


async def test_nobody_hears_the_same_three_times_in_a_row(person: Person) -> None:
    answers = [await person.says("wat is een bbl?") for _ in range(6)]
    assert all(len(set(answers[i : i + 3])) > 1 for i in range(4))
    assert any("Ik val in herhaling" in answer for answer in answers)
