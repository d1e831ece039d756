"""What a question is about that names no subject of its own, or only new work. Pure.

The language model reads each message alone. "Hoeveel rente" is no question about anything but right
after the loan; "en lasser" after a wage asks for the wage of a welder, and tells of nobody's work.
"""

from collections.abc import Collection, Container, Iterable, Mapping
from typing import Any

from bot.catalogue.folding import fold, has
from bot.catalogue.model import TargetOccupation, Topic
from bot.catalogue.named import named_in
from bot.dialogue.parsed import Entity, Words, means
from bot.handoff.model import DISTRESS

NEVER = frozenset(
    [
        DISTRESS,
        "delete_data",
        "export_data",
        "other_language",
        "request_human",
        "withdraw_handoff",
    ]
)
"""Readings that no subject takes the place of."""
OF_BOTH = ("ask_salary", "ask_duration", "ask_cost", "ask_admission")
OF_WORK = (*OF_BOTH, "ask_chances", "ask_occupation")
"""What may be asked of one occupation after the other."""
OF_ROUTE = (*OF_BOTH, "ask_funding")
"""The same of routes; of one that is named the answer is better than in general."""
TELLS = ("inform", "correct", "express_interest", "nlu_fallback")
READERS = "ask_privacy"
ASKS_AFTER = {"name": "ask_occupation", "confidence": 0.5}
LONGEST = 6
"""Words of a message that only names what the last question is asked of too."""


def with_subject(
    parsed: Mapping[str, Any],
    topics: Iterable[Topic],
    just_now: Container[str],
    *,
    asking: bool,
) -> dict[str, Any]:
    """Give a parsed message as a question about the topic that its words ask after, if there is one.

    Args:
        parsed: what was read: `text`, `intent`, `intent_ranking`, `entities`.
        topics: those of the catalogue.
        just_now: the ids of the topics and the intents that the last turn was about.
        asking: whether the message is a question.
    """
    text = str(parsed.get("text") or "")
    intent = str((parsed.get("intent") or {}).get("name"))
    if intent in NEVER:
        return dict(parsed)
    entities = list(parsed.get("entities") or [])
    of_route = intent in OF_ROUTE and any(one["entity"] == "route" for one in entities)
    found = asked_topic(fold(text), topics, just_now, alone=asking and not of_route)
    if found is None:
        return dict(parsed)
    mine = ("programme", "route", "target_occupation")
    kept = [one for one in entities if one["entity"] not in mine]
    about = {"entity": "programme", "value": found.id}
    return means(found.asked_as or intent, {**parsed, "entities": [about, *kept]})


def asked_topic(
    said: str, topics: Iterable[Topic], just_now: Container[str], *, alone: bool
) -> Topic | None:
    """Give the topic that folded words ask after: first of those that follow on what was said.

    `alone`: whether words may count that ask after a topic whatever was said before.
    """
    listed = [one for one in topics if one.asks or one.asks_after]
    for one in listed:
        if any(name in just_now for name in one.after) and _has_one(said, one.asks_after):
            return one
    return next((one for one in listed if alone and _has_one(said, one.asks)), None)


def _has_one(said: str, phrases: Iterable[str]) -> bool:
    return any(
        all(has(said, part.replace("/", ",")) for part in phrase.split("+")) for phrase in phrases
    )


def of_others(
    parsed: Mapping[str, Any],
    targets: Collection[TargetOccupation],
    last: str | None,
    words: Words,
    *,
    asking: bool,
    has_work: bool,
) -> dict[str, Any]:
    """Give a parsed message that names work, a route or a reader as what it asks of that.

    "en lasser" asks what was asked last; "moet ik veel staan bij lasser" asks after the work, and
    "en als ik de zaak verkoop" tells of none. Who has told no work yet may tell it in any form.

    Args:
        parsed: as above.
        targets: the occupations to move to.
        last: the intent of the message before.
        words: the labels' section `side_question`.
        asking: whether each part of the message is a question.
        has_work: whether the person's work is known.
    """
    said = fold(str(parsed.get("text") or ""))
    intent = str((parsed.get("intent") or {}).get("name"))
    entities = list(parsed.get("entities") or [])
    short = len(said.split()) <= LONGEST and not has(said, words["self"])
    goes_on = short and said.startswith(tuple(f"{one} " for one in words["goes_on"].split(",")))
    if goes_on and last == READERS and has(said, words["readers"]):
        return means(READERS, dict(parsed))
    routes = [one for one in entities if one["entity"] == "route"]
    if goes_on and last in OF_ROUTE and len(routes) == 1 and intent not in NEVER:
        return means(str(last), {**parsed, "entities": routes})
    named = named_in(said, targets)
    if goes_on and last in OF_WORK and len(named) == 1 and intent not in NEVER:
        return means(str(last), {**parsed, "entities": [_work(named[0])]})
    kinds = {one["entity"] for one in entities} - {"loose"}
    works = {"occupation", "target_occupation"}
    if not (asking and has_work and intent in TELLS and kinds and kinds <= works):
        return dict(parsed)
    if len(named) == 1 and intent == "nlu_fallback":
        # What is not understood says of work that is asked after how it fits, too.
        unsure = {**parsed, "entities": [], "intent_ranking": [ASKS_AFTER]}
        return means(intent, unsure)
    if len(named) == 1:
        return means("ask_occupation", {**parsed, "entities": [_work(named[0])]})
    return means("nlu_fallback", {**parsed, "entities": []})


def _work(target: TargetOccupation) -> Entity:
    return {"entity": "target_occupation", "value": target.id}
