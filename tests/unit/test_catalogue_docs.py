"""docs/catalogue.md, the JSON Schemas and regional overrides, tried as a counsellor would."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.advice.ranking import advise
from bot.catalogue.check import check
from bot.catalogue.load import load_catalogue
from bot.catalogue.schema import FILES, schemas
from bot.profile import Interest, Profile
from tests.unit.advice_profiles import FOLDER, TODAY, texts

DOCS = FOLDER.parents[1] / "docs"
GUIDE = (DOCS / "catalogue.md").read_text(encoding="utf-8")
OCCUPATION, REGION = re.findall(r"```yaml\n(.*?)```", GUIDE, flags=re.DOTALL)
MISTAKES = [
    (wrong, said)
    for wrong, said in re.findall(r"^\| `(\w+: [^`]+)` \| `([^`]+)` \|$", GUIDE, flags=re.MULTILINE)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue to write in."""
    shutil.copytree(FOLDER, tmp_path / "catalogue")
    return tmp_path / "catalogue"


def add_occupation(folder: Path, block: str) -> None:
    """Put a block under an occupations file, as the guide says."""
    file = folder / "occupations" / "targets_installatie.yml"
    file.write_text(file.read_text(encoding="utf-8") + block, encoding="utf-8")


def test_the_occupation_of_the_guide_can_be_added_and_is_advised(folder: Path) -> None:
    add_occupation(folder, OCCUPATION)

    assert check(folder) == []
    profile = Profile(occupation="winkelmedewerker", interests=tuple(Interest)[:1])
    found = advise(profile, load_catalogue(folder), texts(), today=TODAY, limit=60)
    assert "domoticamonteur" in {one.occupation.id for one in found.suggestions}


@pytest.mark.parametrize(("wrong", "said"), MISTAKES)
def test_every_mistake_of_the_guide_is_named_with_its_line(
    folder: Path, wrong: str, said: str
) -> None:
    key = wrong.partition(":")[0]
    block = re.sub(rf"^    {key}: .*$", f"    {wrong}", OCCUPATION, flags=re.MULTILINE)
    add_occupation(folder, block)

    found = check(folder)

    assert len(found) == 1
    assert said in found[0]
    lines = (folder / "occupations/targets_installatie.yml").read_text("utf-8").splitlines()
    assert found[0].startswith(f"occupations/targets_installatie.yml:{lines.index('    ' + wrong) + 1}:")


def test_the_guide_names_mistakes() -> None:
    assert len(MISTAKES) == 4


def write_region(folder: Path, block: str) -> None:
    """Put a block in the region Rijnmond, in the place of its `routes_off`."""
    file = folder / "regions.yml"
    text = file.read_text(encoding="utf-8")
    start = text.index('name: "Rijnmond"\n') + len('name: "Rijnmond"\n')
    end = text.index("  - code:", start)
    file.write_text(text[:start] + block + text[end:], encoding="utf-8")


def routes(folder: Path, place: str) -> dict[str, set[str]]:
    """The routes of each advised occupation for somebody in a place."""
    profile = Profile(interests=(Interest.HANDS_ON, Interest.OUTDOORS), place=place)
    found = advise(profile, load_catalogue(folder), texts(), today=TODAY, limit=80)
    return {one.occupation.id: {route.id for route in one.routes} for one in found.suggestions}


def test_a_region_adds_and_switches_off_routes_for_its_own_people_only(folder: Path) -> None:
    before = routes(folder, "Rotterdam")
    write_region(folder, REGION)
    assert check(folder) == []

    here, elsewhere = routes(folder, "Rotterdam"), routes(folder, "Groningen")

    assert "praktijkverklaring" not in before["laadpaalmonteur"]
    assert "praktijkverklaring" in here["laadpaalmonteur"]
    assert "praktijkverklaring" not in elsewhere["laadpaalmonteur"]
    assert any("derde_leerweg" in named for named in elsewhere.values())
    assert not any("derde_leerweg" in named for named in here.values())


def test_a_regional_route_that_does_not_exist_is_named_with_its_line(folder: Path) -> None:
    write_region(folder, REGION.replace("praktijkverklaring", "luchtfiets").replace("energie", "x"))

    found = check(folder)

    assert {one.partition(": ")[2] for one in found} == {
        "Onbekende route 'luchtfiets'.",
        "Onbekend vakgebied 'x'.",
    }
    assert all(re.match(r"regions\.yml:\d+: ", one) for one in found)


def test_a_regional_route_ends_with_its_source(folder: Path) -> None:
    ended = REGION.replace("checked_on: 2026-11-01", "checked_on: 2026-11-01, valid_until: 2026-11-02")
    write_region(folder, ended)

    assert "praktijkverklaring" not in routes(folder, "Rotterdam")["laadpaalmonteur"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_schemas_in_docs_are_those_of_the_code(name: str) -> None:
    written = json.loads((DOCS / "schema" / f"{name}.json").read_text(encoding="utf-8"))

    assert written == schemas()[name], "zijstap catalogue schema docs/schema"


def files_of(name: str) -> list[Path]:
    """The catalogue files that a schema is for."""
    if name in ("targets", "origins"):
        return sorted((FOLDER / "occupations").glob(f"{name}_*.yml"))
    if name == "topics":
        return [FOLDER / file for file in ("funding.yml", "programmes.yml", "glossary.yml")]
    return [FOLDER / f"{name}.yml"]


def plain(value: Any) -> Any:
    """YAML as JSON: dates as text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_fits_its_schema_and_a_wrong_one_does_not(name: str) -> None:
    validator = Draft202012Validator(schemas()[name])
    for file in files_of(name):
        data = plain(yaml.safe_load(file.read_text(encoding="utf-8")))
        assert not list(validator.iter_errors(data)), file.name
        key = FILES[name][0]
        data[key][0]["onbekend"] = 1
        assert list(validator.iter_errors(data))
