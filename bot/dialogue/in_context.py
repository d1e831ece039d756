"""What the open question makes of a message: an answer, an age, a doubt. Pure.

The language model reads each message alone. "Geen vies werk" seems a question about an occupation;
after "is er werk dat je liever niet doet?" it is an answer.
"""

import re
from collections.abc import Callable, Container, Mapping
from typing import Any

from bot.catalogue.folding import fold, has
from bot.dialogue.amounts import hours_in, names_other_money, wage_in
from bot.dialogue.how_things_are import WITHOUT_WORK, situation_told, works_no_more
from bot.dialogue.named_limits import OTHER, named_limits, refuses_calls
from bot.handoff.model import DISTRESS

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
ASKS = frozenset({"ask_benefit", "ask_salary", "ask_health", "complain"})
"""Readings of an answer with its reason: "max 25 want anders korten ze op mijn uitkering"."""
LIKES = frozenset({"affirm", "express_interest", "inform", "nlu_fallback", "out_of_scope"})
"""Readings of a message that says what somebody likes, and asks nothing."""
LAST = "mended_from"
"""Where, in a parsed message, the words begin that take the place of others (bot/dialogue/self_corrected.py)."""
PERSON, QUARREL, WITHDRAWS = "request_human", "complain", "withdraw_handoff"
NAMES_LIMIT = frozenset(
    {"affirm", "ask_occupation", "correct", "inform", "nlu_fallback", "out_of_scope"}
)
"""Readings of a message that may only name work, where it is asked what work is not wanted."""
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
WORK = ("occupation", "target_occupation")
SURELY = frozenset({"correct", "deny", "inform", "nlu_fallback"})
DOUBTED = ("interest", "target_occupation", "field")
BENEFIT = "benefit"
MEANING = "meaning"
"""What is asked of the words of a question, and not of its reason."""
SURE = 0.8
AGES = range(16, 90)
LONGEST = 6
"""Words of a message that may be nothing but an age, a province or a liking."""
AMOUNTS = ("hours", "needs_wage")
"""Questions that a number answers."""
_STOPS = re.compile("[.,;!]")
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
    said = fold(text)
    entities = [_without_age(one) for one in parsed.get("entities") or []]
    entities, doubts = _without_doubts(said, text, entities, words)
    entities = [one for one in entities if not _is_misread(one, text, asked, entities, words)]
    intent = str((parsed.get("intent") or {}).get("name"))
    if (
        asked in PRIVATE
        and intent in MAY_ANSWER
        and _bare(said, words) in _listed(words, "rather_not")
    ):
        return means("skip", {**parsed, "entities": []})
    if asked == "situation" and intent != DISTRESS and works_no_more(said, words):
        benefit = {**_sign("situation", WITHOUT_WORK[0]), "alternatives": list(WITHOUT_WORK)}
        return means("inform", {**parsed, "entities": [benefit]})
    if asked == "interests" and intent != DISTRESS and has(said, words["asks_meaning"]):
        return means("ask_why_question", {**parsed, "entities": [_sign("about", MEANING)]})
    if asked == "interests" and "?" not in text and _speaks_of_people(said, intent, words):
        intent = "express_interest"
        parsed = means(intent, {**parsed})
    if asked == "interests" and "?" not in text and intent in LIKES:
        liked = [one for one in entities if not _is_beside(one, said, words, known)]
        if len(liked) < len(entities):
            intent, entities = "inform", liked
            parsed = means(intent, {**parsed})
    if asked == "avoid" and intent == "deny" and has(said, words["not_all_good"]):
        return means("inform", {**parsed, "entities": []})
    if asked == "avoid" and _is_fine(text, entities, words):
        return means("inform", {**parsed, "entities": [_sign("avoid", "none")]})
    if asked == "avoid" and (limits := _limits_named(text, said, intent, entities, words)):
        return means("inform", {**parsed, "entities": limits})
    if asked == "avoid" and _is_weary_of_work(parsed, intent, entities):
        return means("inform", {**parsed, "entities": entities})
    if asked in AMOUNTS and intent != DISTRESS:
        numbers = digits(text[parsed.get(LAST, 0) :])
        if _may_be_amount(numbers, intent, words):
            answered = _amount(numbers, asked, entities, words)
            if answered is not None:
                return means("inform", {**parsed, "entities": answered})
        if asked == "needs_wage" and intent in SEEMS and _mocks(said, words):
            rest = [one for one in entities if one["entity"] != "wage"]
            return means("inform", {**parsed, "entities": [*rest, _sign("wage", "needed")]})
        if asked == "hours" and intent in SEEMS and _is_unsized(said, words):
            return means("inform", {**parsed, "entities": []})
    if intent in SEEMS | {DISTRESS} and "?" not in text:
        if asked in ("interests", "needs_wage") and _bare(said, words) in _listed(
            words, "everything"
        ):
            return means("dont_know", {**parsed, "entities": []})
        liked = entities if intent != DISTRESS else []
        last = text[parsed.get(LAST, 0) :]
        if short := _short_answer(last, asked, liked, words):
            return means("inform", {**parsed, "entities": short})
        if intent != DISTRESS and (within := _within(fold(last), asked, intent, words)):
            entities = [one for one in entities if not _is_outweighed(one, within)]
            return means("inform", {**parsed, "entities": [*entities, *_new(within, entities)]})
        if _begins_not_knowing(text, asked, intent, entities, words):
            return means("dont_know", {**parsed, "entities": []})
    seeks = intent == "want_switch" and has(said, words["seeking"])
    if asked == "situation" and seeks and not entities:
        return means("inform", {**parsed, "entities": []})
    names = {one["entity"] for one in entities}
    answers = doubts and intent in MAY_ANSWER | {"dont_know"}
    if intent in MAY_ANSWER and "?" not in text:
        if not names and _is_age(said, words):
            entities.append(_sign("unasked", "age"))
        if asked == "avoid" and "avoid" not in names and _refuses(said, intent, words):
            entities.append(_sign("avoid", OTHER))
        if asked == "situation" and asked not in names and has(said, words["benefits"]):
            entities.append(_sign("unasked", BENEFIT))
        # A message that the model doubts, and that names an answer, is one.
        answers = answers or (intent == UNSURE and asked in LISTS and FIELDS[asked] in names)
        found = {(one["entity"], one["value"]) for one in entities}
        of_place = asked == "place" and "place" not in names and names_province(said, words)
        signs = {("avoid", OTHER), ("unasked", BENEFIT)} & found
        answers = answers or of_place or bool(signs) or found == {("unasked", "age")}
    changed = {**parsed, "entities": entities}
    return means("inform", changed) if answers else changed


