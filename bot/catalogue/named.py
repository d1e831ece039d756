"""Occupations to move to that a text names in full, or in part. Pure."""

from collections.abc import Iterable

from bot.catalogue.folding import fold
from bot.catalogue.model import TargetOccupation

SHORTEST = 6
"""Letters of a word by which an occupation is found in part: "monteur", not "werk"."""


def named_in(text: str, targets: Iterable[TargetOccupation]) -> list[TargetOccupation]:
    """Give the occupations that a text names, in its order; of names in each other the longest."""
    said = f" {fold(text)} "
    found = sorted(
        (
            (said.find(f" {name} "), -len(name), target.id, target)
            for target in targets
            for name in map(fold, (target.name, *target.names))
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
            for part in fold(target.name).split()
            for word in words
        )
    ]
