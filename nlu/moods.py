"""What each clause says of work beside the names in it: what is or was, what is wished, or neither."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from nlu.clauses import Clause, is_parted
from nlu.tokens import Token, has_phrase

type Cues = Mapping[str, set[str]]

SHORT = 3


def in_moods(text: str, tokens: list[Token], parts: list[Clause], cues: Cues) -> list[Clause]:
    """Give the clauses that may speak of the person's work, each with its mood.

    One that compares two things is parted. One that says neither what is nor what is wished goes on
    with the wish before it ('ik wil de ict in, servers ophangen'), and with what is told before it
    in the same sentence ('ik werk in een school, wc's schoonmaken'); else it is bare.
    """
    words = [token.folded for token in tokens]
    found: list[Clause] = []
    before: Clause | None = None
    for part in (piece for whole in parts for piece in _parted(words, whole, cues)):
        own = words[part.first : part.last + 1]
        if found and _answers_no(text, tokens, part, own, cues):
            found[-1] = replace(found[-1], works=False)
        if before is None or (before.told and _is_new(text, tokens, part.first)):
            before = Clause(0, 0, mine=True, works=True, wished=False)
        # 'kaartjes naar de klanten': a word that wishes only beside another
        faint = part.wished and (cues["wish"] - cues["faint_wish"]).isdisjoint(own)
        if part.wish_follows:
            part = replace(part, works=True, wished=True)
        elif (
            _is_refused(own, cues)
            or _is_over(text, tokens, part, cues)
            or _is_urged(own, part, before, cues)
        ):
            part = replace(part, works=False, wished=False)
        elif not part.wished or (faint and not part.moved):
            told = part.left or not (cues["self"] | cues["current"] | cues["told"]).isdisjoint(own)
            told = told or is_employed(own, cues)
            wishes = not part.left and _is_affirmed(own, cues)
            inherits = not (told or wishes)
            part = replace(
                part,
                wished=wishes or (inherits and before.wished),
                told=not wishes and (told or (inherits and before.told)),
            )
            if wishes and own[0] in cues["wish_pointers"] and found and found[-1].bare:
                found[-1] = replace(found[-1], wished=True)
        found.append(part)
        before = part
    return [part for part in found if part.works]


def _parted(words: list[str], part: Clause, cues: Cues) -> Iterator[Clause]:
    """'liever kabels leggen | dan klanten bellen', 'van callcenter | naar coderen', 'kok | ipv ober'."""
    own = words[part.first : part.last + 1]
    places = range(1, len(own))
    instead = [place for place in places if _starts(own[place:], cues["instead"])]
    better = [
        place
        for place in places
        if own[place] in cues["than"] and not cues["preferred"].isdisjoint(own[:place])
    ]
    towards = [place for place in places if own[place] in cues["towards"]]
    if instead or better:
        place = part.first + (instead or better)[0]
        told = instead and not cues["current"].isdisjoint(own[: instead[0]])
        yield replace(part, last=place - 1, wished=not told, moved=not told)
        yield replace(part, first=place, wished=False, left=True)
    elif towards and _leaves(own[: towards[0]], cues):
        place = part.first + towards[0]
        yield replace(part, last=place - 1, wished=False, left=True)
        yield replace(part, first=place, wished=True, moved=True)
    else:
        yield part


def _leaves(own: list[str], cues: Cues) -> bool:
    """'van kapper', 'ik wil van de horeca'."""
    opening = cues["wish"] | cues["name_filler"] | cues["move_opening"]
    away = [place for place, word in enumerate(own) if word in cues["away"]]
    return away != [] and opening.issuperset(own[: away[0]])


def _starts(words: list[str], phrases: Collection[str]) -> bool:
    return any(f"{' '.join(words)} ".startswith(f"{phrase} ") for phrase in phrases)


def _is_new(text: str, tokens: list[Token], place: int) -> bool:
    """Tell whether a sentence begins at a token."""
    if not place:
        return True
    between = text[tokens[place - 1].end : tokens[place].start]
    return is_parted(text, tokens, place) and "," not in between


def is_employed(own: list[str], cues: Cues) -> bool:
    """'kabels leggen bij een aannemer': who names an employer tells of work that there is."""
    return any(
        word in cues["employed_at"] and after not in cues["at_nobody"]
        for word, after in pairwise(own)
    )


def _answers_no(text: str, tokens: list[Token], part: Clause, own: list[str], cues: Cues) -> bool:
    """'lassen? nee joh', 'timmerman? laat maar'."""
    asked = "?" in text[tokens[part.first - 1].end : tokens[part.first].start]
    return asked and _starts(own, cues["refused_next"])


def _is_affirmed(own: list[str], cues: Cues) -> bool:
    """'doe mij maar laadpalen', 'dakdekker niet, metselen wel'."""
    short = len(own) <= SHORT and own[-1] in cues["affirmed"]
    return short or has_phrase(own, cues["wish_phrases"])


def _is_refused(own: list[str], cues: Cues) -> bool:
    """'zonnepanelen niet', 'dakdekker zeker niet': nothing that is, and nothing that is wished."""
    ended = any(own[-len(end.split()) :] == end.split() for end in cues["refused_end"])
    ended = ended or (len(own) <= SHORT and own[-1] in cues["name_denied"])
    return ended and cues["current"].isdisjoint(own)


def _is_over(text: str, tokens: list[Token], part: Clause, cues: Cues) -> bool:
    """'als kind wilde ik kok worden', 'ik wou brandweerman worden toen ik zes was'."""
    first, last = part.first, part.last
    while first and not _is_new(text, tokens, first):
        first -= 1
    sentence = [token.folded for token in tokens[first : last + 1]]
    own = [token.folded for token in tokens[part.first : last + 1]]
    if has_phrase(own, cues["still"]):
        return False
    if has_phrase(own, cues["as_child"]) and cues["current"].isdisjoint(own):
        return True
    once = has_phrase(sentence, cues["as_child"]) or has_phrase(sentence, cues["long_ago"])
    return once and not cues["wished_then"].isdisjoint(own)


def _is_urged(own: list[str], part: Clause, before: Clause, cues: Cues) -> bool:
    """'iedereen wil dat ik kok word', 'ze duwen me richting de zorg': another wishes it."""
    wished = part.wished or not cues["urged"].isdisjoint(own)
    if own[0] in cues["others"]:
        return wished
    follows = own[0] in cues["urging"] and own[1:2] != [] and own[1] in cues["self"]
    return follows and not before.mine and (wished or before.wished)
