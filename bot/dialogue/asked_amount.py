"""What a message answers after the questions for hours and for money. Pure."""

from typing import Any

from bot.catalogue.folding import fold, has
from bot.dialogue.amounts import hours_in, names_other_money, wage_in
from bot.dialogue.parsed import SEEMS, Entity, Said, Words, between_stops, sign
from bot.handoff.model import DISTRESS

ASKS = frozenset({"ask_benefit", "ask_salary", "ask_health", "complain"})
"""Readings of an answer with its reason: "max 25 want anders korten ze op mijn uitkering"."""


def amount_answer(said: Said) -> dict[str, Any] | None:
    """Give the parsed message as an answer with its amount, or None when it holds none."""
    if said.intent == DISTRESS:
        return None
    numbers = said.digits(said.last)
    if _may_be_amount(numbers, said.intent, said.words):
        answered = _with_amount(numbers, said)
        if answered is not None:
            return said.meaning("inform", answered)
    if said.intent not in SEEMS:
        return None
    if said.asked == "needs_wage" and _mocks(said.folded, said.words):
        rest = [one for one in said.entities if one["entity"] != "wage"]
        return said.meaning("inform", [*rest, sign("wage", "needed")])
    if said.asked == "hours" and _is_unsized(said.folded, said.words):
        return said.meaning("inform")
    return None


def _may_be_amount(text: str, intent: str, words: Words) -> bool:
    """Tell whether a message may answer with a number: no question, and no doubt whether.

    What seems a question about money must begin with the number: "max 25 want anders korten ze me".
    """
    parts = [one.split() for one in between_stops(text.rpartition("?")[2])]
    opens = set(words["opens_question"].split())
    own = set(words["amounts"]["own"].split())
    ends = [one for one in parts[-1:] + parts[:1] if one[1:] and one[1] not in own]
    if not parts or any(one[0] in opens for one in ends):
        return False
    if has(fold(text), words["doubts"]):
        return False
    if intent in SEEMS | {"dont_know"}:
        return True
    beside = {*words["amounts"]["beside"].split(), *words["amounts"]["leads"].split()}
    first = next((at for at, one in enumerate(parts[0]) if one.isdigit()), None)
    return intent in ASKS and first is not None and beside.issuperset(parts[0][:first])


def _with_amount(numbers: str, said: Said) -> list[Entity] | None:
    """Give the entities with the number that answers the question, or None where none does.

    What was read with its unit stays, unless another amount is said to do, or it is no wage. Work
    that was found by the meaning of such words was not told.
    """
    told = [one for one in said.entities if "ranking" not in one]
    read = [one for one in told if one["entity"] == ("hours" if said.asked == "hours" else "wage")]
    if said.asked == "hours":
        number = hours_in(numbers, said.words)
        return None if number is None or read else [*told, sign("hours", number)]
    amount = wage_in(numbers, said.words)
    numeric = any(one["value"].isdigit() for one in read)
    if amount is None:
        other = numeric and names_other_money(numbers, said.words)
        return [one for one in told if one not in read] if other else None
    without = has(fold(numbers), said.words["within"]["needs_wage"]["wage"]["not_needed"])
    without = without or any(one["value"] == "not_needed" for one in read)
    if not amount.enough and (without or numeric):
        return None
    needed = {**sign("wage", str(amount.value)), "net": amount.net}
    return [*(one for one in told if one not in read), needed]


def _mocks(said: str, words: Words) -> bool:
    """Tell whether folded words mock a life without pay: "alsof iemand gratis kan leven"."""
    return has(said, words["mocking"]) and has(said, words["mocked"])


def _is_unsized(said: str, words: Words) -> bool:
    """Tell whether folded words say no more than that work is part-time, or in school hours."""
    rest = f" {said} "
    for phrase in sorted(words["unsized"].split(","), key=len, reverse=True):
        rest = rest.replace(f" {phrase} ", "  ")
    beside = set(words["beside_unsized"].split())
    opens = said.split()[:1] != [] and said.split()[0] in words["opens_question"].split()
    return rest != f" {said} " and not opens and beside.issuperset(rest.split())
