"""Place names and postcodes: from what a person types to the possible labour market regions."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.catalogue.folding import fold
from bot.catalogue.model import Place

MUNICIPALITIES = "municipality_to_region_2026.csv"
ABOLISHED = "abolished_municipality_to_region.csv"
POSTCODES = "pc4_to_region.csv"
TABLES = (MUNICIPALITIES, ABOLISHED, POSTCODES)

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    MUNICIPALITIES: ("gemeente", "arbeidsmarktregiocode"),
    ABOLISHED: ("gemeente", "arbeidsmarktregiocode_huidig"),
    POSTCODES: ("pc4", "place", "alternative_spellings", "municipality_2014", "region_code"),
}
# What people say for a municipality whose official name they seldom use.
_USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "'s-Gravenhage": ("Den Haag", "Haag", "The Hague"),
    "'s-Hertogenbosch": ("Den Bosch", "Bosch"),
    "Nuenen, Gerwen en Nederwetten": ("Nuenen",),
    "Capelle aan den IJssel": ("Capelle a/d IJssel", "Capelle aan de IJssel"),
    "Krimpen aan den IJssel": ("Krimpen a/d IJssel", "Krimpen aan de IJssel"),
    "Alphen aan den Rijn": ("Alphen a/d Rijn", "Alphen aan de Rijn"),
    "Leeuwarden": ("Ljouwert",),
    "Súdwest-Fryslân": ("Zuidwest-Friesland",),
    "Noardeast-Fryslân": ("Noordoost-Friesland",),
    "De Fryske Marren": ("De Friese Meren",),
}

__all__ = ["TABLES", "build_places", "fold", "municipalities_by_region", "read_rows", "without_suffix"]

type Row = tuple[int, dict[str, str]]


def without_suffix(name: str) -> str:
    """Give a municipality's name without the mark of its province, ``Hengelo (O.)`` -> ``Hengelo``."""
    return name.partition(" (")[0]


def exact_name(place: Place) -> str:
    """Give a name that no place in another region has: ``Rijswijk (Buren)``, ``Bergen (NH.)``."""
    marks = {"municipality": "gemeente", "abolished": "oude gemeente"}
    if "(" in place.name or place.kind == "postcode":
        return place.name
    return f"{place.name} ({marks.get(place.kind, place.municipality)})"


def read_rows(folder: Path, name: str, mistakes: list[str]) -> list[Row]:
    """Read one of the region tables.

    Args:
        folder: the folder ``regions`` of the catalogue.
        name: the file's name, one of the three constants of this module.
        mistakes: a line ``file:line: what`` is added for each mistake.

    Returns:
        Line number and row of each row that has all the columns that are needed.
    """
    path = folder / name
    shown = f"regions/{name}"
    if not path.is_file():
        mistakes.append(f"{shown}:1: Dit bestand ontbreekt.")
        return []
    rows: list[Row] = []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            absent = [one for one in _COLUMNS[name] if one not in (reader.fieldnames or ())]
            if absent:
                mistakes.append(f"{shown}:1: De kolom '{absent[0]}' ontbreekt.")
                return []
            for row in reader:
                if None in row.values():
                    mistakes.append(
                        f"{shown}:{reader.line_num}: Deze regel heeft te weinig kolommen."
                    )
                else:
                    rows.append((reader.line_num, row))
    except (UnicodeDecodeError, csv.Error) as error:
        mistakes.append(f"{shown}:1: Dit bestand is niet te lezen als csv ({error}).")
    return rows


def municipalities_by_region(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Group the municipalities of 2026 by region code, in the order of the table."""
    grouped: dict[str, list[str]] = {}
    for _, row in rows:
        grouped.setdefault(row["arbeidsmarktregiocode"], []).append(row["gemeente"])
    return {code: tuple(names) for code, names in grouped.items()}


def build_places(
    municipalities: Iterable[Row], abolished: Iterable[Row], postcodes: Iterable[Row]
) -> dict[str, tuple[Place, ...]]:
    """Map each folded name and postcode to its possible places.

    A key has at most one place in each region: a municipality goes before an abolished one, that
    before a village. More than one place for a key means that the person has to be asked.

    Args:
        municipalities: rows of the municipalities of 2026.
        abolished: rows of abolished municipalities.
        postcodes: rows of four-digit postcodes.

    Returns:
        Folded name or postcode to places, municipalities first.
    """
    found: dict[str, dict[str, Place]] = {}
    for key, place in _candidates(municipalities, abolished, postcodes):
        if key:
            found.setdefault(key, {}).setdefault(place.region, place)
            found.setdefault(fold(exact_name(place)), {}).setdefault(place.region, place)
    return {key: tuple(by_region.values()) for key, by_region in found.items()}


def _candidates(
    municipalities: Iterable[Row], abolished: Iterable[Row], postcodes: Iterable[Row]
) -> Iterator[tuple[str, Place]]:
    for _, row in municipalities:
        name = row["gemeente"]
        place = Place(
            name=name, kind="municipality", region=row["arbeidsmarktregiocode"], municipality=name
        )
        for spelling in (name, without_suffix(name), *_USUAL_NAMES.get(name, ())):
            yield fold(spelling), place
    for _, row in abolished:
        name = row["gemeente"]
        place = Place(
            name=name,
            kind="abolished",
            region=row["arbeidsmarktregiocode_huidig"],
            municipality=name,
        )
        for spelling in (name, without_suffix(name)):
            yield fold(spelling), place
    for _, row in postcodes:
        yield from _of_postcode(row)


def _of_postcode(row: dict[str, str]) -> Iterator[tuple[str, Place]]:
    name, region, municipality = row["place"], row["region_code"], row["municipality_2014"]
    village = Place(name=name, kind="village", region=region, municipality=municipality)
    for spelling in (name, without_suffix(name), *row["alternative_spellings"].split(";")):
        yield fold(spelling), village
    postcode = row["pc4"]
    yield postcode, Place(name=postcode, kind="postcode", region=region, municipality=municipality)
