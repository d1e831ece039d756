"""Fast look-ups over a catalogue: who somebody is by trade, and how near each occupation lies."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import log

from bot.advice.levels import highest
from bot.catalogue.model import Catalogue, OriginOccupation, Place, TargetOccupation
from bot.catalogue.places import fold

# ISCO-08 has four digits, each a finer group: shared first digits say how near two jobs are.
_ISCO_NEARNESS = (0.0, 0.3, 0.6, 0.85, 1.0)
_POSTCODE = re.compile(r"\s*(\d{4})\s*[a-zA-Z]{0,2}\s*")
# An origin lists its few main skills: having this part of what a target asks counts as all of it.
_FULL_SKILLS = 0.6


@dataclass(frozen=True, slots=True)
class Work:
    """The person's own work: an origin of the catalogue, or a target (already in technology).

    `field` of technology and step of the highest level; None and 0 for work elsewhere.
    """

    item: OriginOccupation | TargetOccupation
    field: str | None = None
    top_level: int = 0

    @property
    def name(self) -> str:
        """Give the name in the middle of a sentence, abbreviations kept."""
        name = self.item.name
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a target lies to somebody's work.

    `position` 0 is the first logical step, None when it is not listed; `skills` are shared, in
    the order of the target; `skill_part` and `isco` are 0 to 1.
    """

    position: int | None
    skills: tuple[str, ...]
    skill_part: float
    isco: float


class Index:
    """Look-ups of one catalogue, worked out when first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.targets = tuple(sorted(catalogue.targets.values(), key=lambda one: one.id))
        self._works = {
            one.id: Work(one, one.field, highest(one.level)) for one in catalogue.targets.values()
        }
        self._works |= {one.id: Work(one) for one in catalogue.origins.values()}
        self._names = _names(self._works)
        self._longest = max((len(name.split()) for name in self._names), default=1)
        self._skills = {
            one.id: tuple((fold(skill), skill) for skill in one.skills) for one in self.targets
        }
        self._rarity = _rarity(self._skills.values())
        self._near: dict[str, Mapping[str, Nearness]] = {}
        self.remembered: dict[Hashable, Mapping[str, tuple[float, float]]] = {}

    def work(self, said: str | None) -> Work | None:
        """Give the work that an id or everyday words name, or None.

        Args:
            said: a catalogue id, or words such as "ik zit achter de kassa".

        Returns:
            The work whose name is the longest within the words; of two as long the first.
        """
        if not said:
            return None
        if said in self._works:
            return self._works[said]
        words = fold(said).split()
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                # Dutch compounds are often written apart: "kassa medewerker".
                found = self._names.get(" ".join(part)) or self._names.get("".join(part))
                if found:
                    return self._works[found]
        return None

    def near(self, work: Work) -> Mapping[str, Nearness]:
        """Give how near each target lies to this work, by target id."""
        if work.item.id not in self._near:
            had = {fold(skill) for skill in work.item.skills}
            self._near[work.item.id] = {
                one.id: _nearness(
                    work,
                    one,
                    tuple(word for key, word in self._skills[one.id] if key in had),
                    self._part(one, had),
                )
                for one in self.targets
            }
        return self._near[work.item.id]

    def _part(self, target: TargetOccupation, had: set[str]) -> float:
        """Give how much of what a target asks somebody has; what few targets ask weighs more."""
        asked = [key for key, _ in self._skills[target.id]]
        whole = sum(self._rarity[key] for key in asked)
        shared = sum(self._rarity[key] for key in asked if key in had)
        return min(1.0, shared / (whole * _FULL_SKILLS)) if whole else 0.0

    def remember(self, key: Hashable, sums: Mapping[str, tuple[float, float]]) -> None:
        """Keep the sums of a work on a day; a new day or other weights push old ones out."""
        if len(self.remembered) > len(self._works):
            self.remembered.clear()
        self.remembered[key] = sums

    def places(self, said: str | None) -> tuple[Place, ...]:
        """Give the possible places, in different regions, of a place name or postcode."""
        if not said:
            return ()
        postcode = _POSTCODE.fullmatch(said)
        return self.catalogue.places.get(postcode[1] if postcode else fold(said), ())


def _names(works: Mapping[str, Work]) -> dict[str, str]:
    """Map folded names to ids; an origin goes before a target, since people say where they are."""
    origins = [one for one in works.values() if one.field is None]
    targets = [one for one in works.values() if one.field is not None]
    names: dict[str, str] = {}
    for work in (*origins, *targets):
        for name in (work.item.name, *work.item.names, work.item.id):
            names.setdefault(fold(name), work.item.id)
    names.pop("", None)
    return names


def _rarity(skills: Iterable[tuple[tuple[str, str], ...]]) -> dict[str, float]:
    """Give the inverse document frequency of each skill among targets: being accurate is asked
    everywhere and says little, being able to read a drawing says much."""
    listed = list(skills)
    counts = Counter(key for one in listed for key, _ in one)
    return {key: log(1 + len(listed) / count) for key, count in counts.items()}


def _nearness(
    work: Work, target: TargetOccupation, shared: tuple[str, ...], part: float
) -> Nearness:
    own = work.item
    listed = own.targets if isinstance(own, OriginOccupation) else ()
    return Nearness(
        position=listed.index(target.id) if target.id in listed else None,
        skills=shared,
        skill_part=part,
        isco=_ISCO_NEARNESS[_same_digits(own.isco08, target.isco08)],
    )


def _same_digits(one: str, other: str) -> int:
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other), len(_ISCO_NEARNESS) - 1)


_built: list[Index] = []


def index_of(catalogue: Catalogue) -> Index:
    """Give the index of a catalogue; the last one is kept, since a process has one catalogue."""
    newest = _built[-1:]
    if newest and newest[0].catalogue is catalogue:
        return newest[0]
    index = Index(catalogue)
    _built[:] = [index]
    return index


def in_words(items: Iterable[str], word_and: str) -> str:
    """Join words as in a sentence: "a, b en c"."""
    listed = list(items)
    if len(listed) < 2:  # noqa: PLR2004
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {word_and} {listed[-1]}"