def _short_answer(
    text: str, asked: str | None, entities: list[Entity], words: Words
) -> list[Entity]:
    """Give what a few words are when they say nothing but an answer to the open question.

    "Buiten" is what somebody likes, and after "is er werk dat je liever niet doet?" the opposite. A
    limit that the advice knows nothing of may stand beside one that it knows.
    """
    short: Words = words["short"]
    said = fold(text)
    kinds = {} if has(said, short["not_with"]) else short.get(asked or "", {})
    rest, found = f" {said} ", []
    phrases = [
        (phrase, _sign(kind, value))
        for kind, values in kinds.items()
        for value, listed in values.items()
        for phrase in listed.split(",")
    ]
    for phrase, sign in sorted(phrases, key=lambda one: -len(one[0])):
        if f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", "  ")
            found.append(_placed(sign["entity"], sign["value"], phrase, text))
    unused = words["limits"].split(",") if asked == "avoid" else []
    beside = [*short["beside"].split(","), *unused]
    for phrase in sorted(beside, key=len, reverse=True):
        while f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " ")
    if found and not rest.strip():
        return found
    if asked == "interests" and len(said.split()) <= LONGEST:
        # "Techniek" is the name of something one likes, and in those of two occupations.
        liked = [one for one in entities if one["entity"] in ("interest", "field")]
        named = [one for one in entities if one["entity"] in ("occupation", "target_occupation")]
        if liked and named and all(_same_words(one, liked) for one in named):
            return liked
    return []


