"""What the open question makes of a message: an answer, an age, a doubt. Pure.

The language model reads each message alone. "Geen vies werk" seems a question about an occupation;
after "is er werk dat je liever niet doet?" it is an answer.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any

from bot.catalogue.folding import fold, has
from bot.dialogue.asked_amount import amount_answer
from bot.dialogue.asked_likes import LIKES, as_likes, asks_meaning
from bot.dialogue.asked_limits import limits_answer, refuses
from bot.dialogue.how_things_are import WITHOUT_WORK, situation_told, works_no_more
from bot.dialogue.named_limits import OTHER
from bot.dialogue.parsed import (
    MAY_ANSWER,
    SEEMS,
    Entity,
    Said,
    Words,
    bare,
    between_stops,
    in_same_words,
    listed,
    sign,
)
from bot.dialogue.short_answer import short_answer
from bot.handoff.model import DISTRESS

NO_IDEA = frozenset(
    {"affirm", "deny", "express_interest", "inform", "nlu_fallback", "out_of_scope"}
)
"""Readings of a message that may begin with not knowing, and then tell why."""
PRIVATE = frozenset({"education", "occupation", "place", "situation"})
"""Questions after which "rather not" refuses the answer, as there is nothing in them to refuse."""
FIELDS = {"avoid": "avoid", "interests": "interest", "needs_wage": "wage"}
"""The entities that answer a question to which more is said than one answer."""
LISTS = ("avoid", "interests")
UNSURE = "nlu_fallback"
DOUBTED = ("interest", "target_occupation", "field")
BENEFIT = "benefit"
AGES = range(16, 90)
LONGEST = 6
"""Words of a message that may be nothing but an age or a province."""
_AGE = re.compile(r"(?<!\d)(\d\d) (\w+)")


def in_context(
    parsed: Mapping[str, Any],
    asked: str | None,
    words: Words,
    known: Container[str] = (),
    digits: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Give a parsed message as the open question makes it.

    Args:
        parsed: what Rasa's components read: `text`, `intent`, `intent_ranking`, `entities`.
        asked: the question that the bot's last words asked.
        words: the labels' section `context`.
        known: the profile fields that have an answer.
        digits: gives a text with its numbers in digits.
    """
    text = str(parsed.get("text") or "")
    entities = [_without_age(one) for one in parsed.get("entities") or []]
    entities, doubts = _without_doubts(fold(text), text, entities, words)
    said = Said(
        parsed=parsed,
        intent=str((parsed.get("intent") or {}).get("name")),
        entities=[one for one in entities if not _is_misread(one, text, asked, entities, words)],
        asked=asked,
        words=words,
        digits=digits,
    )
    if answer := _refused(said) or ANSWERS.get(asked or "", _none)(said):
        return answer
    if asked == "interests":
        said = as_likes(said, known)
    return _beside_more(said) or _signs(said, doubts)


def _none(said: Said) -> None:
    """Give no answer: this question needs no reading of its own."""


def _refused(said: Said) -> dict[str, Any] | None:
    """Give the message as one that skips, when it refuses to answer a question about oneself."""
    refuses_it = bare(said.folded, said.words) in listed(said.words, "rather_not")
    own = said.asked in PRIVATE and said.intent in MAY_ANSWER
    return said.meaning("skip") if own and refuses_it else None


def _works_no_more(said: Said) -> dict[str, Any] | None:
    """Give the message as one of somebody without work, of whom it must be asked what they live on."""
    if said.intent == DISTRESS or not works_no_more(said.folded, said.words):
        return None
    benefit = {**sign("situation", WITHOUT_WORK[0]), "alternatives": list(WITHOUT_WORK)}
    return said.meaning("inform", [benefit])


ANSWERS: Mapping[str, Callable[[Said], dict[str, Any] | None]] = {
    "situation": _works_no_more,
    "interests": asks_meaning,
    "avoid": limits_answer,
    "hours": amount_answer,
    "needs_wage": amount_answer,
}
"""What reads the answer to a question in its own way, before what counts for all of them."""


def _beside_more(said: Said) -> dict[str, Any] | None:
    """Give the message as an answer that stands alone or beside other words, or None."""
    words, asked, distress = said.words, said.asked, said.intent == DISTRESS
    if said.intent in SEEMS | {DISTRESS} and not said.is_question:
        all_of_it = bare(said.folded, words) in listed(words, "everything")
        if asked in ("interests", "needs_wage") and all_of_it:
            return said.meaning("dont_know")
        alone = replace(said, entities=[]) if distress else said
        if short := short_answer(alone, said.last):
            return said.meaning("inform", short)
        if not distress and (within := _within(fold(said.last), asked, said.intent, words)):
            kept = [one for one in said.entities if not _is_outweighed(one, within)]
            return said.meaning("inform", [*kept, *_new(within, kept)])
        if _begins_not_knowing(said):
            return said.meaning("dont_know")
    seeks = said.intent == "want_switch" and has(said.folded, words["seeking"])
    return said.meaning("inform") if asked == "situation" and seeks and not said.entities else None


