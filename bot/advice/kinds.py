"""How alike two sorts of work are in kind: doing, working out, creating, helping, leading, ordering.

Scores per ISCO-08 group come from O*NET (CC BY 4.0, see data/catalogue/esco/SOURCES.md). Two
profiles are compared as O*NET does it: by the correlation of their six scores.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import sqrt

from bot.catalogue.esco import KINDS, Riasec
from bot.profile import Interest

# What somebody who likes this would score; outdoors is not a kind of work, so it says little.
_LIKED: Mapping[str, Mapping[str, float]] = {
    Interest.HANDS_ON: {"R": 1.0},
    Interest.OUTDOORS: {"R": 0.5},
    Interest.MACHINES: {"R": 1.0, "C": 0.3},
    Interest.COMPUTERS: {"I": 0.7, "C": 0.7},
    Interest.FIGURING_OUT: {"I": 1.0},
    Interest.HELPING: {"S": 1.0},
    Interest.ORGANISING: {"E": 0.7, "C": 0.7},
}


def likeness(one: Riasec | None, other: Riasec | None) -> float:
    """Give the correlation, -1 to 1, of two standardised profiles; 0 when one is not known."""
    if one is None or other is None:
        return 0.0
    return sum(left * right for left, right in zip(one, other, strict=True))


def strong_in_both(one: Riasec | None, other: Riasec | None) -> str:
    """Give the letters of the kinds that are above the mean in both profiles, in RIASEC order."""
    pairs = zip(KINDS, one or (), other or (), strict=False)
    return "".join(kind for kind, left, right in pairs if left > 0 and right > 0)


@lru_cache(maxsize=4096)
def standard(scores: Riasec) -> Riasec | None:
    """Give scores with mean 0 and length 1, so that a product is a correlation; None when flat."""
    mean = sum(scores) / len(scores)
    length = sqrt(sum((score - mean) ** 2 for score in scores))
    return tuple((score - mean) / length for score in scores) if length else None


@lru_cache(maxsize=256)
def liked(interests: frozenset[str]) -> Riasec | None:
    """Give the standardised profile of somebody with these interests; None without any."""
    if not interests:
        return None
    return standard(
        tuple(sum(_LIKED[Interest(one)].get(kind, 0.0) for one in interests) for kind in KINDS)
    )


class Kinds:
    """The standardised profile of each ISCO-08 group."""

    def __init__(self, riasec_by_isco: Mapping[str, Riasec]) -> None:
        self._of = {group: standard(scores) for group, scores in riasec_by_isco.items()}

    def of(self, isco08: str) -> Riasec | None:
        """Give the profile of a unit group, else of its minor group, else None."""
        return self._of.get(isco08) or self._of.get(isco08[:3])
