"""Fast look-ups over a catalogue: who somebody is by trade, and how near each occupation lies."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import log

from bot.advice.kinds import Kinds, liked, likeness, standard, strong_in_both
from bot.advice.works import Work, Works
from bot.catalogue.esco import Riasec
from bot.catalogue.model import Catalogue, OriginOccupation, Place, TargetOccupation
from bot.catalogue.places import fold

# ISCO-08 has four digits, each a finer group: shared first digits say how near two jobs are.
_ISCO_NEARNESS = (0.0, 0.3, 0.6, 0.85, 1.0)
_POSTCODE = re.compile(r"\s*(\d{4})\s*[a-zA-Z]{0,2}\s*")
# An origin lists its few main skills: having this part of what a target asks counts as all of it.
_FULL_SKILLS = 0.6


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a target lies to somebody's work.

    `position` 0 is the first logical step, None when it is not listed; `skills` are shared, in
    the order of the target; `skill_part` and `isco` are 0 to 1; `kind` is -1 to 1 and
    `kinds` holds the letters of RIASEC that are strong in both.
    """

    position: int | None
    skills: tuple[str, ...]
    skill_part: float
    isco: float
    kind: float = 0.0
    kinds: str = ""


class Index:
    """Look-ups of one catalogue, worked out when first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.targets = tuple(sorted(catalogue.targets.values(), key=lambda one: one.id))
        self._works = Works(catalogue)
        self._kinds = Kinds(catalogue.esco.riasec_by_isco)
        self._kind = {one.id: self._kinds.of(one.isco08) for one in self.targets}
        self._liking: dict[frozenset[str], Mapping[str, float]] = {}
        self._skills = {
            one.id: tuple((fold(skill), skill) for skill in one.skills) for one in self.targets
        }
        self._rarity = _rarity(self._skills.values())
        self._near: dict[str, Mapping[str, Nearness]] = {}
        self.remembered: dict[Hashable, Mapping[str, tuple[float, float]]] = {}

    def work(self, said: str | None) -> Work | None:
        """Give the work that an id or everyday words name, or None."""
        return self._works.find(said)

    def liking(self, interests: frozenset[str]) -> Mapping[str, float]:
        """Give for each target how alike its kind of work is to what somebody likes, -1 to 1."""
        if interests not in self._liking:
            likes = liked(interests)
            self._liking[interests] = {
                one.id: likeness(likes, self._kind[one.id]) for one in self.targets
            }
        return self._liking[interests]

    def near(self, work: Work) -> Mapping[str, Nearness]:
        """Give how near each target lies to this work, by target id."""
        if work.item.id not in self._near:
            if len(self._near) > len(self._works.own):
                self._near.clear()
            own = standard(work.riasec) if work.riasec else self._kinds.of(work.item.isco08)
            had = {fold(skill) for skill in work.item.skills}
            self._near[work.item.id] = {
                one.id: _nearness(
                    work,
                    one,
                    tuple(word for key, word in self._skills[one.id] if key in had),
                    self._part(one, had),
                    own,
                    self._kind[one.id],
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
        if len(self.remembered) > len(self._works.own):
            self.remembered.clear()
        self.remembered[key] = sums

    def places(self, said: str | None) -> tuple[Place, ...]:
        """Give the possible places, in different regions, of a place name or postcode."""
        if not said:
            return ()
        postcode = _POSTCODE.fullmatch(said)
        return self.catalogue.places.get(postcode[1] if postcode else fold(said), ())


def _rarity(skills: Iterable[tuple[tuple[str, str], ...]]) -> dict[str, float]:
    """Give the inverse document frequency of each skill among targets: being accurate is asked
    everywhere and says little, being able to read a drawing says much."""
    listed = list(skills)
    counts = Counter(key for one in listed for key, _ in one)
    return {key: log(1 + len(listed) / count) for key, count in counts.items()}


def _nearness(
    work: Work,
    target: TargetOccupation,
    shared: tuple[str, ...],
    part: float,
    own_kind: Riasec | None,
    kind: Riasec | None,
) -> Nearness:
    own = work.item
    listed = own.targets if isinstance(own, OriginOccupation) else ()
    return Nearness(
        position=listed.index(target.id) if target.id in listed else None,
        skills=shared,
        skill_part=part,
        isco=_ISCO_NEARNESS[_same_digits(own.isco08, target.isco08)],
        kind=likeness(own_kind, kind),
        kinds=strong_in_both(own_kind, kind),
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
