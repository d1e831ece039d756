"""Rasa component: situation, education, interests, what to avoid, wage need, routes, programmes.

Phrases come from the lexicon and from the catalogue's own names. A negation near a phrase drops it,
or turns it into something to avoid ("niet buiten"). What is said in words that do not stand together
("het contract loopt in mei af") comes from the lexicon's section `together`.
"""

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.load import shared_catalogue
from bot.catalogue.places import fold
from nlu.apart import Apart, said_apart
from nlu.denials import Denials
from nlu.diplomas import Diplomas
from nlu.extractor import Entity, Extractor
from nlu.lexicon import answer_cues, phrases_of
from nlu.likes import Likes
from nlu.sentence import Sentence, asks
from nlu.tokens import Span, entity, known_spans, not_overlapping, tokenise

LONGEST = 7
# Characters: 'mts, timmeren' and 'lts voor timmeren' have the subject so near.
SUBJECT_REACH = 6
SHORT = 2
# These say what is, so a past or a coming one does not count beside another.
PASSING = ("ww", "bijstand", "self_employed", "employed")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class KeywordExtractor(Extractor):
    """Finds what is said in known phrases."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        catalogue = shared_catalogue(Path(config["catalogue"]))
        self._phrases = {
            name: phrases_of(groups) for name, groups in self.lexicon["values"].items()
        }
        for name, items in (("route", catalogue.routes), ("programme", catalogue.topics)):
            self._phrases[name] = {
                fold(said): item.id for item in items.values() for said in (item.name, *item.names)
            }
        self._cues = answer_cues(self.lexicon)
        alone = phrases_of(self.lexicon["cues"]["avoid_alone"])
        self._known = frozenset().union(alone, *self._phrases.values())
        self._likes = Likes(self._phrases["interest"], self._phrases["avoid"], alone, self._cues)
        order = list(self.lexicon["values"]["education"])
        self._diplomas = Diplomas(self._phrases["education"], order, self._cues)
        self._apart = {
            name: [Apart.of(item) for item in items]
            for name, items in self.lexicon["together"].items()
        }

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give everything that is said of the person in known phrases."""
        said = Sentence.of(text, self._cues)
        denials = Denials(said.words, said.bounds, self._cues["negation"], self._cues)
        known = known_spans(said.tokens, self._known, LONGEST)
        found: list[tuple[str, str, Span]] = []
        for name, phrases in self._phrases.items():
            spans = not_overlapping(known, phrases)
            if name == "education":
                mine = [span for span in spans if span.first in said.own]
                unsure = self._said_apart(name, said, said.stretches())
                found += unsure[:1] or [
                    (name, *one) for one in self._diplomas.of(said, mine, denials)
                ]
            elif name == "situation":
                found += self._situation(said, spans, denials)
            elif name == "wage":
                found += self._wage_need(said, spans)
            elif name not in ("interest", "avoid"):
                found += [(name, phrases[span.phrase], span) for span in spans]
        made = [self._entity(said, *one) for one in found]
        schools = [item for item in made if item["entity"] == "education"]
        places = [item for item in message.get("entities", []) if item["entity"] == "place"]
        liked = self._likes_and_limits(said, known, denials)
        made += [
            item
            for item in (self._entity(said, *one) for one in liked)
            if item["entity"] != "interest" or not self._is_beside(text, item, schools, places)
        ]
        if (message.get("intent") or {}).get("name") == "what_if":
            made += [
                self._entity(said, "accept", self._phrases["avoid"][span.phrase], span)
                for span in not_overlapping(known, self._phrases["avoid"])
                if not denials.reaches(span)
            ]
        return sorted(made, key=lambda item: (item["start"], item["entity"]))

    def _entity(self, said: Sentence, name: str, value: str, span: Span) -> Entity:
        return entity(name, value, said.tokens, span, type(self).__name__)

    def _said_apart(
        self, name: str, said: Sentence, stretches: list[tuple[int, int]]
    ) -> list[tuple[str, str, Span]]:
        return [(name, *one) for one in said_apart(said.tokens, stretches, self._apart[name])]

    def _likes_and_limits(
        self, said: Sentence, known: list[Span], denials: Denials
    ) -> list[tuple[str, str, Span]]:
        found = [one for one in self._likes.of(said, known, denials) if one[2].first in said.own]
        if any(one[:2] == ("avoid", "heavy") for one in found):
            return found
        mine = [(part.first, part.last) for part in said.parts if part.first in said.own]
        return found + self._said_apart("avoid", said, mine)[:1]

    def _situation(
        self, said: Sentence, spans: list[Span], denials: Denials
    ) -> list[tuple[str, str, Span]]:
        """Give the most particular situation that is said, of today when several are."""
        # 'mijn baas is failliet' is about the person too
        parts = [
            part
            for part in said.parts
            if part.first in said.own
            or not self._cues["employers"].isdisjoint(said.words[part.first : part.last + 1])
        ]
        phrases = self._phrases["situation"]
        found = [
            ("situation", phrases[span.phrase], span)
            for span in spans
            if any(part.first <= span.first <= part.last for part in parts)
            and (
                denials.is_negation(span.first, span.first)
                or not (denials.reaches(span) or said.is_of_other(span.last))
            )
        ]
        told = [(part.first, part.last) for part in parts if not said.ends_in_question(part.last)]
        found += self._said_apart("situation", said, told)
        found = [item for item in found if not self._is_past(said, *item)]
        lasting = [item for item in found if not self._is_coming(said, *item)]
        order = list(self.lexicon["values"]["situation"])
        best = min(lasting or found, key=lambda item: order.index(item[1]), default=None)
        return [best] if best else []

    def _is_past(self, said: Sentence, _: str, value: str, span: Span) -> bool:
        """'ik had een eigen zaak', 'ik heb in de ww gezeten'."""
        words = said.clause(span.first)
        return (
            value in PASSING
            and not self._cues["past"].isdisjoint(words)
            and self._cues["present"].isdisjoint(words)
        )

    def _is_coming(self, said: Sentence, _: str, value: str, span: Span) -> bool:
        """'en dan moet ik de ww in'."""
        words = said.clause(span.first)
        return value in ("ww", "bijstand") and not self._cues["coming"].isdisjoint(words)

    def _wage_need(self, said: Sentence, spans: list[Span]) -> list[tuple[str, str, Span]]:
        """Give whether a wage is needed; who says not to need it, says so more clearly."""
        told = [
            (first, last)
            for first, last in said.stretches()
            if not said.ends_in_question(last)
            and said.words[first] not in self._cues["question_words"]
            and not asks(said.words[first : last + 1], self._cues)
        ]
        phrases = self._phrases["wage"]
        found = [
            ("wage", phrases[span.phrase], span)
            for span in spans
            if any(first <= span.first <= last for first, last in told)
        ]
        found += self._said_apart("wage", said, told)
        for value in ("not_needed", "needed"):
            for item in found:
                if item[1] == value:
                    return [item]
        return []

    def _is_beside(
        self, text: str, item: Entity, schools: list[Entity], places: list[Entity]
    ) -> bool:
        """'mts timmeren' and 'lts gedaan, timmeren' are schools, 'Almere Buiten' a place."""
        for school in schools:
            between = tokenise(text[school["end"] : item["start"]])
            near = school["end"] <= item["start"] <= school["end"] + SUBJECT_REACH
            done = len(between) <= SHORT and any(
                one.folded in self._cues["finished"] for one in between
            )
            if near or (school["end"] <= item["start"] and done):
                return True
        return any(place["start"] <= item["start"] <= place["end"] + 1 for place in places)
