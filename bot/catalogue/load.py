"""Reads the catalogue folder strictly: every mistake is named by file and line, in Dutch."""

import functools
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from bot.catalogue import esco, places
from bot.catalogue.model import (
    Catalogue,
    OriginOccupation,
    Partner,
    Region,
    Route,
    Source,
    TargetOccupation,
    Topic,
)
from bot.catalogue.values import mistake_in
from bot.errors import CatalogueError

TOPIC_FILES = ("funding.yml", "programmes.yml", "glossary.yml", "answers.yml")

_MAY_BE_EMPTY = frozenset(
    {"regions", "fields", "traits", "conditions", "routes_off", "routes_on", "names", "targets"}
)
_TAG = "tag:yaml.org,2002:"
_SCALARS: Mapping[Any, tuple[frozenset[str], str]] = {
    str: (frozenset({"str", "int"}), "tekst"),
    int: (frozenset({"int"}), "een heel getal"),
    float: (frozenset({"int", "float"}), "een getal"),
    bool: (frozenset({"bool"}), "true of false"),
    date: (frozenset({"timestamp"}), "een datum als 2026-11-23"),
}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Wrong(Exception):
    """One mistake in one place of a file; caught and gathered by the reader."""

    def __init__(self, node: yaml.Node, what: str) -> None:
        super().__init__(what)
        self.line = node.start_mark.line + 1


@dataclass(frozen=True, slots=True)
class _Placed[T]:
    """An item with the file it came from and the node of each of its fields."""

    item: T
    file: str
    nodes: dict[str, yaml.Node]

    def where(self, field: str, index: int | None = None) -> str:
        """Give `file:line` of a field, or of one entry of its list."""
        node = self.nodes[field]
        if index is not None and isinstance(node, yaml.SequenceNode):
            node = node.value[index]
        return f"{self.file}:{node.start_mark.line + 1}"


