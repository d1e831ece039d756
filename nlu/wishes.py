"""What the words round the name of an occupation say: the person is it, was it, or wishes to be it."""

from collections.abc import Collection, Mapping
from enum import Enum

from nlu.clauses import Clause
from nlu.tokens import Span, has_phrase

BEFORE = 6
NEAR = 3


class Sense(Enum):
    """How an occupation is meant; `SAID` ones by words right beside its name."""

    IS = "is"
    SAID_IS = "said_is"
    WISHED = "wished"
    SAID_WISHED = "said_wished"
    REFUSED = "refused"

    @property
    def wished(self) -> bool:
        """Tell whether the person wants it or asks about it."""
        return self in (Sense.WISHED, Sense.SAID_WISHED)

    @property
    def said(self) -> bool:
        """Tell whether it is certain by words beside the name."""
        return self in (Sense.SAID_IS, Sense.SAID_WISHED)


def sense_of(
    words: list[str],
    part: Clause,
    span: Span,
    next_name: int | None,
    cues: Mapping[str, Collection[str]],
) -> Sense | None:
    """Tell how the name at `span` is meant, or None when nothing round it says so.

    Args:
        words: the folded words of the text.
        next_name: where the next name begins; what comes after it speaks of that one.
    """
    if part.left:
        return Sense.SAID_IS
    end = min(next_name or len(words), part.last + 1)
    before = words[max(part.first, span.first - BEFORE) : span.first]
    after = words[span.last + 1 : end]
    return (
        _left(before, words[span.last + 1 : part.last + 1], cues)
        or _by_what_follows(after, cues)
        or _by_what_precedes(before, part, next_name, cues)
        or (Sense.SAID_WISHED if _is_supposed(words, part, cues) else None)
    )


def _left(
    before: list[str], after: list[str], cues: Mapping[str, Collection[str]]
) -> Sense | None:
    """'weg bij de bank', 'juf af', 'geen kok meer'; 'ik hoef geen kok te worden' is neither."""
    beside = _without_article(before, cues)
    denied = beside[-1:] != [] and beside[-1] in cues["name_denied"]
    if denied and not cues["no_more"].isdisjoint(after[:NEAR]) or _ends(beside, cues["no_longer"]):
        return Sense.SAID_IS
    if denied and has_phrase(after, cues["wish_after"]):
        return Sense.REFUSED
    if after[:1] == ["af"] or _ends(beside, cues["left_before"]):
        return Sense.SAID_IS
    return None


def _by_what_follows(after: list[str], cues: Mapping[str, Collection[str]]) -> Sense | None:
    """'lasser worden', 'lasser lijkt me wat', 'lasser is mijn droom', 'kapper geweest'."""
    wish = has_phrase(after[:NEAR], cues["wish_after"]) or has_phrase(after, cues["dream_after"])
    if wish:
        return Sense.REFUSED if has_phrase(after, cues["refused_after"]) else Sense.SAID_WISHED
    return Sense.SAID_IS if has_phrase(after[:NEAR], cues["was_after"]) else None


def _by_what_precedes(
    before: list[str],
    part: Clause,
    next_name: int | None,
    cues: Mapping[str, Collection[str]],
) -> Sense | None:
    if _ends(_without_article(before, cues), cues["wish_before"]):
        return Sense.SAID_WISHED
    if next_name is not None and before[-1:] in (["als"], ["van"], ["ex"]):
        return Sense.SAID_IS
    for word in reversed(before):
        if word in cues["wish"] and (part.wished or word not in cues["faint_wish"]):
            return Sense.SAID_WISHED if before[-1] in cues["wish"] else Sense.WISHED
        if word in cues["current"]:
            return Sense.IS
    return None


def _is_supposed(words: list[str], part: Clause, cues: Mapping[str, Collection[str]]) -> bool:
    """'netwerkbeheerder ofzo', 'treinmonteur zou ook kunnen'."""
    return has_phrase(words[part.first : part.last + 1], cues["supposed"])


def _without_article(before: list[str], cues: Mapping[str, Collection[str]]) -> list[str]:
    return before[:-1] if before and before[-1] in cues["articles"] else before


def _ends(words: list[str], phrases: Collection[str]) -> bool:
    return any(" ".join(words[-size:]) in phrases for size in range(1, min(4, len(words)) + 1))
