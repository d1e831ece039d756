"""Parts of a message: about whom each speaks, and whether it tells what is or what is wished."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from nlu.tokens import Token

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
    mine = True
    agrees = has_phrase([token.folded for token in tokens], cues["owned"])
    for first, after in zip(starts, [*starts[1:], len(tokens)], strict=True):
        words = [token.folded for token in tokens[first:after]]
        if not words:
            continue
        if found and not agrees and _is_said_for(words, found[-1], tokens, cues):
            found.append(Clause(first, after - 1, mine=False, works=False, wished=False))
            continue
        mine = _is_mine(words, mine, cues)
        if found and mine and _is_alike(words, cues):
            found[-1] = replace(found[-1], mine=True)
        if has_phrase(words, cues["disowned"]):
            # 'jij schreef Almelo en 36 uur, daar klopt niks van'
            found = [replace(part, mine=False, works=False) for part in found]
            found.append(Clause(first, after - 1, mine=False, works=False, wished=False))
            mine = True
            continue
        works = mine and not (_is_told(words, cues) or has_phrase(words, cues["no_work"]))
        wished = not (set(cues["wish"]).isdisjoint(words) or has_phrase(words, cues["leaving"]))
        denies = not set(cues["name_denied"]).isdisjoint(words)
        points = found and words[0] in cues["wish_pointers"] and not denies
        points = points and words[1:2] != [] and words[1] not in cues["self"]
        if points and (wished or not set(cues["pointed_wish"]).isdisjoint(words)):
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
    following = tokens[place + 1].folded if place + 1 < len(tokens) else ""
    return word in cues["joints"] and following in cues["clause_starts"]


def _is_mine(words: list[str], before: bool, cues: Mapping[str, Collection[str]]) -> bool:
    """'mijn broer is loodgieter' speaks of another until 'ik' comes; 'ik help mijn broer' does not."""
    # 'kan mijn broer zich ook aanmelden' asks for another
    led = words[0] in cues["joints"] or words[0] in cues["asks_for"]
    head = words[1:4] if led else words[:3]
    possessive = head[:1] != [] and head[0] in cues["possessives"]
    if _is_on_behalf(words, cues) or has_phrase(words, cues["adverts"]):
        return False
    if head[1:] and head[0] in cues["supposes"] and head[1] in cues["addressed"]:
        # 'als je 2000 bruto hebt', but 'als je dicht zat belde je mij'
        return not set(cues["me"]).isdisjoint(words)
    if possessive and not set(cues["relatives"]).isdisjoint(head[1:]):
        return False
    if (
        head[1:]
        and head[0] in cues["relatives"]
        and not set(cues["third_here"]).isdisjoint(head[1:])
    ):
        return False  # 'dochter zit op het gymnasium'
    if _names_another(head, cues) and set(cues["self"]).isdisjoint(words):
        return False
    if head[:1] and head[0] in cues["others"]:
        return not set(cues["me"]).isdisjoint(words)
    if possessive and head[0] in cues["me"]:
        return True  # 'ze zeggen dat mijn functie vervalt'
    # 'mijn man is kok, heb zelf mbo 4': the verb says who
    first = head[:1] != [] and head[0] in cues["first_verbs"]
    return before or first or not set(cues["self"]).isdisjoint(words)


def _is_said_for(
    words: list[str], before: Clause, tokens: list[Token], cues: Mapping[str, Collection[str]]
) -> bool:
    """'mijn vrouw wil | dat ik buiten werk', 'jij denkt | dat ik in de ww zit': not the person's words."""
    if words[0] not in cues["urging"] or words[1:2] == [] or words[1] not in cues["self"]:
        return False
    said = [token.folded for token in tokens[before.first : before.last + 1]]
    if has_phrase(said, cues["claims"]):
        return True
    # 'de gemeente wil dat ik', but 'wil graag dat ik' is the person
    another = not before.mine or set(cues["self"]).isdisjoint(said)
    return another and said[0] not in cues["wants"] and not set(cues["wants"]).isdisjoint(said)


def _is_alike(words: list[str], cues: Mapping[str, Collection[str]]) -> bool:
    """'mijn vrouw wil buiten werken | en ik ook', 'hij verdient 3000 | en dat wil ik ook'."""
    if not {"ik", "ook"}.issubset(words) or words[-1] in cues["name_denied"]:
        return False
    own = words[1:] if words[0] in cues["joints"] else words
    return set(own) <= set(cues["alike"]) or own[0] in cues["pointing_back"]


def _is_on_behalf(words: list[str], cues: Mapping[str, Collection[str]]) -> bool:
    """'voor mijn nichtje zoek ik iets', 'het gaat om mijn broer': asked for another."""
    for place, word in enumerate(words[:-2]):
        if word in cues["on_behalf"] and words[place + 1] in cues["possessives"]:
            asked = not {"zoek", "vraag", "gaat"}.isdisjoint(words)
            if words[place + 2] in cues["relatives"] and asked:
                return True
    return False


def _names_another(head: list[str], cues: Mapping[str, Collection[str]]) -> bool:
    """'moeder van mij werkt in de zorg', 'een vriendin van me is kok'."""
    if len(head) < 2:  # noqa: PLR2004
        return False
    of_me = head[1] == "van" and head[2:] != [] and head[2] in cues["me"]
    return (head[0] in cues["relatives"] and of_me) or (
        head[0] in cues["some"] and head[1] in cues["relatives"]
    )


def _is_told(words: list[str], cues: Mapping[str, Collection[str]]) -> bool:
    """'de kapper zei dat ook', 'kan de accountant dat': a story, not the work of the person."""
    if not set(cues["self"]).isdisjoint(words) or set(cues["third_verbs"]).isdisjoint(words):
        return False
    head = words[1:3] if words[0] in cues["joints"] else words[:2]
    told = not set(cues["tells"]).isdisjoint(words)
    return told or head[:1] == ["die"] or "de" in head


def has_phrase(words: list[str], phrases: Collection[str]) -> bool:
    """Tell whether one of some phrases is among words."""
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said for phrase in phrases)
