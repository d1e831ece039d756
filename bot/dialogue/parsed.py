"""A message as Rasa's components read it, and what makes another reading of it. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalogue.folding import fold

type Entity = dict[str, Any]
type Words = Mapping[str, Any]

MAY_ANSWER = frozenset(
    {
        "affirm",
        "ask_chances",
        "ask_occupation",
        "correct",
        "deny",
        "express_interest",
        "goodbye",
        "inform",
        "nlu_fallback",
        "out_of_scope",
    }
)
"""Readings that the open question may turn into an answer; others are wishes and questions."""
SEEMS = MAY_ANSWER | {"ask_cost", "ask_funding", "ask_part_time"}
"""Readings that may be an answer where the message holds one in so many words."""
LAST = "mended_from"
"""Where, in a parsed message, the words begin that take the place of others (bot/dialogue/self_corrected.py)."""
_STOPS = re.compile("[.,;!]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message, the question that the bot's last words asked, and the labels' section `context`.

    `parsed`: what Rasa's components read: `text`, `intent`, `intent_ranking`, `entities`; `intent` and
    `entities`: what is made of those so far; `digits`: gives a text with its numbers in digits.
    """

    parsed: Mapping[str, Any]
    intent: str
    entities: Sequence[Entity]
    asked: str | None
    words: Words
    digits: Callable[[str], str] = str

    @property
    def text(self) -> str:
        """Give the message as it was typed."""
        return str(self.parsed.get("text") or "")

    @property
    def folded(self) -> str:
        """Give the message in plain small letters."""
        return fold(self.text)

    @property
    def last(self) -> str:
        """Give what counts of a message that mends itself: "hbo, nee wacht, mbo"."""
        return self.text[self.parsed.get(LAST, 0) :]

    @property
    def is_question(self) -> bool:
        """Tell whether the message has a question mark."""
        return "?" in self.text

    def names(self, *kinds: str) -> bool:
        """Tell whether an entity of one of some kinds was read."""
        return any(one["entity"] in kinds for one in self.entities)

    def meaning(self, intent: str, entities: Sequence[Entity] = ()) -> dict[str, Any]:
        """Give the parsed message with another intent, that is certain, and other entities."""
        return means(intent, {**self.parsed, "entities": list(entities)})


def means(name: str, parsed: dict[str, Any]) -> dict[str, Any]:
    """Give a parsed message with another intent, that is certain."""
    intent = {"name": name, "confidence": 1.0}
    ranking = [one for one in parsed.get("intent_ranking") or [] if one["name"] != name]
    return {**parsed, "intent": intent, "intent_ranking": [intent, *ranking]}


def sign(name: str, value: str) -> Entity:
    """Give an entity that no words of the message stand for alone."""
    return {"entity": name, "value": value}


def placed(name: str, value: str, phrase: str, text: str) -> Entity:
    """Give an entity with the place of its words, where they stand in the text as they are."""
    start = text.lower().find(phrase)
    where = {"start": start, "end": start + len(phrase)} if start >= 0 else {}
    return {**sign(name, value), **where}


def in_same_words(entity: Entity, others: Sequence[Entity]) -> bool:
    """Tell whether an entity was read in words in which another was read too."""
    begin, end = entity.get("start", 0), entity.get("end", 0)
    return any(one.get("start", 0) < end and begin < one.get("end", 0) for one in others)


def bare(folded: str, words: Words) -> str:
    """Leave out of folded words what says nothing: "ja allemaal wel eigenlijk"."""
    idle = set(words["idle"].split())
    return " ".join(word for word in folded.split() if word not in idle)


def listed(words: Words, name: str) -> set[str]:
    """Give the phrases of a list as `bare` leaves them."""
    return {bare(one, words) for one in words[name].split(",")} - {""}


def between_stops(text: str) -> list[str]:
    """Give the parts of a text between its stops, folded, those without words left out."""
    return [part for part in map(fold, _STOPS.split(text)) if part]
