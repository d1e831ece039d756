"""The catalogue: the real files load, broken files are refused with file and line."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.check import check, months_before, stale
from bot.catalogue.load import load_catalogue
from bot.catalogue.model import Catalogue
from bot.catalogue.places import fold
from bot.catalogue.values import ALLOWED, ROUTE_IDS
from bot.errors import CatalogueError
from bot.profile import Avoid, Interest

FOLDER = Path(__file__).resolve().parents[2] / "data" / "catalogue"

TARGET = """targets:
  - id: lasser
    name: Lasser
    field: metaal
    level: [mbo2]
    isco08: 7212
    names: [lasser]
    summary: Je last metaal.
    day: Je last.
    nice: Je maakt iets.
    hard: Het is warm.
    routes: [bbl]
    interests: [hands_on]
    traits: [heavy]
    skills: [nauwkeurig werken]
    conditions: [VCA]
    demand: {text: Volgens UWV is er veel werk., strength: 2, source: U26}
    wage: {text: Ongeveer 15 euro per uur., month_low: null, month_high: null, year: 2026, source: STARTPAY2026}
    sources: [U26]
"""
ORIGIN = """origins:
  - id: drukker
    name: Drukker
    sector: print
    isco08: "7322"
    names: [drukker]
    skills: [machines bedienen]
    targets: [lasser]
    outlook: null
    sources: [REDENERING]
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(FOLDER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the real files, but with one target and one origin of its own."""
    folder = tmp_path / "catalogue"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("occupations"))
    (folder / "occupations").mkdir()
    (folder / "occupations" / "targets_one.yml").write_text(TARGET, encoding="utf-8")
    (folder / "occupations" / "origins_one.yml").write_text(ORIGIN, encoding="utf-8")
    return folder


def mistakes_of(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return caught.value.mistakes


def test_real_catalogue_is_complete(catalogue: Catalogue) -> None:
    assert set(catalogue.routes) == ROUTE_IDS
    assert len(catalogue.regions) == 35
    assert sum(len(region.municipalities) for region in catalogue.regions.values()) == 342
    assert sum(key.isdigit() for key in catalogue.places) == 4699
    assert check(FOLDER) == []


def test_every_region_has_a_partner_and_there_is_a_fallback(catalogue: Catalogue) -> None:
    served = [code for partner in catalogue.partners.values() for code in partner.regions]
    assert sorted(served) == sorted(catalogue.regions)
    assert catalogue.partners["werkcentrum_landelijk"].regions == ()
    assert all(partner.example for partner in catalogue.partners.values())


@pytest.mark.parametrize("topic", ["stap", "eerst_de_klas", "oit"])
def test_ended_schemes_are_closed(catalogue: Catalogue, topic: str) -> None:
    assert catalogue.topics[topic].status == "closed"


def test_routes_with_wage(catalogue: Catalogue) -> None:
    paid = {route.id for route in catalogue.routes.values() if route.wage}
    assert paid == {
        "bbl",
        "mkb_route",
        "hbo_duaal",
        "praktijkverklaring",
        "zij_instroom_leraar",
        "hybride_docent",
    }


def test_allowed_words_are_those_of_the_profile() -> None:
    assert ALLOWED["TargetOccupation", "interests"] == {one.value for one in Interest}
    assert ALLOWED["TargetOccupation", "traits"] == {one.value for one in Avoid}


@pytest.mark.parametrize(
    ("typed", "regions"),
    [
        ("Breda", ["AM25"]),
        ("3011", ["AM22"]),
        ("Den Haag", ["AM21"]),
        ("'s-Gravenhage", ["AM21"]),
        ("den bosch", ["AM27"]),
        ("Súdwest Fryslan", ["AM02"]),
        ("Bedum", ["AM01"]),
        ("Zaandam", ["AM17"]),
        ("Hengelo", ["AM05", "AM09"]),
        ("Bergen", ["AM15", "AM29"]),
        ("Rijswijk", ["AM10", "AM21", "AM25"]),
    ],
)
def test_places(catalogue: Catalogue, typed: str, regions: list[str]) -> None:
    assert sorted(place.region for place in catalogue.places[fold(typed)]) == regions


def test_municipality_comes_before_village(catalogue: Catalogue) -> None:
    assert [place.kind for place in catalogue.places["hengelo"]] == ["municipality", "village"]


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_small_copy_loads(copy: Path) -> None:
    catalogue = load_catalogue(copy)
    assert catalogue.targets["lasser"].isco08 == "7212"
    assert catalogue.targets["lasser"].sources[0].checked_on == date(2026, 8, 12)
    assert catalogue.origins["drukker"].targets == ("lasser",)


def test_occupations_may_be_absent_or_empty(copy: Path) -> None:
    (copy / "occupations" / "origins_one.yml").write_text("origins: []\n", encoding="utf-8")
    (copy / "occupations" / "targets_one.yml").write_text("targets:\n", encoding="utf-8")
    assert load_catalogue(copy).targets == {}
    shutil.rmtree(copy / "occupations")
    assert load_catalogue(copy).origins == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("occupations/targets_one.yml", "level: [mbo2]", "level: [mbo2", 6, "geen goede YAML"),
        ("occupations/targets_one.yml", "field: metaal", "fild: metaal", 4, "'fild'"),
        ("occupations/targets_one.yml", "    hard: Het is warm.\n", "", 2, "'hard' ontbreekt"),
        ("occupations/targets_one.yml", "name: Lasser", "name: [Lasser]", 3, "hoort tekst"),
        ("occupations/targets_one.yml", "name: Lasser", "name: no", 3, "hoort tekst"),
        ("occupations/targets_one.yml", "name: Lasser", "name: ''", 3, "leeg"),
        ("occupations/targets_one.yml", "name: Lasser", "id: lasser", 3, "twee keer"),
        ("occupations/targets_one.yml", "7212", "72a", 6, "vier cijfers"),
        (
            "occupations/targets_one.yml",
            "routes: [bbl]",
            "routes:\n    - bbl\n    - bbbl",
            14,
            "route",
        ),
        ("occupations/targets_one.yml", "[hands_on]", "[hands]", 13, "kies uit"),
        ("occupations/targets_one.yml", "strength: 2", "strength: 4", 17, "tussen 0 en 3"),
        ("occupations/targets_one.yml", "year: 2026", "year: soon", 18, "heel getal"),
        ("occupations/targets_one.yml", "sources: [U26]", "sources: []", 19, "ten minste één"),
        ("occupations/targets_one.yml", "sources: [U26]", "sources: [X1]", 19, "sources.yml"),
        ("occupations/targets_one.yml", "    sources: [U26]\n", "", 2, "'sources' ontbreekt"),
        ("occupations/targets_one.yml", "targets:", "rules:", 1, "verwacht 'targets'"),
        ("occupations/origins_one.yml", "[lasser]", "[lassser]", 8, "doelberoep 'lassser'"),
        ("routes.yml", "id: bol\n", "id: bbl\n", None, "staat al in routes.yml:3"),
        ("routes.yml", "[12, 48]", "[48, 12]", None, "laagste"),
        ("routes.yml", "wage: true", "wage: misschien", None, "true of false"),
        ("partners.yml", "regions: [AM01]", "regions: [AM99]", None, "regio 'AM99'"),
        ("sources.yml", "    checked_on: 2026-11-23\n", "", 4, "'checked_on' ontbreekt"),
        ("funding.yml", "valid_until: 2026-12-31", "valid_until: eind 2026", None, "een datum"),
        ("funding.yml", "valid_until: 2026-12-31", "valid_until: 2026-13-31", None, "een datum"),
        ("regions.yml", "code: AM01", "code: AM04", None, "geen gemeenten"),
        ("regions/pc4_to_region.csv", ",AM18,", ",AM16,", 2, "regio 'AM16'"),
        ("regions/pc4_to_region.csv", "pc4,place", "code,place", 1, "kolom 'pc4'"),
    ],
)
def test_mistake_is_named_with_file_and_line(
    copy: Path, file: str, old: str, new: str, line: int | None, says: str
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = line or text[: text.index(old)].count("\n") + 1
    found = [one for one in mistakes_of(copy) if one.startswith(f"{file}:{line}: ")]
    assert any(says in one for one in found), mistakes_of(copy)


@pytest.mark.parametrize("file", ["routes.yml", "sources.yml", "regions/pc4_to_region.csv"])
def test_absent_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    assert f"{file}:1: Dit bestand ontbreekt." in mistakes_of(copy)


def test_every_mistake_is_reported_at_once(copy: Path) -> None:
    broken = TARGET.replace("metaal\n", "[]\n", 1).replace("hard:", "hart:")
    (copy / "occupations" / "targets_one.yml").write_text(broken, encoding="utf-8")
    found = mistakes_of(copy)
    assert len(found) == 3
    assert all(one.startswith("occupations/targets_one.yml:") for one in found)
    assert check(copy) == found


def test_check_finds_a_name_of_two_occupations(copy: Path) -> None:
    second = TARGET.replace("id: lasser", "id: snijder").replace("name: Lasser", "name: Snijder")
    (copy / "occupations" / "targets_two.yml").write_text(second, encoding="utf-8")
    assert check(copy) == ["doelberoep snijder: de naam 'lasser' hoort ook bij lasser."]


def test_nothing_is_stale_on_the_day_of_checking(catalogue: Catalogue) -> None:
    assert stale(catalogue, date(2026, 11, 23)) == []


def test_stale_names_old_checks_and_ended_facts(catalogue: Catalogue) -> None:
    lines = stale(catalogue, date(2027, 11, 24))
    assert any(line.startswith("route bbl: ") and "2026-11-23" in line for line in lines)
    assert "onderwerp slim: de tekst gold tot 2026-12-31." in lines
    ended = replace(catalogue.routes["bbl"].sources[0], valid_until=date(2026, 1, 1))
    route = replace(catalogue.routes["bbl"], sources=(ended,))
    small = Catalogue({"bbl": route}, {}, {}, {}, {}, {})
    assert "gold tot 2026-01-01" in stale(small, date(2026, 11, 23))[0]


def test_months_before() -> None:
    assert months_before(date(2026, 11, 23), 12) == date(2025, 11, 23)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 5), 1) == date(2025, 12, 5)
