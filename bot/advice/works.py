"""Whose work is meant: from a catalogue id or everyday words to an occupation.

Our own names go first, then those of ESCO, then other forms of a word, compounds ("patatbakker")
and typing errors. What is not recognised stays unknown: nobody is guessed into an occupation.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.advice.levels import highest
from bot.catalogue.esco import EscoOccupation, Riasec
from bot.catalogue.forms import plainer
from bot.catalogue.model import Catalogue, OriginOccupation, TargetOccupation
from bot.catalogue.places import fold

_LONGEST = 8  # words in a name
_LEAST_ESCO, _LEAST_TAIL, _LEAST_TYPED = 5, 6, 7  # letters
_TYPED_ALIKE = 88.0  # of 100
_FILLERS = frozenset(
    ["ik", "ben", "was", "werk", "werkte", "werken", "doe", "deed", "als", "een", "de", "het", "in", "op", "bij", "nu", "eerst", "vroeger", "zit", "sta", "mijn", "beroep", "baan", "functie", "laatst", "jaar", "jaren", "nog", "steeds", "momenteel", "gewerkt", "geweest", "van"]
)
_PLACED = frozenset(["aan", "achter", "bij", "in", "met", "op", "voor"])
# ISCO-08 groups of technical work: installers, metal, electricity, engineers, ICT and their kin.
_TECHNICAL = ("214", "215", "25", "311", "312", "313", "35", "71", "72", "74")


@dataclass(frozen=True, slots=True)
class Work:
    """The person's own work: an origin of the catalogue, a target, or an occupation of ESCO.

    `field` of technology and step of the highest level; None and 0 for work elsewhere.
    `riasec`: the scores of an ESCO occupation itself; None means those of its ISCO group.
    """

    item: OriginOccupation | TargetOccupation
    field: str | None = None
    top_level: int = 0
    riasec: Riasec | None = None

    @property
    def name(self) -> str:
        """Give the name in the middle of a sentence, abbreviations kept."""
        name = self.item.name
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]

    @property
    def technical(self) -> bool:
        """Tell whether this is work in technology, by its field or its ISCO group."""
        return self.field is not None or self.item.isco08.startswith(_TECHNICAL)

    def same_trade(self, target: TargetOccupation) -> bool:
        """Tell whether the work is in the target's field, or technical and the same in ISCO-08."""
        same = self.technical and self.item.isco08 == target.isco08
        return same or self.field == target.field


class Works:
    """All the work that can be named."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.own = {
            one.id: Work(one, one.field, highest(one.level)) for one in catalogue.targets.values()
        }
        self.own |= {one.id: Work(one) for one in catalogue.origins.values()}
        self._names = _names(self.own)
        self._asked: dict[str, Work | None] = {}

    def find(self, said: str | None) -> Work | None:
        """Give the work that an id or everyday words name, or None.

        Args:
            said: a catalogue id, or words such as "ik zit achter de kassa".

        Returns:
            The work whose name covers most of the words; of two as long the first.
        """
        if not said:
            return None
        if said in self.own:
            return self.own[said]
        if said not in self._asked:
            if len(self._asked) > len(self.own):
                self._asked.clear()
            self._asked[said] = self._search(fold(said).split())
        return self._asked[said]

    def _search(self, words: list[str]) -> Work | None:
        telling = [word for word in words if word not in _FILLERS]
        ways: tuple[Callable[[], Work | None], ...] = (
            lambda: self._named(" ".join(words)) or self._named(" ".join(telling)),
            lambda: self._esco(" ".join(telling)),
            lambda: _first(map(self._named, _trades(words))),
            lambda: _first(map(self._named, _parts(words))),
            lambda: _first(map(self._named, _forms(words))),
            lambda: _first(map(self._esco, _parts(telling))),
            lambda: _first(map(self._esco, _forms(telling))),
            lambda: _first(map(self._tail, telling)),
            lambda: self._typed(telling),
        )
        return _first(way() for way in ways)

    def _named(self, phrase: str) -> Work | None:
        # Dutch compounds are often written apart: "kassa medewerker".
        found = self._names.get(phrase) or self._names.get(phrase.replace(" ", ""))
        return self.own[found] if found else None

    def _esco(self, phrase: str) -> Work | None:
        found = self._catalogue.esco.by_name.get(phrase) if len(phrase) >= _LEAST_ESCO else None
        return _of_esco(found, self._catalogue) if found else None

    def _tail(self, word: str) -> Work | None:
        """Give the work whose name this word ends with: the head of a Dutch compound is last."""
        tails = (word[start:] for start in range(1, len(word) - _LEAST_TAIL + 1))
        return _first(map(self._named, tails))

    def _typed(self, words: list[str]) -> Work | None:
        """Give the work whose name is nearest to what was typed, if it is near enough."""
        for part in _parts(words):
            if len(part) >= _LEAST_TYPED:
                near = process.extractOne(
                    part, self._names.keys(), scorer=fuzz.ratio, score_cutoff=_TYPED_ALIKE
                )
                if near:
                    return self._named(near[0])
        return None


def _first(found: Iterable[Work | None]) -> Work | None:
    return next((one for one in found if one is not None), None)


def _parts(words: list[str]) -> Iterator[str]:
    """Give the runs of words, longest first and from left to right."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _trades(words: list[str]) -> Iterator[str]:
    """Give the runs of words that name a trade: who guards "bij de NS" is not its driver."""
    return (part for part in _parts(words) if part.partition(" ")[0] not in _PLACED)


def _forms(words: list[str]) -> Iterator[str]:
    return (form for part in _parts(words) for form in plainer(part))


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


def _of_esco(found: EscoOccupation, catalogue: Catalogue) -> Work:
    """Give an ESCO occupation as work, with what our own origins of its ISCO group have in common."""
    kin = [one for one in catalogue.origins.values() if one.isco08 == found.isco08]
    item = OriginOccupation(
        id=f"esco {fold(found.name)}",
        name=found.name,
        sector=kin[0].sector if kin else "",
        isco08=found.isco08,
        names=found.names,
        skills=_shared([one.skills for one in kin]),
        targets=_shared([one.targets for one in kin]),
        outlook=None,
        sources=(),
    )
    return Work(item, riasec=found.riasec)


def _shared(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Give what at least half of the lists name, most named first."""
    counts = Counter(one for listed in lists for one in listed)
    return tuple(one for one, count in counts.most_common() if 2 * count >= len(lists))