def _signs(said: Said, doubts: bool) -> dict[str, Any]:
    """Give the message with what it tells that no component reads, as an answer if it is one."""
    words, folded, asked = said.words, said.folded, said.asked
    entities = list(said.entities)
    answers = doubts and said.intent in MAY_ANSWER | {"dont_know"}
    if said.intent in MAY_ANSWER and not said.is_question:
        if not entities and _is_age(folded, words):
            entities.append(sign("unasked", "age"))
        if asked == "avoid" and not said.names("avoid") and refuses(said):
            entities.append(sign("avoid", OTHER))
        if asked == "situation" and not said.names(asked) and has(folded, words["benefits"]):
            entities.append(sign("unasked", BENEFIT))
        # A message that the model doubts, and that names an answer, is one.
        named = asked in LISTS and said.names(FIELDS[asked])
        answers = answers or (said.intent == UNSURE and named)
        found = {(one["entity"], one["value"]) for one in entities}
        of_place = asked == "place" and not said.names("place") and names_province(folded, words)
        told = {("avoid", OTHER), ("unasked", BENEFIT)} & found
        answers = answers or of_place or bool(told) or found == {("unasked", "age")}
    if answers:
        return said.meaning("inform", entities)
    return {**said.parsed, "entities": entities}


def _begins_not_knowing(said: Said) -> bool:
    """Tell whether a message says first not to know, and then nothing that answers the question."""
    field = FIELDS.get(said.asked or "")
    if field is None or said.intent not in NO_IDEA or said.names(field):
        return False
    first = next(iter(between_stops(said.text)), "")
    return bare(first, said.words) in listed(said.words, "no_idea")


def _is_misread(
    entity: Entity, text: str, asked: str | None, entities: list[Entity], words: Words
) -> bool:
    """Tell whether words mean less: a "sociaal plan" is no liking, school hours no limit."""
    name = entity["entity"]
    own = fold(text[entity.get("start", 0) : entity.get("end", 0)])
    if name == "interest" and asked == "needs_wage" and own in words["no_likes"].split(","):
        return True
    if name == "interest":
        return in_same_words(entity, [one for one in entities if one["entity"] == "situation"])
    if name == "years" and asked == "education":
        return has(fold(text), words["left_school"])  # "met 14 jaar van school" is an age
    if name == "situation" and asked == "occupation":
        # "Van alles, uitzendwerk" says what the work is or was, and not that there is some now.
        return own in words["sort_of_work"].split(",") and not has(fold(text), words["nowadays"])
    return name == "avoid" and asked != "avoid" and has(own, words["school_hours"])


def _within(said: str, asked: str | None, intent: str, words: Words) -> list[Entity]:
    """Give the answers to the open question that a message holds beside other words.

    Of what can be only one thing, two different answers are none.
    """
    if asked == "interests" and (intent not in LIKES or has(said, words["refusing"])):
        return []
    mine = has(said, words["with_me"]) and not has(said, words["fond"])
    if asked == "interests" and has(said, words["of_another"]) and not mine:
        return []
    if asked == "situation":
        return [sign("situation", one) for one in situation_told(said, words)]
    found = [
        sign(kind, value)
        for kind, values in words["within"].get(asked or "", {}).items()
        for value, listed in values.items()
        if has(said, listed)
    ]
    return found if asked == "interests" or len(found) == 1 else []


def _new(signs: list[Entity], entities: list[Entity]) -> list[Entity]:
    """Leave out the signs that entities say already, or contradict where only one can be."""
    said = [sign(one["entity"], one["value"]) for one in entities]
    kinds = {one["entity"] for one in entities} - {"interest"}
    return [one for one in signs if one not in said and one["entity"] not in kinds]


def _is_outweighed(entity: Entity, signs: list[Entity]) -> bool:
    """Tell whether an entity says that no wage is needed where the words say that one is.

    "Ik heb spaargeld maar een beetje loon is wel nodig": savings alone are no answer then.
    """
    said = (entity["entity"], entity["value"])
    return said == ("wage", "not_needed") and sign("wage", "needed") in signs


def names_province(said: str, words: Words) -> bool:
    """Tell whether a short folded message names a province or a larger region."""
    return len(said.split()) <= LONGEST and has(said, words["provinces"])


def _is_age(said: str, words: Words) -> bool:
    found = _AGE.search(said)
    years = found is not None and found[2] in words["years"].split()
    return years and int(found[1]) in AGES and len(said.split()) <= LONGEST if found else False


def _without_age(entity: Entity) -> Entity:
    """Years that no word says to be of work are as likely an age, which is never kept."""
    return (
        sign("unasked", "age") if entity["entity"] == "years" and entity.get("loose") else entity
    )


def _without_doubts(
    said: str, text: str, entities: list[Entity], words: Words
) -> tuple[list[Entity], bool]:
    """Leave out what the person doubts to be fit for; tell whether nothing else is said."""
    doubt = next((one for one in words["doubts"].split(",") if has(said, one)), None)
    if doubt is None:
        return entities, False
    start = text.casefold().find(doubt)
    kept = [one for one in entities if one["entity"] not in DOUBTED or one.get("end", 0) <= start]
    if len(kept) == len(entities):
        return entities, False
    return [*kept, sign("doubt", "said")], True