def _limits_named(
    text: str, said: str, intent: str, entities: list[Entity], words: Words
) -> list[Entity]:
    """Give what a message says to avoid that only names work, or refuses none: "ik doe alles".

    Work that it names is then not the work that somebody has or would like.
    """
    if any(one["entity"] == "avoid" for one in entities) or "?" in text:
        return []
    kept = [one for one in entities if one["entity"] not in WORK]
    if intent == WITHDRAWS and refuses_calls(said, words):
        return [*kept, _sign("avoid", OTHER)]
    if intent not in NAMES_LIMIT:
        return []
    if _bare(said, words) in _listed(words, "does_all"):
        return [*kept, _sign("avoid", "none")]
    if _short_answer(text, "avoid", entities, words):
        return []  # that tells apart what is said beside it
    limits = [_placed("avoid", *one, text) for one in named_limits(text, words).items()]
    # "Buiten zijn" names here what is not wanted.
    kept = [one for one in kept if one["entity"] not in ("interest", "field")]
    return [*kept, *limits] if limits else []


def _begins_not_knowing(
    text: str, asked: str | None, intent: str, entities: list[Entity], words: Words
) -> bool:
    """Tell whether a message says first not to know, and then nothing that answers the question."""
    field = FIELDS.get(asked or "")
    if field is None or intent not in NO_IDEA or any(one["entity"] == field for one in entities):
        return False
    return _bare(fold(_STOPS.split(text)[0]), words) in _listed(words, "no_idea")


def _bare(said: str, words: Words) -> str:
    """Leave out of folded words what says nothing: "ja allemaal wel eigenlijk"."""
    idle = set(words["idle"].split())
    return " ".join(word for word in said.split() if word not in idle)


def _listed(words: Words, name: str) -> set[str]:
    """Give phrases as `_bare` leaves them."""
    return {_bare(one, words) for one in words[name].split(",")} - {""}


def _speaks_of_people(said: str, intent: str, words: Words) -> bool:
    """Tell whether what seems a wish for an adviser names people as what somebody likes."""
    people = has(said, words["people"]) or said in words["talking"].split(",")
    return intent == PERSON and people and not has(said, words["adviser"])


def _is_beside(entity: Entity, said: str, words: Words, known: Container[str]) -> bool:
    """Tell whether an entity is no liking: "dieren" is a village too, and "koken" is near a cook.

    Work that is known is kept, unless it is told or taken back in so many words. Work that was
    found by its meaning, and not by its name, was not asked after.
    """
    name = entity["entity"]
    if name == "place":
        return name in known and not has(said, words["living"])
    if name == "occupation":
        return name in known and not has(said, words["working"])
    return name == "target_occupation" and "ranking" in entity


def _is_misread(
    entity: Entity, text: str, asked: str | None, entities: list[Entity], words: Words
) -> bool:
    """Tell whether words mean less: a "sociaal plan" is no liking, school hours no limit."""
    name = entity["entity"]
    if name == "interest":
        return _same_words(entity, [one for one in entities if one["entity"] == "situation"])
    if name == "years" and asked == "education":
        return has(fold(text), words["left_school"])  # "met 14 jaar van school" is an age
    own = fold(text[entity.get("start", 0) : entity.get("end", 0)])
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
    if asked == "interests" and has(said, words["of_another"]) and not has(said, words["with_me"]):
        return []
    if asked == "situation":
        return [_sign("situation", one) for one in situation_told(said, words)]
    found = [
        _sign(kind, value)
        for kind, values in words["within"].get(asked or "", {}).items()
        for value, listed in values.items()
        if has(said, listed)
    ]
    return found if asked == "interests" or len(found) == 1 else []


def _may_be_amount(text: str, intent: str, words: Words) -> bool:
    """Tell whether a message may answer with a number: no question, and no doubt whether.

    What seems a question about money must begin with the number: "max 25 want anders korten ze me".
    """
    parts = [fold(one).split() for one in _STOPS.split(text.rpartition("?")[2]) if fold(one)]
    opens = set(words["opens_question"].split())
    if not parts or any(one[0] in opens and one[1:2] != [] for one in parts[-1:] + parts[:1]):
        return False
    if has(fold(text), words["doubts"]):
        return False
    if intent in SEEMS | {"dont_know"}:
        return True
    beside = {*words["amounts"]["beside"].split(), *words["amounts"]["leads"].split()}
    first = next((at for at, one in enumerate(parts[0]) if one.isdigit()), None)
    return intent in ASKS and first is not None and beside.issuperset(parts[0][:first])


