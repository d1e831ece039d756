"""Work that is only named after the question what work a person would rather not do. Pure.

"De hele dag naar een scherm turen" denies nothing, and is an answer all the same: what is named
there is what is not wanted, unless the message says otherwise of it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.catalogue.folding import fold, has

type Words = Mapping[str, Any]

OTHER = "other"
"""A kind of work that a person would rather not do, and that the advice cannot leave out."""
MOST = 14
"""Words of a message that may be an answer in this way; who tells more, tells something else too."""
_PARTS = re.compile(r"[.,;:!]|\b(?:en|of)\b")


def named_limits(text: str, words: Words) -> dict[str, str]:
    """Give the kinds of work that a message names before anything else, each with its words.

    Nothing where the message says good of it, asks, or speaks of another.

    Args:
        text: the message as it was typed.
        words: the labels' section `context`.
    """
    said, named = fold(text), words["named_limits"]
    if "?" in text or len(said.split()) > MOST or has(said, named["against"]):
        return {}
    parts = [part for part in map(fold, _PARTS.split(text.casefold())) if part]
    skipped = set(named["skipped"].split())
    told = [part for part in parts if not skipped.issuperset(part.split())]
    kinds = [_kind(part, words) for part in told]
    if not kinds or kinds[0] is None:
        return {}
    found = dict(one for one in reversed(kinds) if one is not None)
    known = {kind: phrase for kind, phrase in reversed(found.items()) if kind != OTHER}
    return known or found


def _kind(part: str, words: Words) -> tuple[str, str] | None:
    """Give the kind of work with which a part begins, after words that only lead up to it."""
    leading = set(words["named_limits"]["leading"].split())
    # The longest phrase first: "op een ladder staan" is of heights, and "staan" of nothing known.
    for phrase, kind in sorted(_phrases(words), key=lambda one: (one[1] == OTHER, -len(one[0]))):
        before, met, _ = f" {part} ".partition(f" {phrase} ")
        if met and leading.issuperset(before.split()):
            return kind, phrase
    return None


def _phrases(words: Words) -> Iterator[tuple[str, str]]:
    listed = [*words["short"]["avoid"]["avoid"].items(), *words["named_limits"]["kinds"].items()]
    for kind, phrases in [*listed, (OTHER, words["limits"])]:
        for phrase in phrases.split(","):
            yield phrase, kind


def refuses_calls(said: str, words: Words) -> bool:
    """Tell whether folded words refuse work by telephone, and not a call to the person.

    "Bellen! Nooit meer bellen" is about work; "bel me niet" is about a request.
    """
    calling: Words = words["calling"]
    named = has(said, calling["work"]) and has(said, calling["refused"])
    return named and not has(said, calling["of_request"])
