"""Parts of a message: about whom each speaks, and whether it tells what is or what is wished."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from nlu.tokens import Token, has_phrase
from nlu.whose import is_alike, is_mine, is_said_for

STOPS = ",.;!?("


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of tokens, `first` to and with `last`.

    `mine`: it speaks of the person who writes; `works`: perhaps of that person's work. `wished`: it
    has a word that says what is wished; `wish_follows`: the next clause is 'dat wil ik' or the like,
    and speaks of this one; `told`: it says what is or was (nlu/moods.py), `left`: what is left for
    something else, `moved`: that something else, which is wished without a word for it.
    """

    first: int
    last: int
    mine: bool
    works: bool
    wished: bool
    wish_follows: bool = False
    told: bool = False
    left: bool = False
    moved: bool = False

    @property
    def bare(self) -> bool:
        """Tell whether it says neither what is nor what is wished."""
        return not (self.told or self.wished)

    @property
    def places(self) -> range:
        """Give the places of its tokens."""
        return range(self.first, self.last + 1)


def clauses(text: str, tokens: list[Token], cues: Mapping[str, Collection[str]]) -> list[Clause]:
    """Give the clauses of a text in order; together they hold every token.

    Args:
        cues: `joints` begin a clause before one of `clause_starts`; `relatives` after `possessives`
            begin one about somebody else, which lasts until one of `self`; `wish` are the words
            that make a wish of it, unless one of `leaving` is there too; one of `wish_pointers`
            then points back at the clause before.
    """
    starts = [0, *(place for place in range(1, len(tokens)) if _begins(text, tokens, place, cues))]
    found: list[Clause] = []
    said: list[str] = []
    mine = True
    agrees = has_phrase([token.folded for token in tokens], cues["owned"])
    for first, after in zip(starts, [*starts[1:], len(tokens)], strict=True):
        before, said = said, [token.folded for token in tokens[first:after]]
        if not said:
            continue
        if found and not agrees and is_said_for(said, before, found[-1].mine, cues):
            found.append(Clause(first, after - 1, mine=False, works=False, wished=False))
            continue
        mine = is_mine(said, mine, cues)
        if found and mine and is_alike(said, cues):
            found[-1] = replace(found[-1], mine=True)
        if has_phrase(said, cues["disowned"]):
            # 'jij schreef Almelo en 36 uur, daar klopt niks van'
            found = [replace(part, mine=False, works=False) for part in found]
            found.append(Clause(first, after - 1, mine=False, works=False, wished=False))
            mine = True
            continue
        works = mine and not (_is_told(said, cues) or has_phrase(said, cues["no_work"]))
        wished = not (set(cues["wish"]).isdisjoint(said) or has_phrase(said, cues["leaving"]))
        denies = not set(cues["name_denied"]).isdisjoint(said)
        points = found and said[0] in cues["wish_pointers"] and not denies
        points = points and said[1:2] != [] and said[1] not in cues["self"]
        if points and (wished or not set(cues["pointed_wish"]).isdisjoint(said)):
            found[-1] = replace(found[-1], wished=True, wish_follows=True)
        found.append(Clause(first, after - 1, mine, works, wished))
    return found


def is_parted(text: str, tokens: list[Token], place: int) -> bool:
    """Tell whether a comma, full stop or the like stands before a token."""
    between = text[tokens[place - 1].end : tokens[place].start]
    return between != " " and any(sign in between for sign in STOPS)


def _begins(
    text: str, tokens: list[Token], place: int, cues: Mapping[str, Collection[str]]
) -> bool:
    if is_parted(text, tokens, place):
        return True
    word = tokens[place].folded
    following = [token.folded for token in tokens[place + 1 : place + 4]]
    if tokens[place - 1].raw.isdigit() and " ".join([word, *following[:1]]) in cues["asks_self"]:
        return True  # 'ik ben 54 | ben ik niet te oud'
    if word not in cues["joints"] or not following:
        return False
    # 'achter de kassa en de winkel gaat dicht'
    ends = following[0] in cues["firm_owners"] and following[2:3] != []
    return following[0] in cues["clause_starts"] or (ends and following[2] in cues["firm_ends"])


def _is_told(words: list[str], cues: Mapping[str, Collection[str]]) -> bool:
    """'de kapper zei dat ook', 'kan de accountant dat': a story, not the work of the person."""
    if not set(cues["self"]).isdisjoint(words) or set(cues["third_verbs"]).isdisjoint(words):
        return False
    head = words[1:3] if words[0] in cues["joints"] else words[:2]
    told = not set(cues["tells"]).isdisjoint(words)
    return told or head[:1] == ["die"] or "de" in head
