"""JSON Schema of the catalogue's files, so that an editor warns while one types.

Made from the dataclasses of bot.catalogue.model and the rules of bot.catalogue.values: nothing is
said twice. `zijstap catalogue check` says more, since it also knows what refers to what.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from bot.catalogue.model import (
    OriginOccupation,
    Partner,
    Region,
    Route,
    Source,
    TargetOccupation,
    Topic,
)
from bot.catalogue.values import ALLOWED, PATTERNS, RANGES

# File name of a schema -> the one top key of such a catalogue file, and what is listed under it.
FILES: Mapping[str, tuple[str, type]] = {
    "routes": ("routes", Route),
    "targets": ("targets", TargetOccupation),
    "origins": ("origins", OriginOccupation),
    "regions": ("regions", Region),
    "partners": ("partners", Partner),
    "topics": ("topics", Topic),
}
_NOT_TYPED = {("Region", "municipalities")}  # comes from a table
_TYPES: Mapping[Any, dict[str, Any]] = {
    str: {"type": ["string", "integer"]},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}


def schemas() -> dict[str, dict[str, Any]]:
    """Give each schema by its file name, `targets` for occupations/targets_*.yml and so on."""
    return {name: _file(key, kind) for name, (key, kind) in FILES.items()}


def _file(key: str, kind: type) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {key: {"type": "array", "items": _object(kind)}},
        "required": [key],
        "additionalProperties": False,
    }


def _object(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    typed = [one for one in fields(kind) if (kind.__name__, one.name) not in _NOT_TYPED]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").partition("\n")[0],
        "properties": {one.name: _field(kind, one.name, hints[one.name]) for one in typed},
        "required": [
            one.name
            for one in typed
            if one.default is MISSING and one.default_factory is MISSING
        ],
        "additionalProperties": False,
    }


def _field(kind: type, name: str, hint: Any) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return {"anyOf": [_field(kind, name, args[0]), {"type": "null"}]}
    if origin is tuple:
        size = {} if args[-1] is Ellipsis else {"minItems": len(args), "maxItems": len(args)}
        return {"type": "array", "items": _field(kind, name, args[0]), **size}
    if is_dataclass(hint):
        whole = _object(hint)  # type: ignore[arg-type]
        return {"anyOf": [{"type": "string"}, whole]} if hint is Source else whole
    return {**_TYPES[hint], **_limits(kind, name, hint)}


def _limits(kind: type, name: str, hint: Any) -> dict[str, Any]:
    if allowed := ALLOWED.get((kind.__name__, name)):
        return {"enum": sorted(allowed)}
    if hint is str and name in PATTERNS:
        return {"pattern": f"^{PATTERNS[name][0].pattern}$"}
    if name in RANGES:
        low, high = RANGES[name]
        return {"minimum": low, "maximum": high}
    return {}
