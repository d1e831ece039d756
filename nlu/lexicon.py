"""Reads data/nlu_lexicon.yml: the Dutch words that the extractors look for."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue.places import fold
from bot.errors import CatalogueError

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SECTIONS = ("values", "together", "cues", "numbers", "dialect", "distress", "languages", "dutch")


class _Loader(_SAFE):
    """YAML that refuses a key said twice: the second list would take the place of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen and key.value != "<<":
                raise yaml.constructor.ConstructorError(
                    None, None, f"De sleutel '{key.value}' staat er twee keer.", key.start_mark
                )
            seen.add(key.value)
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


def load_lexicon(path: Path) -> dict[str, Any]:
    """Give the lexicon, read once in a process as long as the file does not change.

    Raises:
        CatalogueError: the file is not YAML, a key is there twice, or a section is missing; names
            file and line.
    """
    return _read_once(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=2)
def _read_once(path: Path, _changed: int) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError([f"{path}:{line}: {error.problem}"]) from error
    if not isinstance(data, dict):
        raise CatalogueError([f"{path}:1: dit is geen lijst van woorden"])
    missing = [name for name in SECTIONS if name not in data]
    if missing:
        raise CatalogueError([f"{path}:1: deze delen ontbreken: {', '.join(missing)}"])
    return data


def phrases_of(groups: Mapping[str, list[str]]) -> dict[str, str]:
    """Give folded phrase -> value for a mapping of value -> phrases."""
    return {fold(str(phrase)): value for value, phrases in groups.items() for phrase in phrases}


def folded_cues(lexicon: Mapping[str, Any]) -> dict[str, set[str]]:
    """Give name -> folded words for every list of the section `cues`."""
    return {
        name: {fold(str(word)) or str(word) for word in words}
        for name, words in lexicon["cues"].items()
        if isinstance(words, list)
    }


def answer_cues(lexicon: Mapping[str, Any]) -> dict[str, set[str]]:
    """Give the folded cues for what stands round an answer: `filler` has what people chat too."""
    cues = folded_cues(lexicon)
    return {**cues, "filler": cues["filler"] | cues["chatter"]}


def standard_words(lexicon: Mapping[str, Any]) -> dict[str, str]:
    """Give folded word of a region -> the folded word that is written."""
    return {
        fold(str(said)): fold(word)
        for word, spoken in lexicon["dialect"].items()
        for said in spoken
    }


def words_in(lexicon: Mapping[str, Any]) -> frozenset[str]:
    """Give every folded word that the lexicon uses for something else than a place."""
    values = {
        fold(str(phrase))
        for groups in lexicon["values"].values()
        for phrases in groups.values()
        for phrase in phrases
    }
    cues = folded_cues(lexicon)
    return frozenset(word for name in values.union(*cues.values()) for word in name.split())
