"""Reads data/nlu_lexicon.yml: the Dutch words that the extractors look for."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.catalogue.places import fold
from nlu.word_file import read_sections

SECTIONS = (
    "values",
    "together",
    "cues",
    "numbers",
    "dialect",
    "distress",
    "no_distress",
    "languages",
    "dutch",
)


def load_lexicon(path: Path) -> dict[str, Any]:
    """Give the lexicon, read once in a process as long as the file does not change.

    Raises:
        CatalogueError: the file is not YAML, a key is there twice, or a section is missing; names
            file and line.
    """
    return _read_once(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=2)
def _read_once(path: Path, _changed: int) -> dict[str, Any]:
    return read_sections(path, SECTIONS)


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
