"""Seventy people, and what a good counsellor would and would not advise them (golden_profiles.yml)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.index import index_of
from bot.profile import Profile
from tests.unit.advice_profiles import advice, catalogue

PEOPLE: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "golden_profiles.yml").read_text(encoding="utf-8")
)["people"]
KEYS = {"name", "why", "profile", "any_of", "all_of", "none_of", "fields", "not_fields", "says", "never_says"}


def ids(person: dict[str, Any]) -> list[str]:
    """The suggestions for a person, best first."""
    found = advice(Profile.from_json(person["profile"]))
    return [one.occupation.id for one in found.suggestions]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_a_person_gets_what_fits_and_not_what_does_not(person: dict[str, Any]) -> None:
    found = ids(person)

    assert len(found) == 3
    assert not person.get("any_of") or set(found) & set(person["any_of"]), found
    assert set(person.get("all_of", ())) <= set(found), found
    assert not set(person.get("none_of", ())) & set(found), found


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_a_person_gets_work_in_fields_that_fit(person: dict[str, Any]) -> None:
    fields = {catalogue().targets[name].field for name in ids(person)}

    assert not person.get("fields") or fields & set(person["fields"]), fields
    assert not fields & set(person.get("not_fields", ())), fields


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_a_person_is_told_what_he_must_know(person: dict[str, Any]) -> None:
    found = advice(Profile.from_json(person["profile"]))
    codes = {reason.code for one in found.suggestions for reason in one.reasons}
    for one in found.suggestions:
        for route in one.routes:
            codes |= {reason.code for reason in (*route.missing, *route.arrange)}

    assert set(person.get("says", ())) <= codes
    assert not set(person.get("never_says", ())) & codes


def test_the_list_is_whole() -> None:
    known = catalogue().targets
    fields = {one.field for one in known.values()}

    assert len(PEOPLE) >= 70
    assert len({person["name"] for person in PEOPLE}) == len(PEOPLE)
    for person in PEOPLE:
        occupation = person["profile"].get("occupation")
        assert occupation is None or index_of(catalogue()).work(occupation), person["name"]
        assert set(person) <= KEYS, person["name"]
        assert len(person["why"]) > 20
        assert person.get("any_of") or person.get("all_of"), person["name"]
        for key in ("any_of", "all_of", "none_of"):
            assert set(person.get(key, ())) <= known.keys(), person["name"]
        for key in ("fields", "not_fields"):
            assert set(person.get(key, ())) <= fields, person["name"]
