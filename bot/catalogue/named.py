"""Occupations to move to that a text names in full, or in part. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.catalogue.folding import fold
from bot.catalogue.model import Catalogue, TargetOccupation

NAMES = 3
"""So many names at most where occupations are listed in short."""
SHORTEST = 6
"""Letters of a word by which an occupation is found in part: "monteur", not "werk"."""


@lru_cache(maxsize=16_384)
def folded(name: str) -> str:
    """Give a name of the catalogue folded: the same few thousand are looked up with each message."""
    return fold(name)


def named_in(text: str, targets: Iterable[TargetOccupation]) -> list[TargetOccupation]:
    """Give the occupations that a text names, in its order; of names in each other the longest."""
    said = f" {fold(text)} "
    found = sorted(
        (
            (said.find(f" {name} "), -len(name), target.id, target)
            for target in targets
            for name in map(folded, (target.name, *target.names))
            if f" {name} " in said
        ),
        key=lambda one: one[:3],
    )
    named: list[TargetOccupation] = []
    end = 0
    for start, length, _, target in found:
        if start >= end and target not in named:
            named.append(target)
            end = start - length
    return named


def alike(text: str, targets: Iterable[TargetOccupation]) -> list[TargetOccupation]:
    """Give the occupations whose name holds a word of the text, alone or in a compound."""
    words = {word for word in fold(text).split() if len(word) >= SHORTEST}
    return [
        target
        for target in targets
        if any(
            part.endswith(word) or part.startswith(word)
            for part in folded(target.name).split()
            for word in words
        )
    ]


def listed(ids: Sequence[str], catalogue: Catalogue, more: str) -> str:
    """Give the names of occupations, of many only the first. `more`: how to say how many others."""
    names = [catalogue.targets[one].name if one in catalogue.targets else one for one in ids]
    shown = ", ".join(names[:NAMES])
    return more.format(names=shown, number=len(names) - NAMES) if len(names) > NAMES else shown