class _Reader:
    """Builds dataclasses from YAML nodes and gathers the mistakes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[str] = []
        self.sources: dict[str, Source] = {}
        self.named: set[str] = set()  # ids of items with mistakes, so that references stay quiet

    def section(self, file: str, key: str) -> yaml.Node | None:
        """Give the node under the one top key of a file, or None after noting a mistake."""
        path = self.folder / file
        if not path.is_file():
            self.mistakes.append(f"{file}:1: Dit bestand ontbreekt.")
            return None
        try:
            root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self.mistakes.append(f"{file}:{line}: Dit is geen goede YAML ({error.problem}).")
            return None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.mistakes.append(
                f"{file}:1: Dit bestand is niet te lezen ({type(error).__name__})."
            )
            return None
        try:
            if root is None:
                self.mistakes.append(f"{file}:1: Dit bestand is leeg; verwacht '{key}:'.")
                return None
            pairs = self._pairs(root)
            for name, (key_node, _) in pairs.items():
                if name != key:
                    raise _Wrong(key_node, f"Onbekende sleutel '{name}'; verwacht '{key}'.")
            return pairs[key][1]
        except KeyError:
            self.mistakes.append(f"{file}:1: De sleutel '{key}' ontbreekt.")
        except _Wrong as wrong:
            self.note(file, wrong)
        return None

    def note(self, file: str, wrong: _Wrong) -> None:
        """Add a mistake with its file and line."""
        self.mistakes.append(f"{file}:{wrong.line}: {wrong}")

    def items[T](
        self, kind: type[T], file: str, key: str, supplied: Mapping[str, Any] | None = None
    ) -> Iterator[_Placed[T]]:
        """Build every item of the list under `key` that is right."""
        node = self.section(file, key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            if node.tag != _TAG + "null":
                self.note(file, _Wrong(node, f"Onder '{key}' hoort een lijst."))
            return
        for entry in node.value:
            placed = self.build(kind, file, entry, supplied or {})
            if placed is not None:
                yield placed

    def read_sources(self, file: str) -> None:
        """Read the shared sources that other files name by key."""
        node = self.section(file, "sources")
        if node is None:
            return
        try:
            pairs = self._pairs(node)
        except _Wrong as wrong:
            self.note(file, wrong)
            return
        for key, (_, value) in pairs.items():
            placed = self.build(Source, file, value, {})
            if placed is not None:
                self.sources[key] = placed.item

    def build[T](
        self, kind: type[T], file: str, node: yaml.Node, supplied: Mapping[str, Any]
    ) -> _Placed[T] | None:
        """Build one dataclass from a mapping; None after noting all of its mistakes."""
        before = len(self.mistakes)
        try:
            pairs = self._pairs(node)
        except _Wrong as wrong:
            self.note(file, wrong)
            return None
        values: dict[str, Any] = dict(supplied)
        hints = get_type_hints(kind)
        known = {one.name: one for one in fields(kind) if one.name not in supplied}  # type: ignore[arg-type]
        for name, (key_node, value_node) in pairs.items():
            try:
                if name not in known:
                    raise _Wrong(key_node, f"Onbekende sleutel '{name}'.")
                values[name] = self._value(file, value_node, hints[name], name)
                wrong_value = mistake_in(kind.__name__, name, values[name])
                if wrong_value:
                    raise _Wrong(value_node, wrong_value)
            except _Wrong as wrong:
                self.note(file, wrong)
        for name, one in known.items():
            if name not in pairs and one.default is MISSING and one.default_factory is MISSING:
                self.note(file, _Wrong(node, f"De sleutel '{name}' ontbreekt."))
        if len(self.mistakes) > before:
            self.named.update(str(values[name]) for name in ("id", "code") if name in values)
            return None
        return _Placed(kind(**values), file, {name: pair[1] for name, pair in pairs.items()})

    def _pairs(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise _Wrong(node, "Hier horen sleutels met waarden (naam: waarde).")
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _Wrong(key, "Een sleutel moet een woord zijn.")
            if key.value in pairs:
                raise _Wrong(key, f"De sleutel '{key.value}' staat er twee keer.")
            pairs[key.value] = (key, value)
        return pairs

    def _value(self, file: str, node: yaml.Node, hint: Any, name: str) -> Any:
        origin = get_origin(hint)
        if origin is types.UnionType:
            if node.tag == _TAG + "null":
                return None
            return self._value(file, node, get_args(hint)[0], name)
        if origin is tuple:
            return self._tuple(file, node, get_args(hint), name)
        if hint is Source and isinstance(node, yaml.ScalarNode):
            if node.value not in self.sources:
                raise _Wrong(node, f"De bron '{node.value}' staat niet in sources.yml.")
            return self.sources[node.value]
        if is_dataclass(hint):
            placed = self.build(hint, file, node, {})  # type: ignore[arg-type]
            return placed.item if placed else None
        return _scalar(node, hint, name)

    def _tuple(
        self, file: str, node: yaml.Node, args: tuple[Any, ...], name: str
    ) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise _Wrong(node, f"Bij '{name}' hoort een lijst.")
        if not node.value and name not in _MAY_BE_EMPTY:
            raise _Wrong(node, f"De lijst '{name}' is leeg; noem er ten minste één.")
        if args[-1] is not Ellipsis and len(node.value) != len(args):
            raise _Wrong(node, f"Bij '{name}' horen {len(args)} waarden.")
        values = tuple(self._value(file, one, args[0], name) for one in node.value)
        if args[-1] is not Ellipsis and list(values) != sorted(values):
            raise _Wrong(node, f"Bij '{name}' moet de laagste waarde vooraan staan.")
        return values


def _scalar(node: yaml.Node, hint: Any, name: str) -> Any:
    tags, expected = _SCALARS[hint]
    if not isinstance(node, yaml.ScalarNode) or node.tag.removeprefix(_TAG) not in tags:
        raise _Wrong(node, f"Bij '{name}' hoort {expected}.")
    try:
        if hint is str:
            return _text(node, name)
        if hint is bool:
            return node.value.lower() in {"true", "yes", "on"}
        return date.fromisoformat(node.value) if hint is date else hint(node.value)
    except ValueError as error:
        raise _Wrong(node, f"Bij '{name}' hoort {expected}.") from error


def _text(node: yaml.ScalarNode, name: str) -> str:
    text = str(node.value).strip()
    if not text:
        raise _Wrong(node, f"De tekst bij '{name}' is leeg.")
    return text


def load_catalogue(folder: Path) -> Catalogue:
    """Read the whole catalogue.

    Args:
        folder: the folder with ``routes.yml``, ``sources.yml``, ``occupations/`` and the rest.

    Returns:
        The catalogue, all references checked.

    Raises:
        CatalogueError: anything is wrong; one line ``file:line: what`` for each mistake.
    """
    reader = _Reader(folder)
    reader.read_sources("sources.yml")
    tables = [
        places.read_rows(folder / "regions", name, reader.mistakes) for name in places.TABLES
    ]
    routes = _unique(reader, reader.items(Route, "routes.yml", "routes"))
    partners = _unique(reader, reader.items(Partner, "partners.yml", "partners"))
    topics = _unique(
        reader, (one for file in TOPIC_FILES for one in reader.items(Topic, file, "topics"))
    )
    targets = _unique(reader, _occupations(reader, TargetOccupation, "targets"))
    origins = _unique(reader, _occupations(reader, OriginOccupation, "origins"))
    regions = _regions(reader, places.municipalities_by_region(tables[0]))
    _references(reader, targets, "routes", "route", routes)
    _references(reader, origins, "targets", "doelberoep", targets)
    _references(reader, partners, "regions", "regio", regions)
    _references(reader, regions, "routes_off", "route", routes)
    _regional_routes(reader, regions, routes, targets)
    _check_rows(reader, tables, regions)
    occupations = esco.read_occupations(folder, reader.mistakes)
    if reader.mistakes:
        raise CatalogueError(sorted(reader.mistakes, key=_by_line))
    return Catalogue(
        routes=_plain(routes),
        targets=_plain(targets),
        origins=_plain(origins),
        regions=_plain(regions),
        partners=_plain(partners),
        topics=_plain(topics),
        places=places.build_places(*tables),
        esco=esco.Esco(occupations),
    )


def shared_catalogue(folder: Path) -> Catalogue:
    """Give the catalogue, read once in a process as long as no file of it changes.

    Raises:
        CatalogueError: anything is wrong; one line ``file:line: what`` for each mistake.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return _read_once(folder.resolve(), tuple((str(path), path.stat().st_mtime_ns) for path in files))


