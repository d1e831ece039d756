"""Rasa component: situation, education, interests, what to avoid, wage need, routes, programmes.

Phrases come from the lexicon and from the catalogue's own names. A negation just before a phrase
drops it, or turns an interest into something to avoid ("niet buiten").
"""

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.load import shared_catalogue
from bot.catalogue.places import fold
from nlu.extractor import Entity, Extractor
from nlu.lexicon import phrases_of
from nlu.tokens import Span, Token, entity, find_phrases, tokenise

LONGEST = 7
NEGATION_REACH = 4
ONCE = ("situation", "education")
# Words that end the reach of a negation: a new clause begins.
CLAUSE = frozenset({"maar", "wel", "en", "want", "dus", "omdat", "wil"})


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class KeywordExtractor(Extractor):
    """Finds what is said in known phrases."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        catalogue = shared_catalogue(Path(config["catalogue"]))
        self._phrases = {
            name: phrases_of(groups) for name, groups in self.lexicon["values"].items()
        }
        self._phrases["route"] = {
            fold(name): item.id
            for item in catalogue.routes.values()
            for name in (item.name, *item.names)
        }
        self._phrases["programme"] = {
            fold(name): item.id
            for item in catalogue.topics.values()
            for name in (item.name, *item.names)
        }
        cues = self.lexicon["cues"]
        self._negations = {fold(str(phrase)) for phrase in cues["negation"]}
        self._avoid_alone = phrases_of(cues["avoid_alone"])
        self._avoid_none = {fold(str(phrase)) for phrase in cues["avoid_none"]}

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give everything that is said in known phrases."""
        tokens = tokenise(text)
        found: list[Entity] = []
        for name, phrases in self._phrases.items():
            spans = find_phrases(tokens, phrases, LONGEST)
            if name in ("interest", "avoid"):
                continue
            found += self._plain(name, phrases, tokens, spans)
        found += self._likes_and_limits(tokens)
        if (message.get("intent") or {}).get("name") == "what_if":
            found += self._accepted(tokens)
        return sorted(found, key=lambda item: (item["start"], item["entity"]))

    def _plain(
        self, name: str, phrases: dict[str, str], tokens: list[Token], spans: list[Span]
    ) -> list[Entity]:
        made = []
        for span in spans:
            value = phrases[span.phrase]
            starts_with_no = span.phrase.split()[0] in self._negations
            if name in ONCE and not starts_with_no and self._is_denied(tokens, span):
                continue
            made.append(entity(name, value, tokens, span, type(self).__name__))
        if name in ONCE and len(made) > 1:
            return [self._best(name, made)]
        return made

    def _best(self, name: str, made: list[Entity]) -> Entity:
        """Of several diplomas the highest counts; of several situations the most particular."""
        order = list(self.lexicon["values"][name])
        if name == "education":
            ranked = [item for item in order if item not in ("foreign", "unknown")]
            return max(
                made,
                key=lambda item: ranked.index(item["value"]) if item["value"] in ranked else 99,
            )
        return min(made, key=lambda item: order.index(item["value"]))

    def _likes_and_limits(self, tokens: list[Token]) -> list[Entity]:
        likes, limits = self._phrases["interest"], self._phrases["avoid"]
        who, made, taken = type(self).__name__, [], set[int]()
        alone = find_phrases(tokens, self._avoid_alone, LONGEST)
        for span in alone:
            made.append(entity("avoid", self._avoid_alone[span.phrase], tokens, span, who))
            taken.update(range(span.first, span.last + 1))
        for span in find_phrases(tokens, limits, LONGEST):
            if self._is_denied(tokens, span) and taken.isdisjoint(
                range(span.first, span.last + 1)
            ):
                made.append(entity("avoid", limits[span.phrase], tokens, span, who))
                taken.update(range(span.first, span.last + 1))
        for span in find_phrases(tokens, likes, LONGEST):
            free = taken.isdisjoint(range(span.first, span.last + 1))
            if free and not self._is_denied(tokens, span):
                made.append(entity("interest", likes[span.phrase], tokens, span, who))
        unique = {(item["entity"], item["value"]): item for item in reversed(made)}
        return list(unique.values())

    def _accepted(self, tokens: list[Token]) -> list[Entity]:
        """Give the kinds of work that a supposition allows: "en als ik toch ook zwaar werk wil"."""
        limits = self._phrases["avoid"]
        return [
            entity("accept", limits[span.phrase], tokens, span, type(self).__name__)
            for span in find_phrases(tokens, limits, LONGEST)
            if not self._is_denied(tokens, span)
        ]

    def _is_denied(self, tokens: list[Token], span: Span) -> bool:
        """Tell whether a negation reaches this phrase: near before it, in the same clause."""
        words = [token.folded for token in tokens]
        first = max(0, span.first - NEGATION_REACH)
        for place in range(span.first - 1, first - 1, -1):
            for size in (4, 3, 2, 1):
                if place - size + 1 >= 0 and (
                    " ".join(words[place - size + 1 : place + 1]) in self._negations
                ):
                    return True
            if words[place] in CLAUSE and not self._joins_denied(words, place, first):
                return False
        return self._is_denied_after(words, span)

    def _joins_denied(self, words: list[str], place: int, first: int) -> bool:
        """'geen zwaar werk en nachten': the no reaches over 'en', not over 'maar'."""
        return (
            words[place] == "en"
            and any(
                " ".join(words[start:end]) in self._negations
                for start in range(max(0, first - 2), place)
                for end in range(start + 1, place + 1)
            )
            and not CLAUSE - {"en"} & set(words[first:place])
        )

    def _is_denied_after(self, words: list[str], span: Span) -> bool:
        """'zwaar werk wil ik niet', 'op hoogte liever niet'."""
        following = words[span.last + 1 : span.last + 5]
        for place, word in enumerate(following):
            if word in CLAUSE - {"wil", "en"}:
                return False
            if word == "niet" and (place + 1 == len(following) or following[place + 1] != "erg"):
                return True
        return False