def _amount(text: str, asked: str, entities: list[Entity], words: Words) -> list[Entity] | None:
    """Give the entities with the number that answers the question, or None where none does.

    What was read with its unit stays, unless another amount is said to do, or it is no wage. Work
    that was found by the meaning of such words was not told.
    """
    told = [one for one in entities if "ranking" not in one]
    read = [one for one in told if one["entity"] == ("hours" if asked == "hours" else "wage")]
    if asked == "hours":
        number = hours_in(text, words)
        return None if number is None or read else [*told, _sign("hours", number)]
    amount = wage_in(text, words)
    numeric = any(one["value"].isdigit() for one in read)
    if amount is None:
        other = numeric and names_other_money(text, words)
        return [one for one in told if one not in read] if other else None
    without = has(fold(text), words["within"]["needs_wage"]["wage"]["not_needed"])
    without = without or any(one["value"] == "not_needed" for one in read)
    if not amount.enough and (without or numeric):
        return None
    sign = {**_sign("wage", str(amount.value)), "net": amount.net}
    return [*(one for one in told if one not in read), sign]


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


def _new(signs: list[Entity], entities: list[Entity]) -> list[Entity]:
    """Leave out the signs that entities say already, or contradict where only one can be."""
    said = [_sign(one["entity"], one["value"]) for one in entities]
    kinds = {one["entity"] for one in entities} - {"interest"}
    return [one for one in signs if one not in said and one["entity"] not in kinds]


def _is_outweighed(entity: Entity, signs: list[Entity]) -> bool:
    """Tell whether an entity says that no wage is needed where the words say that one is.

    "Ik heb spaargeld maar een beetje loon is wel nodig": savings alone are no answer then.
    """
    said = (entity["entity"], entity["value"])
    return said == ("wage", "not_needed") and _sign("wage", "needed") in signs


def _same_words(entity: Entity, others: list[Entity]) -> bool:
    """Tell whether an entity was read in words in which another was read too."""
    begin, end = entity.get("start", 0), entity.get("end", 0)
    return any(one.get("start", 0) < end and begin < one.get("end", 0) for one in others)


def _is_weary_of_work(parsed: Mapping[str, Any], intent: str, entities: list[Entity]) -> bool:
    """Tell whether what looks like despair or anger names work that hurts: "me rug wil nie meer".

    Despair only where the model doubts; words that are a crisis by themselves have the certainty of 1.
    """
    sure = float((parsed.get("intent") or {}).get("confidence") or 0)
    weary = intent == QUARREL or (intent == DISTRESS and sure < SURE)
    return weary and any(one["entity"] == "avoid" for one in entities)


def _is_fine(text: str, entities: list[Entity], words: Words) -> bool:
    """Tell whether a message says of some work that it is no objection, and refuses nothing: "hoogte is prima"."""
    if any(one["entity"] == "avoid" for one in entities) or has(fold(text), words["refuses_some"]):
        return False
    limits = ",".join(words["short"]["avoid"]["avoid"].values())
    parts = [fold(one) for one in _STOPS.split(text) if fold(one)]
    return has(fold(text), limits) and all(has(one, words["fine"]) for one in parts)


def _refuses(said: str, intent: str, words: Words) -> bool:
    """Tell whether folded words name something that a person does not want, and are no bare no.

    What seems a question or a goodbye must say so from its first word on, or say nothing else.
    """
    if set(words["nothing"].split()).issuperset(said.split()):
        return False
    if intent in SURELY:
        return has(said, words["refusing"]) or has(said, words["limits"])
    first = any(f"{said} ".startswith(f"{one} ") for one in words["refusing"].split(","))
    return first or said in words["limits"].split(",")


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
        _sign("unasked", "age") if entity["entity"] == "years" and entity.get("loose") else entity
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
    return [*kept, _sign("doubt", "said")], True


def _sign(name: str, value: str) -> Entity:
    return {"entity": name, "value": value}


def _placed(name: str, value: str, phrase: str, text: str) -> Entity:
    """Give an entity with the place of its words, where they stand in the text as they are."""
    start = text.lower().find(phrase)
    where = {"start": start, "end": start + len(phrase)} if start >= 0 else {}
    return {**_sign(name, value), **where}


def means(name: str, parsed: dict[str, Any]) -> dict[str, Any]:
    """Give a parsed message with another intent, that is certain."""
    intent = {"name": name, "confidence": 1.0}
    ranking = [one for one in parsed.get("intent_ranking") or [] if one["name"] != name]
    return {**parsed, "intent": intent, "intent_ranking": [intent, *ranking]}
