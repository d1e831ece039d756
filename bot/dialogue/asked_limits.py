"""What a message answers after the question what work a person would rather not do. Pure."""

from typing import Any

from bot.catalogue.folding import has
from bot.dialogue.named_limits import OTHER, named_limits, refuses_calls
from bot.dialogue.parsed import Entity, Said, bare, between_stops, listed, placed, sign
from bot.dialogue.short_answer import short_answer
from bot.handoff.model import DISTRESS

WORK = ("occupation", "target_occupation")
QUARREL, WITHDRAWS = "complain", "withdraw_handoff"
NAMES_LIMIT = frozenset(
    {"affirm", "ask_occupation", "correct", "inform", "nlu_fallback", "out_of_scope"}
)
"""Readings of a message that may only name work."""
SURELY = frozenset({"correct", "deny", "inform", "nlu_fallback"})
SURE = 0.8


def limits_answer(said: Said) -> dict[str, Any] | None:
    """Give the parsed message as an answer with what to avoid, or None when it says nothing of it."""
    if said.intent == "deny" and has(said.folded, said.words["not_all_good"]):
        return said.meaning("inform")
    if _is_fine(said):
        return said.meaning("inform", [sign("avoid", "none")])
    if limits := _limits_named(said):
        return said.meaning("inform", limits)
    return said.meaning("inform", said.entities) if _is_weary_of_work(said) else None


def refuses(said: Said) -> bool:
    """Tell whether a message names something that a person does not want, and is no bare no.

    What seems a question or a goodbye must say so from its first word on, or say nothing else.
    """
    words, folded = said.words, said.folded
    if set(words["nothing"].split()).issuperset(folded.split()):
        return False
    if said.intent in SURELY:
        return has(folded, words["refusing"]) or has(folded, words["limits"])
    first = any(f"{folded} ".startswith(f"{one} ") for one in words["refusing"].split(","))
    return first or folded in words["limits"].split(",")


def _is_fine(said: Said) -> bool:
    """Tell whether a message says of some work that it is no objection, and refuses nothing: "hoogte is prima"."""
    words, folded = said.words, said.folded
    if said.intent == DISTRESS or said.names("avoid") or has(folded, words["refuses_some"]):
        return False
    limits = ",".join(words["short"]["avoid"]["avoid"].values())
    return has(folded, limits) and all(has(one, words["fine"]) for one in between_stops(said.text))


def _limits_named(said: Said) -> list[Entity]:
    """Give what a message says to avoid that only names work, or refuses none: "ik doe alles".

    Work that it names is then not the work that somebody has or would like.
    """
    if said.names("avoid") or said.is_question:
        return []
    kept = [one for one in said.entities if one["entity"] not in WORK]
    if said.intent == WITHDRAWS and refuses_calls(said.folded, said.words):
        return [*kept, sign("avoid", OTHER)]
    mad = said.intent != DISTRESS and has(said.folded, said.words["maddening"])
    if said.intent not in NAMES_LIMIT and not mad:
        return []
    parts = {bare(part, said.words) for part in between_stops(said.text)} - {""}
    if parts and parts <= listed(said.words, "does_all"):
        return [*kept, sign("avoid", "none")]
    if short_answer(said, said.text):
        return []  # that tells apart what is said beside it
    limits = [
        placed("avoid", *one, said.text) for one in named_limits(said.text, said.words).items()
    ]
    # "Buiten zijn" names here what is not wanted.
    kept = [one for one in kept if one["entity"] not in ("interest", "field")]
    return [*kept, *limits] if limits else []


def _is_weary_of_work(said: Said) -> bool:
    """Tell whether what looks like despair or anger names work that hurts: "me rug wil nie meer".

    Despair only where the model doubts; words that are a crisis by themselves have the certainty of 1.
    """
    sure = float((said.parsed.get("intent") or {}).get("confidence") or 0)
    weary = said.intent == QUARREL or (said.intent == DISTRESS and sure < SURE)
    return weary and said.names("avoid")
