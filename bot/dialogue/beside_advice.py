"""What the advice that was shown makes of a message: work that is refused, or wanted after all. Pure.

The language model reads each message alone. "Nummer 2 wil ik niet" seems a question passed over, and
"dat is me te zwaar" a complaint; beside an advice they are answers to it.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.catalogue.folding import fold, has
from bot.catalogue.model import TargetOccupation
from bot.dialogue.mentioned import Mention, Seen, counted, has_name, mentions, split_words
from bot.dialogue.parsed import Entity, Words, means
from bot.handoff.model import DISTRESS

REFUSED, WANTED, MISSING = "refused", "wanted", "missing"
WHY, NEXT_STEP, KNOWN = "ask_why_question", "ask_next_step", "export_data"
RESTART = "restart"
WHICH = "which"
"""The value of `refused` when it is not clear which of the suggestions is meant."""
HEALTH = "ask_health"
"""Who tells a limit with what is wrong with them is told what is kept of it (actions/reply.py)."""
FEW = 8
"""So many words at most in a message that is only about what was refused."""
WORDS_BETWEEN = 6
"""So many words at most between work and the no that is said of it."""
_SIGNS = re.compile("[.!?,;]")
OTHERWISE = frozenset(
    {
        "delete_data",
        DISTRESS,
        KNOWN,
        "other_language",
        "request_human",
        RESTART,
        "what_if",
        "withdraw_handoff",
    }
)
"""Readings that stay what they are: wishes that a no to work does not take the place of."""


def beside_advice(parsed: Mapping[str, Any], seen: Seen, words: Words) -> dict[str, Any]:
    """Give a parsed message as the advice that was shown makes it.

    Args:
        parsed: what Rasa's components read: `text`, `intent`, `intent_ranking`, `entities`.
        seen: what the person sees.
        words: the labels' section `beside_advice`, and `number`.
    """
    text, entities = str(parsed.get("text") or ""), list(parsed.get("entities") or [])
    said, intent = fold(text), str((parsed.get("intent") or {}).get("name"))
    if len(said.split()) <= FEW and (looks_back := _looks_back(said, intent, seen, words)):
        return means(looks_back[0], {**parsed, "entities": looks_back[1]})
    if intent in OTHERWISE:
        return {**parsed}
    entities = [one for one in entities if _is_of_now(one, entities, text, intent, seen, words)]
    parsed = {**parsed, "entities": entities}
    if _only_more(said, words):
        return means("ask_advice", {**parsed})
    if missing := _missed(said, text, entities, seen, words):
        signs = [{"entity": MISSING, "value": one} for one in missing]
        return means(WHY, {**parsed, "entities": signs})
    if _asks(text, words):
        return {**parsed}
    limits = _limits(said, entities, words)
    signs = [
        *({"entity": WANTED, "value": one} for one in _wanted_again(said, entities, seen, words)),
        *limits,
    ]
    if not signs or signs[0]["entity"] != WANTED:
        refused = dict.fromkeys(_refused(said, text, entities, seen, words))
        refused = refused or dict.fromkeys(_too_much(said, text, entities, limits, seen, words))
        signs += [{"entity": REFUSED, "value": one} for one in refused]
        entities = [one for one in entities if not _is_refused(one, text, refused, seen.targets)]
    if not signs and (chosen := _chosen(said, text, entities, seen, words)):
        return means(NEXT_STEP, {**parsed, "entities": [_sign("target_occupation", chosen)]})
    if not signs or (intent == HEALTH and all(one in entities for one in signs)):
        return {**parsed}
    entities += [one for one in signs if not _is_there(one, entities)]
    return means("inform", {**parsed, "entities": entities})


def _looks_back(
    said: str, intent: str, seen: Seen, words: Words
) -> tuple[str, list[Entity]] | None:
    """Give the intent and entities of who asks what was refused, or wants all of it back.

    "Alles weer erbij" seems a wish to begin again, and "wat heb ik afgewezen" one for all that is
    kept. Of a crisis, or of a wish to be forgotten, no such words make anything else.
    """
    if intent not in OTHERWISE - {RESTART} and seen.refused and has(said, words["all_back"]):
        return "inform", [_sign(WANTED, one) for one in seen.refused]
    asks = said.split()[:1] != [] and said.split()[0] in words["asking"].split()
    if intent not in OTHERWISE - {KNOWN} and asks and has(said, words["which_refused"]):
        return KNOWN, [_sign("about", REFUSED)]
    return None


def _is_of_now(
    entity: Entity, entities: list[Entity], text: str, intent: str, seen: Seen, words: Words
) -> bool:
    """Tell whether an entity may change what is known: years only of work, a place only of home.

    Nobody was asked: "5 jaar rugpijn" and "vorig jaar in Utrecht" say something else.
    """
    kind, said = entity["entity"], fold(text)
    if kind not in ("years", "place") or intent == "correct":
        return True
    if kind == "years":
        mends = has(said, words["mends"]) and not has(said, words["of_learning"])
        as_work = has(said, "als") and any(one["entity"] == "occupation" for one in entities)
        return mends or as_work or has(said, words["of_work"])
    alone = said == fold(text[entity.get("start", 0) : entity.get("end", 0)])
    return alone or not seen.has_place or has(said, words["mends"]) or has(said, words["of_home"])


def _too_much(
    said: str,
    text: str,
    entities: list[Entity],
    limits: list[Entity],
    seen: Seen,
    words: Words,
) -> Iterator[str]:
    """Give the work that is too much, where a limit says less: by its number, or known already."""
    if not any(has(said, phrases) for phrases in words["too_much"].values()) or not limits:
        return
    yield from (numbered := counted(said, seen.shown, words["number"], seen.page))
    if numbered or any(one["value"] not in seen.avoids for one in limits):
        return
    named_work = list(mentions(said, text, entities, seen, words))
    yield from (one for mention in named_work for one in mention.ids)
    if not named_work:
        yield from seen.last if len(seen.last) == 1 else (WHICH,)


def _chosen(
    said: str, text: str, entities: list[Entity], seen: Seen, words: Words
) -> str | None:
    """Give the one occupation that is chosen: "ik kies nummer 1", "dan ga ik voor lasser"."""
    denied = not split_words(words, "not_chosen").isdisjoint(said.split())
    if denied or not has(said, words["chooses"]):
        return None
    found = dict.fromkeys(
        one for mention in mentions(said, text, entities, seen, words) for one in mention.ids
    )
    return next(iter(found)) if len(found) == 1 else None


def _sign(name: str, value: str) -> Entity:
    return {"entity": name, "value": value}


def _missed(said: str, text: str, entities: list[Entity], seen: Seen, words: Words) -> list[str]:
    """Give the work of which it is asked why it is not there: "waarom staat er geen ict bij"."""
    spoken = said.split()
    asks = spoken[:1] != [] and spoken[0] in words["why"].split()
    what_of = [*spoken[:1], *spoken[-1:]] == words["what_of"].split()
    if not (what_of or has(said, words["missed"]) or (asks and has(said, words["not_there"]))):
        return []
    # A number is of what is there.
    without = Seen(targets=seen.targets, shown=(), last=(), refused=seen.refused)
    named_work = mentions(said, text, entities, without, words)
    return list(dict.fromkeys(one for mention in named_work for one in mention.ids))


def _only_more(said: str, words: Words) -> bool:
    """Tell whether a message asks for other work and says nothing else: "meer", "laat eens wat anders zien"."""
    spoken = set(said.split())
    more = set(words["number"]["more"].split())
    return not spoken.isdisjoint(more) and spoken <= more | split_words(words, "beside_more")


def _asks(text: str, words: Words) -> bool:
    """Tell whether a message asks or supposes something: by its sign, or its first words.

    "Lasser? Nee, dank je" answers itself.
    """
    _, sign, rest = text.rpartition("?")
    if sign and fold(rest).split()[:1] not in [[one] for one in words["denials"].split()]:
        return True
    spoken = fold(rest if sign else text).split()
    turned = spoken[1:] and spoken[1] in words["subjects"].split()
    first = spoken[0] if spoken else ""
    return first in words["asking"].split() or (bool(turned) and first in words["turned"].split())


def _is_there(sign: Entity, entities: list[Entity]) -> bool:
    return any(
        (one["entity"], one["value"]) == (sign["entity"], sign["value"]) for one in entities
    )


def _is_refused(
    entity: Entity,
    text: str,
    refused: Container[str],
    targets: Mapping[str, TargetOccupation],
) -> bool:
    """Tell whether an entity is of what is refused: that is not what one has done or would like."""
    kind, said = entity["entity"], fold(text[entity.get("start", 0) : entity.get("end", 0)])
    of = [one for one in targets.values() if one.id in refused]
    if kind == "field":
        return any(one.field == entity["value"] for one in of)
    if kind in ("occupation", "target_occupation"):
        return any(one.id == entity["value"] or (said and has_name(one, said)) for one in of)
    return False


def _limits(said: str, entities: list[Entity], words: Words) -> list[Entity]:
    """Give the limits that a statement beside the advice sets: "dat is me te zwaar"; and any it names."""
    if has(said, words["of_learning"]):
        return []
    named = [
        one for one in entities if one["entity"] == "avoid" and one["value"] in words["too_much"]
    ]
    much = [
        {"entity": "avoid", "value": value}
        for value, phrases in words["too_much"].items()
        if has(said, phrases) and not has(said, words["not_too_much"])
    ]
    return [*named, *much]


def _wanted_again(said: str, entities: list[Entity], seen: Seen, words: Words) -> list[str]:
    """Give what was refused and is wanted after all: "toch wel zonnepaneelmonteur"."""
    if not seen.refused or not has(said, words["after_all"]) or has(said, words["not_after_all"]):
        return []
    # A number right after a no is of the suggestions from before it.
    then = replace(seen, shown=seen.earlier or seen.shown)
    named_work = list(mentions(said, "", entities, then, words))
    named = {one for mention in named_work for one in mention.ids if one in seen.refused}
    if not named and len(seen.just_refused) == 1 and counted(said, then.shown, words["number"]):
        named = set(seen.just_refused)
    bare = " ".join(_core(said.split(), words)) in words["after_all"].split(",")
    return [one for one in seen.refused if bare or one in named]


def _refused(
    said: str, text: str, entities: list[Entity], seen: Seen, words: Words
) -> Iterator[str]:
    """Give the ids of what is refused, or WHICH."""
    if has(said, words["none_of_these"]):
        yield from seen.last or seen.shown[:3]
        return
    spoken = said.split()
    if not has(said, words["before"]) and split_words(words, "denials").isdisjoint(spoken):
        return  # nothing is denied: most messages need no further look
    named_work = sorted(mentions(said, text, entities, seen, words), key=lambda one: one.first)
    denied = [_is_denied(spoken, one, words) for one in named_work]
    for places in (range(1, len(named_work)), range(len(named_work) - 1, 0, -1)):
        for place in places:
            # "Geen lasser of schilder", "nummer 1 en 3 wil ik niet": a no is said of all of a list.
            between = spoken[named_work[place - 1].end : named_work[place].first]
            if between and set(between) <= split_words(words, "joins", "articles"):
                joined = denied[place - 1] or denied[place]
                denied[place - 1 : place + 1] = joined, joined
    for mention, no in zip(named_work, denied, strict=True):
        yield from mention.ids if no else ()
    whole = " ".join(_core(spoken, words)) in words["alone_whole"].split(",")
    if whole or _says_only_no(spoken, words) or _says_only_no(_last_part(text), words):
        # "Dat lijkt me niks", of the one that was just shown.
        yield from seen.last if len(seen.last) == 1 else (WHICH,) if seen.last else ()


def _is_denied(spoken: list[str], mention: Mention, words: Words) -> bool:
    """Tell whether a no is said of work: right before it, or after it with few words between."""
    before, articles = spoken[: mention.first], words["articles"].split()
    while before and before[-1] in articles:
        before.pop()
    led = f" {' '.join(before)}"
    if any(led.endswith(f" {one}") for one in words["before"].split(",")):
        return not any(led.endswith(f" {one}") for one in words["not_before"].split(","))
    return _no_follows(spoken[mention.end :], words)


def _no_follows(following: list[str], words: Words) -> bool:
    between, denials = words["between"].split(), words["denials"].split()
    for place, word in enumerate(following[: WORDS_BETWEEN + 1]):
        if word in denials:
            return following[place + 1 : place + 2] not in [
                [one] for one in words["softens"].split()
            ]
        if word not in between:
            return False
    return False


def _says_only_no(spoken: list[str], words: Words) -> bool:
    """Tell whether a message says no to what was just shown, in so many words, and no bare no."""
    rest = _core(spoken, words)
    said = " ".join(rest)
    if any(said == one or said.startswith(f"{one} ") for one in words["alone"].split(",")):
        return True
    if len(rest) < 2 or rest[0] not in words["pointing"].split():
        return False
    # "Dat wil ik niet delen" is of something else.
    return _no_follows(rest[1:], words) and split_words(words, "between", "denials", "ends").issuperset(
        rest[1:]
    )


def _core(spoken: Sequence[str], words: Words) -> list[str]:
    """Leave out the words at the beginning that say nothing."""
    rest = list(spoken)
    while rest and rest[0] in words["leading"].split():
        rest.pop(0)
    return rest


def _last_part(text: str) -> list[str]:
    """Give the words after the last sign: "genoeg dozen getild, dat wil ik niet meer"."""
    return fold(_SIGNS.split(text.strip(" .!,;"))[-1]).split()


