"""ESCO's occupations in Dutch with the kinds of work (RIASEC) that belong to them.

Names and ISCO groups: ESCO v1.2.0, European Commission. Scores: O*NET, USDOL/ETA, CC BY 4.0.
How the table was made stands in data/catalogue/esco/SOURCES.md.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.catalogue.folding import fold

FILE = "esco/occupations.csv"
KINDS = "RIASEC"
_COLUMNS = ("name", "names", "isco08", *KINDS)
_BETWEEN = "|"

type Riasec = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EscoOccupation:
    """An occupation of ESCO; `riasec` holds six scores from 1 to 7, or is None when unknown."""

    name: str
    names: tuple[str, ...]
    isco08: str
    riasec: Riasec | None


class Esco:
    """The whole table, with look-ups that are worked out once when first asked for."""

    def __init__(self, occupations: Iterable[EscoOccupation] = ()) -> None:
        self.occupations = tuple(occupations)

    @cached_property
    def by_name(self) -> Mapping[str, EscoOccupation]:
        """Folded name -> occupation; a name of different work is left out, it would be a guess."""
        preferred = {fold(one.name): one for one in self.occupations}
        others: dict[str, EscoOccupation | None] = {}
        for one in self.occupations:
            for name in map(fold, one.names):
                first = others.setdefault(name, one)
                if first is not None and first.isco08 != one.isco08:
                    others[name] = None
        return {name: one for name, one in others.items() if one} | preferred

    @cached_property
    def riasec_by_isco(self) -> Mapping[str, Riasec]:
        """The mean scores of each ISCO-08 group of three or four digits."""
        rows: dict[str, list[Riasec]] = {}
        for one in self.occupations:
            if one.riasec:
                rows.setdefault(one.isco08, []).append(one.riasec)
                rows.setdefault(one.isco08[:3], []).append(one.riasec)
        return {
            group: tuple(sum(column) / len(scores) for column in zip(*scores, strict=True))
            for group, scores in rows.items()
        }


def read_occupations(folder: Path, mistakes: list[str]) -> tuple[EscoOccupation, ...]:
    """Read the table.

    Args:
        folder: the catalogue folder.
        mistakes: a line ``file:line: what`` is added for each mistake.

    Returns:
        The occupations of the rows that are right.
    """
    path = folder / FILE
    if not path.is_file():
        mistakes.append(f"{FILE}:1: Dit bestand ontbreekt.")
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return tuple(_occupations(csv.reader(stream), mistakes))
    except (UnicodeDecodeError, csv.Error) as error:
        mistakes.append(f"{FILE}:1: Dit bestand is niet te lezen als csv ({error}).")
    return ()


def _occupations(rows: Iterator[list[str]], mistakes: list[str]) -> Iterator[EscoOccupation]:
    if tuple(next(rows, ())) != _COLUMNS:
        mistakes.append(f"{FILE}:1: Hier horen de kolommen {', '.join(_COLUMNS)}.")
        return
    for line, row in enumerate(rows, 2):
        try:
            name, names, isco08, *scores = row
            riasec = tuple(map(float, scores)) if any(scores) else None
            if riasec and len(riasec) != len(KINDS):
                raise ValueError(row)
            yield EscoOccupation(name, tuple(names.split(_BETWEEN)) if names else (), isco08, riasec)
        except ValueError:
            mistakes.append(f"{FILE}:{line}: Hier horen {len(_COLUMNS)} kolommen, zes met een getal.")
