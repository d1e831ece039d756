"""ESCO's Dutch occupations: reading the published table, and the nearest origins of the catalogue.

This service uses the ESCO classification of the European Commission (reuse under Commission Decision
2011/833/EU). ESCO groups occupations by ISCO-08: the more digits of that code two share, the nearer
they are.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.catalogue.model import OriginOccupation
from bot.catalogue.places import fold
from bot.errors import CatalogueError

COLUMNS = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels")
LARGEST_FIELD = 1_000_000
MOST_MISTAKES = 20
LEAST_SHARED = 2
MOST_NEAR = 4
ALIKE = 90.0

type _Spelt = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PublishedOccupation:
    """One occupation of ESCO: its address, four digits of ISCO-08, and its Dutch names."""

    uri: str
    isco08: str
    label: str
    names: tuple[str, ...]


def read_esco(path: Path) -> list[PublishedOccupation]:
    """Read ESCO's table of Dutch occupations, as published (`occupations_nl.csv`).

    Raises:
        CatalogueError: the file cannot be read or has mistakes; names file and line.
    """
    csv.field_size_limit(LARGEST_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return _read(path, csv.DictReader(stream, strict=True))
    except OSError as error:
        raise CatalogueError([f"{path}:1: dit bestand is niet te openen"]) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError([f"{path}:1: dit is geen goede csv in utf-8 ({error})"]) from error


def _read(path: Path, reader: "csv.DictReader[str]") -> list[PublishedOccupation]:
    absent = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if absent:
        raise CatalogueError([f"{path}:1: de kolom '{absent[0]}' ontbreekt"])
    found: dict[str, PublishedOccupation] = {}
    mistakes: list[str] = []
    for row in reader:
        wrong = _mistake(row, found)
        if wrong:
            mistakes.append(f"{path}:{reader.line_num}: {wrong}")
            continue
        names = [name.strip() for name in row["altLabels"].splitlines()]
        label = row["preferredLabel"].strip()
        others = tuple(dict.fromkeys(name for name in names if name and name != label))
        uri = row["conceptUri"]
        found[uri] = PublishedOccupation(uri, row["iscoGroup"], label, others)
    if not found and not mistakes:
        mistakes.append(f"{path}:1: er staan geen beroepen in")
    if mistakes:
        raise CatalogueError(mistakes[:MOST_MISTAKES])
    return list(found.values())


def _mistake(
    row: Mapping[str, str | None], found: Mapping[str, PublishedOccupation]
) -> str | None:
    """Say what is wrong with a row, or give None."""
    if any(row[name] is None for name in COLUMNS):
        return "deze regel heeft te weinig kolommen"
    if not str(row["conceptUri"]).startswith("http"):
        return f"'{row['conceptUri']}' is geen adres van een beroep (conceptUri)"
    if row["conceptUri"] in found:
        return f"'{row['conceptUri']}' staat er twee keer"
    if not re.fullmatch(r"\d{4}", str(row["iscoGroup"])):
        return f"'{row['iscoGroup']}' is geen ISCO-code van vier cijfers (iscoGroup)"
    return None if str(row["preferredLabel"]).strip() else "de naam (preferredLabel) is leeg"


def esco_names(
    occupations: Iterable[PublishedOccupation], origins: Mapping[str, OriginOccupation]
) -> dict[str, tuple[str, ...]]:
    """Give folded ESCO name -> ids of the nearest origins, best first; one when that is certain."""
    near: dict[str, tuple[_Spelt, bool]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for item in occupations:
        if item.isco08 not in near:
            near[item.isco08] = _nearest_by_code(item.isco08, origins)
        ids = _by_likeness(fold(item.label), *near[item.isco08])
        for name in (item.label, *item.names) if ids else ():
            found.setdefault(fold(name), ids)
    found.pop("", None)
    return found


def _nearest_by_code(isco08: str, origins: Mapping[str, OriginOccupation]) -> tuple[_Spelt, bool]:
    """Give folded name and id of the origins that share most digits, and whether it is all four."""
    for digits in range(len(isco08), LEAST_SHARED - 1, -1):
        near = [item for item in origins.values() if item.isco08[:digits] == isco08[:digits]]
        if near:
            pairs = [(fold(name), item.id) for item in near for name in (item.name, *item.names)]
            return pairs, digits == len(isco08)
    return [], False


def _by_likeness(name: str, spelt: _Spelt, exact: bool) -> tuple[str, ...]:
    """Give ids, those with a name like this one first; only one when nothing else is likely."""
    alike: dict[str, float] = {}
    names = [other for other, _ in spelt]
    for _, score, place in process.extract(name, names, scorer=fuzz.token_set_ratio, limit=None):
        alike.setdefault(spelt[place][1], score)
    near = sorted(alike, key=lambda one: -alike[one])
    if exact and (len(near) == 1 or alike[near[0]] >= ALIKE > alike[near[1]]):
        return (near[0],)
    return tuple(near[:MOST_NEAR])