@functools.lru_cache(maxsize=1)
def _read_once(folder: Path, _state: tuple[tuple[str, int], ...]) -> Catalogue:
    return load_catalogue(folder)


def _occupations[T](reader: _Reader, kind: type[T], key: str) -> Iterator[_Placed[T]]:
    for path in sorted((reader.folder / "occupations").glob("*.yml")):
        file = f"occupations/{path.name}"
        if path.name.startswith(f"{key}_"):
            yield from reader.items(kind, file, key)
        elif key == "targets" and not path.name.startswith("origins_"):
            reader.mistakes.append(f"{file}:1: De naam moet beginnen met targets_ of origins_.")


def _regions(
    reader: _Reader, municipalities: Mapping[str, tuple[str, ...]]
) -> dict[str, _Placed[Region]]:
    found = _unique(
        reader, reader.items(Region, "regions.yml", "regions", {"municipalities": ()}), "code"
    )
    for code, placed in found.items():
        if code not in municipalities:
            reader.mistakes.append(
                f"{placed.where('code')}: De regio '{code}' heeft geen gemeenten."
            )
        region = replace(placed.item, municipalities=municipalities.get(code, ()))
        found[code] = _Placed(region, placed.file, placed.nodes)
    return found


def _unique[T](
    reader: _Reader, items: Iterator[_Placed[T]], key: str = "id"
) -> dict[str, _Placed[T]]:
    found: dict[str, _Placed[T]] = {}
    for placed in items:
        name = str(getattr(placed.item, key))
        if name in found:
            first = found[name].where(key)
            reader.mistakes.append(f"{placed.where(key)}: '{name}' staat al in {first}.")
        else:
            found[name] = placed
    return found


def _references[T](
    reader: _Reader,
    items: Mapping[str, _Placed[T]],
    field: str,
    what: str,
    known: Mapping[str, Any],
) -> None:
    for placed in items.values():
        for index, name in enumerate(getattr(placed.item, field)):
            if name not in known and name not in reader.named:
                reader.mistakes.append(f"{placed.where(field, index)}: Onbekende {what} '{name}'.")


def _regional_routes(
    reader: _Reader,
    regions: Mapping[str, _Placed[Region]],
    routes: Mapping[str, Any],
    targets: Mapping[str, _Placed[TargetOccupation]],
) -> None:
    """Note a route or a field of a region's own routes that does not exist."""
    fields_known = {placed.item.field for placed in targets.values()}
    for placed in regions.values():
        for index, own in enumerate(placed.item.routes_on):
            where = placed.where("routes_on", index)
            if own.route not in routes and own.route not in reader.named:
                reader.mistakes.append(f"{where}: Onbekende route '{own.route}'.")
            for name in own.fields:
                if name not in fields_known:
                    reader.mistakes.append(f"{where}: Onbekend vakgebied '{name}'.")


def _check_rows(
    reader: _Reader, tables: list[list[places.Row]], regions: Mapping[str, _Placed[Region]]
) -> None:
    columns = ("arbeidsmarktregiocode", "arbeidsmarktregiocode_huidig", "region_code")
    for file, column, rows in zip(places.TABLES, columns, tables, strict=True):
        for line, row in rows:
            if row[column] not in regions and row[column] not in reader.named:
                where = f"regions/{file}:{line}"
                reader.mistakes.append(f"{where}: Onbekende regio '{row[column]}'.")


def _plain[T](items: Mapping[str, _Placed[T]]) -> dict[str, T]:
    return {name: placed.item for name, placed in items.items()}


def _by_line(mistake: str) -> tuple[str, int, str]:
    file, line, what = mistake.split(":", 2)
    return file, int(line), what
