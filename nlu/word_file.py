"""Reads a YAML file of words and phrases in sections, strictly."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.errors import CatalogueError

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(_SAFE):
    """YAML that refuses a key said twice: the second list would take the place of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Make a dictionary of a mapping.

        Raises:
            ConstructorError: a key is there twice; knows the line.
        """
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen and key.value != "<<":
                raise yaml.constructor.ConstructorError(
                    None, None, f"De sleutel '{key.value}' staat er twee keer.", key.start_mark
                )
            seen.add(key.value)
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


def read_sections(path: Path, sections: Iterable[str]) -> dict[str, Any]:
    """Give the sections of a file by name.

    Raises:
        CatalogueError: the file is not YAML, a key is there twice, or a section is missing; names
            file and line.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=StrictLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError([f"{path}:{line}: {error.problem}"]) from error
    if not isinstance(data, dict):
        raise CatalogueError([f"{path}:1: dit is geen lijst van woorden"])
    missing = [name for name in sections if name not in data]
    if missing:
        raise CatalogueError([f"{path}:1: deze delen ontbreken: {', '.join(missing)}"])
    return data
