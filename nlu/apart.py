"""What is said in words that do not stand together: 'nu sluit in maart ons filiaal'."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.catalogue.places import fold
from nlu.tokens import Span, Token

# Before the end of a compound word: '~fabriek' is also 'koekfabriek'.
END = "~"


@dataclass(frozen=True, slots=True)
class Group:
    """Words, longer phrases and ends of words ('~fabriek'), of which one must be there.

    `heads`: the first words of the phrases.
    """

    words: frozenset[str]
    phrases: tuple[str, ...]
    ends: tuple[str, ...] = ()
    heads: frozenset[str] = frozenset()

    @classmethod
    def of(cls, listed: Iterable[Any]) -> "Group":
        """Fold the words of the lexicon."""
        items = {str(item) for item in listed}
        ends = tuple(sorted(fold(item) for item in items if item.startswith(END)))
        folded = {fold(item) for item in items if not item.startswith(END)}
        longer = tuple(sorted(item for item in folded if " " in item))
        heads = frozenset(phrase.split()[0] for phrase in longer)
        return cls(frozenset(folded - set(longer)), longer, ends, heads)

    def is_in(self, words: list[str], said: str) -> bool:
        """Tell whether one of them is among these words; `said` holds them with spaces round it."""
        # Every message is compared with hundreds of these: what is cheap and rejects most comes first.
        if not self.words.isdisjoint(words):
            return True
        if not self.heads.isdisjoint(words) and any(f" {one} " in said for one in self.phrases):
            return True
        return bool(self.ends) and any(word.endswith(self.ends) for word in words)

    def holds(self, word: str) -> bool:
        """Tell whether a word is one of them or a part of one."""
        return (
            word in self.words
            or any(f" {word} " in f" {one} " for one in self.phrases)
            or any(word.endswith(end) for end in self.ends)
        )


@dataclass(frozen=True, slots=True)
class Apart:
    """A value that a clause says when it has a word of each group, and none of `without`.

    `only`: beside its groups the clause may have these words alone: 'ik kan niet zonder', where
    'ik kan niet zonder koffie' says something else.
    """

    value: str
    groups: tuple[Group, ...]
    without: Group
    only: Group | None = None

    @classmethod
    def of(cls, item: dict[str, Any]) -> "Apart":
        """Read one entry of the lexicon's section `together`."""
        groups = tuple(Group.of(words) for words in item["words"])
        only = Group.of(item["only"]) if "only" in item else None
        return cls(item["value"], groups, Group.of(item.get("without", ())), only)

    def has_words(self, words: list[str], said: str) -> bool:
        """Tell whether there is one of each group; `said` holds the words with spaces round it."""
        for group in self.groups:  # noqa: SIM110 (all() costs twice as much here)
            if not group.is_in(words, said):
                return False
        return True

    def is_said(self, words: list[str], said: str) -> bool:
        """Tell whether a clause says it; `said` holds its words with spaces round it."""
        if not self.has_words(words, said):
            return False
        if self.only and not all(
            any(group.holds(word) for group in (self.only, *self.groups)) for word in words
        ):
            return False
        return not self.without.is_in(words, said)


def said_apart(
    tokens: list[Token], parts: Iterable[tuple[int, int]], rules: Iterable[Apart]
) -> Iterator[tuple[str, Span]]:
    """Give each value that one of the parts says, with the words from the first to the last of it."""
    everything = [token.folded for token in tokens]
    whole = f" {' '.join(everything)} "
    # A message has the words of few rules; each clause is compared with these alone.
    listed = [rule for rule in rules if rule.has_words(everything, whole)]
    for first, last in parts if listed else ():
        words = [token.folded for token in tokens[first : last + 1]]
        said = f" {' '.join(words)} "
        for rule in listed:
            if rule.is_said(words, said):
                places = [
                    first + place
                    for place, word in enumerate(words)
                    if any(group.holds(word) for group in rule.groups)
                ]
                yield rule.value, Span("", places[0], places[-1])
