"""What a message says after the question what a person likes to do. Pure."""

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any

from bot.catalogue.folding import has
from bot.dialogue.parsed import Entity, Said, means, sign
from bot.handoff.model import DISTRESS

LIKES = frozenset({"affirm", "express_interest", "inform", "nlu_fallback", "out_of_scope"})
"""Readings of a message that says what somebody likes, and asks nothing."""
MEANING = "meaning"
"""What is asked of the words of a question, and not of its reason."""
PERSON = "request_human"


def asks_meaning(said: Said) -> dict[str, Any] | None:
    """Give the parsed message as a question after the words of ours, or None when it is none."""
    if said.intent == DISTRESS or not has(said.folded, said.words["asks_meaning"]):
        return None
    return said.meaning("ask_why_question", [sign("about", MEANING)])


def as_likes(said: Said, known: Container[str]) -> Said:
    """Give a message as one of likes, without what is beside them.

    Args:
        known: the profile fields that have an answer.
    """
    if not said.is_question and _speaks_of_people(said):
        said = _as("express_interest", said, said.entities)
    if said.is_question or said.intent not in LIKES:
        return said
    liked = [one for one in said.entities if not _is_beside(one, said, known)]
    return _as("inform", said, liked) if len(liked) < len(said.entities) else said


def _as(intent: str, said: Said, entities: Sequence[Entity]) -> Said:
    """Give a message with another intent; the entities that were read stay with what was parsed."""
    return replace(said, parsed=means(intent, {**said.parsed}), intent=intent, entities=entities)


def _speaks_of_people(said: Said) -> bool:
    """Tell whether what seems a wish for an adviser names people as what somebody likes."""
    words, folded = said.words, said.folded
    people = has(folded, words["people"]) or folded in words["talking"].split(",")
    return said.intent == PERSON and people and not has(folded, words["adviser"])


def _is_beside(entity: Entity, said: Said, known: Container[str]) -> bool:
    """Tell whether an entity is no liking: "dieren" is a village too, and "koken" is near a cook.

    Work that is known is kept, unless it is told or taken back in so many words. Work that was
    found by its meaning, and not by its name, was not asked after.
    """
    name = entity["entity"]
    if name == "place":
        return name in known and not has(said.folded, said.words["living"])
    if name == "occupation":
        return name in known and not has(said.folded, said.words["working"])
    return name == "target_occupation" and "ranking" in entity
