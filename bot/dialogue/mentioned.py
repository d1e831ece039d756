"""Which work a message means: by its name, a number, a sort of work or a field. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.catalogue.folding import fold, has
from bot.catalogue.model import TargetOccupation
from bot.catalogue.named import alike, folded
from bot.dialogue.parsed import Entity, Words

PLACES = ("first", "second", "third")
"""What is said of a place among the suggestions that were shown last: "de tweede", "de laatste"."""
MOST = 12
"""So many suggestions can be meant by their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the person sees. All but `targets` are ids of occupations.

    `shown`: the suggestions by their number; `last`: those of the bot's last turn, where it showed
    any; `page`: how many come before the suggestions that were shown last; `refused`: what this
    person does not want; `earlier`: the suggestions before the last turn refused some, if it did,
    and `just_refused` which; `avoids`: the limits that are known; `has_place`: whether a home is.
    """

    targets: Mapping[str, TargetOccupation]
    shown: Sequence[str]
    last: Sequence[str]
    refused: Sequence[str]
    page: int = 0
    earlier: Sequence[str] = ()
    just_refused: Sequence[str] = ()
    avoids: Sequence[str] = ()
    has_place: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a message that stand for work: the first, the one after the last, and its ids."""

    first: int
    end: int
    ids: tuple[str, ...]


def counted(
    said: str, shown: Sequence[str], numbers: Mapping[str, str], page: int = 0
) -> list[str]:
    """Give what is meant by "nummer 2" or "de eerste twee" in folded words, in order.

    No number of something else counts: "2 jaar", "mbo 3", "de derde leerweg".
    """
    if any(f" {phrase} " in f" {said} " for phrase in numbers["two"].split(",")):
        return list(shown[page : page + 2])
    spoken = ["", *said.split(), ""]
    around = zip(spoken, spoken[1:], spoken[2:], strict=False)
    bare = {
        word
        for before, word, after in around
        if before not in numbers["not_after"].split()
        and after not in numbers["not_before"].split()
    }
    meant = {one for word, one in _standing_for(shown, numbers, page) if word in bare}
    return [one for one in shown if one in meant]


def _standing_for(
    shown: Sequence[str], numbers: Mapping[str, str], page: int
) -> Iterator[tuple[str, str]]:
    """Give each word for a suggestion, and its id.

    A number is of the whole advice. "De tweede" is of what was shown last, and "de vierde" is of the
    whole again: never more than three are shown at once.
    """
    yield from ((str(number), one) for number, one in enumerate(shown[:MOST], start=1))
    for name, one in zip(PLACES, shown[page:], strict=False):
        yield from ((word, one) for word in numbers[name].split())
    for place, word in enumerate(numbers["later"].split(), start=len(PLACES)):
        yield from ((word, one) for one in shown[place : place + 1])


def mentions(
    said: str, text: str, entities: list[Entity], seen: Seen, words: Words
) -> Iterator[Mention]:
    """Give the words that stand for work: a name, a number, a sort of work, a field. Longest first."""
    spoken = said.split()
    found = [
        *_names(spoken, seen.targets),
        *_numbers(spoken, seen, words),
        *_sorts(spoken, seen.targets, words),
        *_fields(spoken, text, entities, seen.targets, words),
    ]
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: one.first - one.end):
        if taken.isdisjoint(range(one.first, one.end)):
            taken.update(range(one.first, one.end))
            yield one


def _places(spoken: list[str], phrase: str) -> Iterator[tuple[int, int]]:
    parts = phrase.split()
    for first in range(len(spoken) - len(parts) + 1):
        if spoken[first : first + len(parts)] == parts:
            yield first, first + len(parts)


def _names(spoken: list[str], targets: Mapping[str, TargetOccupation]) -> Iterator[Mention]:
    said = f" {' '.join(spoken)} "
    for target in targets.values():
        for name in {folded(one) for one in (target.name, *target.names)}:
            if f" {name} " in said:
                yield from (Mention(*place, (target.id,)) for place in _places(spoken, name))


def _numbers(spoken: list[str], seen: Seen, words: Words) -> Iterator[Mention]:
    """Give the numbers that are not of something else: "geen derde leerweg", "niet 2 jaar"."""
    goes_on = split_words(words, "between", "denials", "joins")
    numbers = words["number"]
    two = tuple(seen.shown[seen.page : seen.page + 2])
    pairs = [(phrase, two) for phrase in numbers["two"].split(",")]
    pairs += [(word, (one,)) for word, one in _standing_for(seen.shown, numbers, seen.page)]
    for phrase, ids in pairs:
        for first, end in _places(spoken, phrase):
            if end == len(spoken) or spoken[end] in goes_on:
                yield Mention(first, end, ids)


def _sorts(
    spoken: list[str], targets: Mapping[str, TargetOccupation], words: Words
) -> Iterator[Mention]:
    """Give every occupation whose name holds a word: "monteur"."""
    for place, word in enumerate(spoken):
        if word not in words["no_sort"].split():
            ids = tuple(one.id for one in alike(word, targets.values()))
            if ids:
                yield Mention(place, place + 1, ids)


def _fields(
    spoken: list[str],
    text: str,
    entities: list[Entity],
    targets: Mapping[str, TargetOccupation],
    words: Words,
) -> Iterator[Mention]:
    """Give all work in a field; of words that are also in names of work, the work of those names.

    "Zonnepanelen" are a part of the field energy, and no name for all of it.
    """
    for phrases, fields in words["wide"].items():
        ids = tuple(one.id for one in targets.values() if one.field in fields.split())
        for phrase in phrases.split(","):
            yield from (Mention(*place, ids) for place in _places(spoken, phrase))
    for one in entities:
        if one["entity"] == "field" and "start" in one and text:
            phrase = fold(text[one["start"] : one["end"]])
            ids = _named_by(phrase, targets) or tuple(
                item.id for item in targets.values() if item.field == one["value"]
            )
            yield from (Mention(*place, ids) for place in _places(spoken, phrase))


def _named_by(phrase: str, targets: Mapping[str, TargetOccupation]) -> tuple[str, ...]:
    return tuple(one.id for one in targets.values() if has_name(one, phrase))


def has_name(target: TargetOccupation, words: str) -> bool:
    return any(has(folded(name), words) for name in (target.name, *target.names))


def split_words(words: Words, *names: str) -> set[str]:
    return {word for name in names for word in words[name].split()}
