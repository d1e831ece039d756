"""Names of occupations and how people write them: plain, in another form, or with a typing error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from bot.catalogue.forms import plainer
from bot.catalogue.model import OriginOccupation, TargetOccupation
from bot.catalogue.places import fold

FUZZY_LEAST = 6
# A shorter last word may look like an ending: 'naaien en'.
SHORTEST = 3
# Every form of a phrase, and the phrase as one word, begins with these letters of it.
HEAD = 3
EXPECTED_LEAST = 4
EXPECTED_SCORE = 85.0
FUZZY_SCORE = 88.0
LONGEST_PHRASE = 4
# Lower, for the words round it are right ('in het magazein'); but not another word that is as long.
PHRASE_SCORE = 84.0
PHRASE_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Names:
    """Folded name -> ids, of one kind of occupation; `joined` has the names without spaces."""

    by_name: dict[str, tuple[str, ...]]
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _heads: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_heads", frozenset(name[:HEAD] for name in self.joined))

    def find(self, phrase: str) -> tuple[str, ...]:
        """Give the ids of a phrase, of one of its plainer forms, or written as one word."""
        if phrase[: 2 * HEAD].replace(" ", "")[:HEAD] not in self._heads:
            return ()
        for form in forms(phrase):
            if form in self.by_name:
                return self.by_name[form]
        ends_in_word = len(phrase.rpartition(" ")[2]) >= SHORTEST
        if (" " in phrase or len(phrase) >= FUZZY_LEAST) and ends_in_word:
            for form in forms(phrase.replace(" ", "")):
                if form in self.joined:
                    return self.joined[form]
        return ()


def forms(phrase: str) -> Iterable[str]:
    """Give a phrase and its plainer forms."""
    yield phrase
    yield from plainer(phrase)


def names_of(occupations: Mapping[str, OriginOccupation | TargetOccupation]) -> Names:
    """Give the names of occupations, their own name and its parts too."""
    found: dict[str, list[str]] = {}
    for item in occupations.values():
        parts = [part for part in item.name.split(" of ") if len(part) > 1]  # not "A of B"
        for name in {item.name, *parts, *item.names, item.id.replace("_", " ")}:
            ids = found.setdefault(fold(name), [])
            if item.id not in ids:
                ids.append(item.id)
    return collected(found)


def collected(found: Mapping[str, list[str]]) -> Names:
    """Give names from folded name -> ids."""
    by_name = {name: tuple(ids) for name, ids in found.items() if name}
    joined: dict[str, tuple[str, ...]] = {}
    for name, ids in by_name.items():
        joined.setdefault(name.replace(" ", ""), ids)
    return Names(by_name, joined)


class Spelling:
    """Finds the name that a word with a typing error stands for.

    Only names with the same first letter and almost the same length are compared: that keeps a
    lookup far under a millisecond with twenty thousand names.
    """

    def __init__(
        self, names: Iterable[str], *, least: int = FUZZY_LEAST, score: float = FUZZY_SCORE
    ) -> None:
        self._usual = (least, score)
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for name in sorted(set(names)):
            if len(name) >= EXPECTED_LEAST:
                self._by_shape.setdefault((name[0], len(name)), []).append(name)

    def nearest(self, phrase: str, *, expected: bool = False) -> str | None:
        """Give the name that is nearest, or None when none is near enough.

        Args:
            expected: a name must come here ('ik ben ...'), so short words are looked at too.
        """
        least, score = (EXPECTED_LEAST, EXPECTED_SCORE) if expected else self._usual
        if len(phrase) < least + expected:
            return None
        best: tuple[float, str] | None = None
        for length in range(len(phrase) - 2, len(phrase) + 3):
            near = self._by_shape.get((phrase[0], length), ()) if length >= least else ()
            hit = process.extractOne(phrase, near, scorer=fuzz.ratio, score_cutoff=score)
            if hit and (best is None or hit[1] > best[0]):
                best = (hit[1], hit[0])
        return best[1] if best else None


class PhraseSpelling:
    """Mends one word of a name of several words: 'achter de kasa', 'aan de lopende bant'.

    Word by word: in 'achter de kast' the other words would make up for one that is no error.
    """

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        self._by_rest: dict[str, list[str]] = {}
        self._known = set(known)
        for name in sorted(set(names)):
            words = name.split()
            self._known.update(words)
            for place, word in enumerate(words if 1 < len(words) <= LONGEST_PHRASE else ()):
                if len(word) > EXPECTED_LEAST:
                    self._by_rest.setdefault(_rest(words, place), []).append(word)

    def mended(self, words: list[str]) -> dict[int, str]:
        """Give place -> word for the words of a text that stand for another in a name."""
        return {
            place: name
            for place, word in enumerate(words)
            if len(word) >= EXPECTED_LEAST and word not in self._known
            if (name := self._nearest(words, place))
        }

    def _nearest(self, words: list[str], place: int) -> str | None:
        for first in range(max(0, place - LONGEST_PHRASE + 1), place + 1):
            for after in range(max(place + 1, first + 2), first + LONGEST_PHRASE + 1):
                rest = _rest(words[first:after], place - first)
                near = [one for one in self._by_rest.get(rest, ()) if one[0] == words[place][0]]
                hit = process.extractOne(
                    words[place], near, scorer=fuzz.ratio, score_cutoff=PHRASE_SCORE
                )
                if hit and Indel.distance(words[place], hit[0]) <= PHRASE_LETTERS:
                    return hit[0]
        return None


def _rest(words: list[str], place: int) -> str:
    return " ".join([*words[:place], "*", *words[place + 1 :]])
