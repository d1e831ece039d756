"""Rasa component: situation, education, interests, what to avoid, wage need, routes, programmes.

Phrases come from the lexicon and from the catalogue's own names. A negation near a phrase drops it,
or turns it into something to avoid ("niet buiten"). What is said in words that do not stand together
("het contract loopt in mei af") comes from the lexicon's section `together`.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.load import shared_catalogue
from bot.catalogue.places import fold
from nlu.apart import Apart, said_apart
from nlu.corrections import mended
from nlu.denials import Denials
from nlu.diplomas import Diplomas, school_names
from nlu.extractor import Entity, Extractor
from nlu.lexicon import answer_cues, phrases_of, words_in
from nlu.likes import Likes
from nlu.occupation_names import Spelling
from nlu.sentence import Sentence, asks
from nlu.tokens import Span, Token, entity, known_spans, not_overlapping, tokenise

LONGEST = 7
# Characters: 'mts, timmeren' and 'lts voor timmeren' have the subject so near.
SUBJECT_REACH = 6
SHORT = 2
# Words as long and as near as this are the word itself with a typing error.
SPELT_LENGTH = 7
SPELT_SCORE = 86.0
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
        self._phrases["education"] = school_names(self.lexicon)
        self._cues = answer_cues(self.lexicon)
        self._words = words_in(self.lexicon) | {fold(word) for word in self.lexicon["dutch"]}
        spelt = {name for phrases in self._phrases.values() for name in phrases}
        self._spelling = Spelling(
            spelt - self._cues["weak_interest"], least=SPELT_LENGTH, score=SPELT_SCORE
        )
        alone = phrases_of(self.lexicon["cues"]["avoid_alone"])
        self._known = frozenset().union(alone, *self._phrases.values())
        self._weighed = frozenset().union(self._phrases["interest"], self._phrases["avoid"])
        self._likes = Likes(self._phrases["interest"], self._phrases["avoid"], alone, self._cues)
        order = list(self.lexicon["values"]["education"])
        self._diplomas = Diplomas(self._phrases["education"], order, self._cues)
        self._apart = {
            name: [Apart.of(item) for item in items]
            for name, items in self.lexicon["together"].items()
        }

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give everything that is said of the person in known phrases."""
        said = Sentence.of(text, self._cues, [self._spelt(token) for token in tokenise(text)])
        known = known_spans(said.tokens, self._known, LONGEST)
        starts = {span.first: span.last for span in not_overlapping(known, self._weighed)}
        questions = {last for _, last in said.stretches() if said.ends_in_question(last)}
        denials = Denials(
            said.words, said.bounds, self._cues["negation"], self._cues, questions, starts
        )
        found: list[tuple[str, str, Span]] = []
        for name, phrases in self._phrases.items():
            spans = not_overlapping(known, phrases)
            if name == "education":
                mine = [span for span in spans if span.first in said.own]
                found += self._education(said, mine, denials)
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

    def _spelt(self, token: Token) -> Token:
        """'reorginisatie', 'universtiteit': a long word that is nearly one of the lexicon."""
        word = token.folded
        if len(word) < SPELT_LENGTH or word in self._words:
            return token
        name = self._spelling.nearest(word) or word
        inflected = name.startswith(word) or word.startswith(name)
        return token if inflected else replace(token, folded=name)

    def _education(
        self, said: Sentence, spans: list[Span], denials: Denials
    ) -> list[tuple[str, str, Span]]:
        """Give what was learnt; not to know it goes before all, to have none after all."""
        told = [run for run in said.stretches() if not said.ends_in_question(run[1])]
        apart = self._said_apart("education", said, told)
        unsure = [item for item in apart if item[1] != "none"]
        had = [("education", *one) for one in self._diplomas.of(said, spans, denials)]
        return unsure[:1] or had or [item for item in apart if item[2].first in said.own][:1]

    def _entity(self, said: Sentence, name: str, value: str, span: Span) -> Entity:
        return entity(name, value, said.tokens, span, type(self).__name__)

    def _said_apart(
        self, name: str, said: Sentence, stretches: list[tuple[int, int]]
    ) -> list[tuple[str, str, Span]]:
        return [(name, *one) for one in said_apart(said.tokens, stretches, self._apart[name])]

    def _likes_and_limits(
        self, said: Sentence, known: list[Span], denials: Denials
    ) -> list[tuple[str, str, Span]]:
        found = [
            one
            for one in self._likes.of(said, known, denials)
            if one[2].first in said.own and not self._is_asked(said, one[2])
        ]
        mine = [(part.first, part.last) for part in said.parts if part.first in said.own]
        for kind in ("avoid", "interest"):
            for item in self._said_apart(kind, said, mine):
                if item[:2] not in [one[:2] for one in found]:
                    found.append(item)
        back = mended(said)
        return [one for one in found if one[2].first not in back]

    def _is_asked(self, said: Sentence, span: Span) -> bool:
        """'vind je dat ik goed met mensen ben?': what the bot is asked."""
        first, last = said.bounds[span.first]
        addressed = not self._cues["addressed"].isdisjoint(said.words[first : last + 1])
        return addressed and said.ends_in_question(last)

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
        found = [
            item
            for item in found
            if not (self._is_past(said, *item) or self._is_hoped(said, *item))
        ]
        found = [self._is_soon(said, *item) for item in found]
        lasting = [item for item in found if not self._is_coming(said, *item)]
        # 'ze gaan de boel sluiten': they who can are the employer
        firm = [
            (part.first, part.last)
            for part in said.parts
            if said.words[part.first] == "ze" and not said.ends_in_question(part.last)
        ]
        found += [
            item
            for item in self._said_apart("situation", said, firm)
            if item[1] == "at_risk" and item not in found
        ]
        back = mended(said)
        found = [item for item in found if item[2].first not in back]
        lasting = [item for item in lasting if item[2].first not in back]
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

    def _is_hoped(self, said: Sentence, _: str, value: str, span: Span) -> bool:
        """'ik wil graag een vast contract', 'kan ik zzp'er worden'."""
        part = next(part for part in said.parts if part.first <= span.first <= part.last)
        before = said.words[part.first : span.first]
        after = said.words[span.last + 1 : part.last + 1]
        return value in ("employed", "self_employed") and not (
            self._cues["hoped"].isdisjoint(before) and {"willen", "worden"}.isdisjoint(after[:2])
        )

    def _is_soon(self, said: Sentence, name: str, value: str, span: Span) -> tuple[str, str, Span]:
        """'straks zit ik in de ww', 'ik raak mijn baan kwijt': still at work, and at risk."""
        words = set(said.clause(span.first))
        soon = value == "ww" and words & self._cues["soon"] and not words & {"nu", "nog", "al"}
        return (name, "at_risk" if soon else value, span)

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
        back = mended(said)
        found = [item for item in found if item[2].first not in back]
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
