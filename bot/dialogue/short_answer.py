"""What a few words are when they say nothing but an answer to the open question. Pure."""

from bot.catalogue.folding import fold, has
from bot.dialogue.parsed import Entity, Said, Words, in_same_words, placed

MOST = 6
"""Words of a message that may be nothing but a liking."""


def short_answer(said: Said, text: str) -> list[Entity]:
    """Give what the last words of a message are when they say nothing but an answer.

    "Buiten" is what somebody likes, and after "is er werk dat je liever niet doet?" the opposite. A
    limit that the advice knows nothing of may stand beside one that it knows.
    """
    short: Words = said.words["short"]
    folded = fold(text)
    kinds = {} if has(folded, short["not_with"]) else short.get(said.asked or "", {})
    rest, found = f" {folded} ", []
    phrases = [
        (phrase, kind, value)
        for kind, values in kinds.items()
        for value, listed in values.items()
        for phrase in listed.split(",")
    ]
    for phrase, kind, value in sorted(phrases, key=lambda one: -len(one[0])):
        if f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", "  ")
            found.append(placed(kind, value, phrase, text))
    unused = said.words["limits"].split(",") if said.asked == "avoid" else []
    beside = [*short["beside"].split(","), *unused]
    for phrase in sorted(beside, key=len, reverse=True):
        while f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " ")
    if found and not rest.strip():
        return found
    if said.asked == "interests" and len(folded.split()) <= MOST:
        # "Techniek" is the name of something one likes, and in those of two occupations.
        liked = [one for one in said.entities if one["entity"] in ("interest", "field")]
        named = [
            one for one in said.entities if one["entity"] in ("occupation", "target_occupation")
        ]
        if liked and named and all(in_same_words(one, liked) for one in named):
            return liked
    return []
