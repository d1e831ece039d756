"""Diplomas as steps: how far an occupation's level lies from what a person has now."""

from collections.abc import Mapping
from functools import lru_cache

from bot.profile import Education

MBO_LEVELS = ("mbo1", "mbo2", "mbo3", "mbo4")
HBO_LEVELS = ("ad", "hbo")
LEVEL_STEPS: Mapping[str, int] = {"mbo1": 1, "mbo2": 2, "mbo3": 3, "mbo4": 4, "ad": 5, "hbo": 6}
# Vmbo opens mbo-2 and mostly mbo-3, as mbo-2 does; havo opens hbo as mbo-4 does.
EDUCATION_STEPS: Mapping[Education, int] = {
    Education.NONE: 0,
    Education.VMBO: 2,
    Education.MBO1: 1,
    Education.MBO2: 2,
    Education.MBO3: 3,
    Education.HAVO: 4,
    Education.MBO4: 4,
    Education.VWO: 5,
    Education.AD: 5,
    Education.HBO: 6,
    Education.WO: 7,
}


def steps_of(education: Education | None) -> int | None:
    """Give the step of a diploma, 0 (none) to 7 (wo); None when it is not known or foreign."""
    return None if education is None else EDUCATION_STEPS.get(education)


@lru_cache(maxsize=256)
def highest(levels: tuple[str, ...]) -> int:
    """Give the step of the highest level of an occupation, 1 (mbo1) to 6 (hbo)."""
    return max(LEVEL_STEPS[level] for level in levels)


@lru_cache(maxsize=1024)
def distance(levels: tuple[str, ...], education: Education | None) -> int:
    """Give the steps between a diploma and the nearest level of an occupation.

    Args:
        levels: the levels of an occupation, one or more.
        education: highest diploma.

    Returns:
        Above 0: the occupation asks that many steps more. Below 0: it asks less than the
        person has. 0 when a level is equal or the diploma is not known.
    """
    own = steps_of(education)
    if own is None:
        return 0
    return min((LEVEL_STEPS[level] - own for level in levels), key=lambda gap: (abs(gap), gap))


@lru_cache(maxsize=1024)
def best_level(levels: tuple[str, ...], education: Education | None) -> str:
    """Give the level of an occupation to learn for: one step up if there is one, else the nearest.

    Args:
        levels: the levels of an occupation, one or more.
        education: highest diploma; unknown or foreign gives the lowest level. Vmbo gives mbo-2,
            which any vmbo opens.

    Returns:
        One of the levels.
    """
    ordered = sorted(levels, key=LEVEL_STEPS.__getitem__)
    own = steps_of(education)
    if own is None:
        return ordered[0]
    wanted = own if education is Education.VMBO else own + 1
    return min(ordered, key=lambda level: (abs(LEVEL_STEPS[level] - wanted), LEVEL_STEPS[level]))
