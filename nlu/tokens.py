"""Words of a sentence with their places, and finding known phrases among them."""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.catalogue.places import fold

_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*(?:[+#]+)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word; `start` and `end` count characters of the text."""

    folded: str
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A run of tokens, `first` to and with `last`."""

    phrase: str
    first: int
    last: int


def tokenise(text: str) -> list[Token]:
    """Give the words of a text in order."""
    return list(_tokens(text))


@functools.lru_cache(maxsize=4)
def _tokens(text: str) -> tuple[Token, ...]:
    """Every component asks for the same message: the last ones are kept."""
    found = (
        Token(fold(match[0]), match[0], match.start(), match.end())
        for match in _WORD.finditer(text)
    )
    return tuple(token for token in found if token.folded)


def as_written(tokens: Iterable[Token], standard: Mapping[str, str]) -> list[Token]:
    """Give words of a region as they are written: 'noe' as 'nu'."""
    return [
        replace(token, folded=standard[token.folded]) if token.folded in standard else token
        for token in tokens
    ]


def windows(tokens: list[Token], longest: int) -> Iterator[Span]:
    """Give every run of tokens, the longest first."""
    words = [token.folded for token in tokens]
    for size in range(min(longest, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            yield Span(" ".join(words[first : first + size]), first, first + size - 1)


def find_phrases(tokens: list[Token], known: Collection[str], longest: int) -> list[Span]:
    """Give the known phrases in the text, longest first, none overlapping another."""
    return not_overlapping(known_spans(tokens, known, longest), known)


def known_spans(tokens: list[Token], known: Collection[str], longest: int) -> list[Span]:
    """Give every run of tokens that is a known phrase, the longest first."""
    return [span for span in windows(tokens, longest) if span.phrase in known]


def not_overlapping(spans: list[Span], known: Collection[str]) -> list[Span]:
    """Give those of known phrases in the order of the text; what comes first takes its tokens."""
    taken: set[int] = set()
    found: list[Span] = []
    for span in spans:
        places = range(span.first, span.last + 1)
        if span.phrase in known and taken.isdisjoint(places):
            taken.update(places)
            found.append(span)
    return sorted(found, key=lambda span: span.first)


def has_phrase(words: list[str], phrases: Collection[str]) -> bool:
    """Tell whether one of some phrases is among words."""
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said for phrase in phrases)


def entity(name: str, value: str, tokens: list[Token], span: Span, who: str) -> dict[str, object]:
    """Give a Rasa entity for a run of tokens."""
    return {
        "entity": name,
        "value": value,
        "start": tokens[span.first].start,
        "end": tokens[span.last].end,
        "extractor": who,
    }
