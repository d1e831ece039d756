"""Rasa component: situation, education, interests, what to avoid, wage need, routes, programmes.

Phrases come from the lexicon and from the catalogue's own names. A negation near a phrase drops it,
or turns it into something to avoid ("niet buiten"). What is said in words that do not stand together
("het contract loopt in mei af") comes from the lexicon's section `together`.
"""

from dataclasses import replace
from itertools import pairwise
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
from nlu.situations import Situations
from nlu.tokens import Span, Token, entity, known_spans, not_overlapping, tokenise

LONGEST = 7
# Characters: 'mts, timmeren' and 'lts voor timmeren' have the subject so near.
SUBJECT_REACH = 6
SHORT = 2
# 'mts, timmeren' names what was learnt; so many parts are a list.
LIST = 3
# What the situation may be of who was dismissed: to be asked.
# Words as long and as near as this are the word itself with a typing error.
SPELT_LENGTH = 7
SPELT_SCORE = 86.0


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
                " ".join(token.folded for token in tokenise(said)): item.id
                for item in items.values()
                for said in (item.name, *item.names)
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
        self._situations = Situations(
            self._phrases["situation"],
            list(self.lexicon["values"]["situation"]),
            self._apart["situation"],
            self._cues,
        )

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give everything that is said of the person in known phrases."""
        said = Sentence.of(text, self._cues, [self._spelt(token) for token in self.tokens(text)])
        known = known_spans(said.tokens, self._known, LONGEST)
        starts = {span.first: span.last for span in not_overlapping(known, self._weighed)}
        questions = {last for _, last in said.stretches() if said.ends_in_question(last)}
        denials = Denials(
            said.words, said.bounds, self._cues["negation"], self._cues, questions, starts
        )
        supposes = (message.get("intent") or {}).get("name") == "what_if"
        found: list[tuple[str, str, Span]] = []
        for name, phrases in self._phrases.items():
            spans = not_overlapping(known, phrases)
            if name == "education":
                mine = [span for span in spans if span.first in said.own]
                found += self._education(said, mine, denials)
            elif name == "situation":
                found += [(name, *one) for one in self._situations.of(said, spans, denials)]
            elif name == "wage":
                found += self._wage_need(said, spans, supposes=supposes)
            elif name not in ("interest", "avoid"):
                found += [(name, phrases[span.phrase], span) for span in spans]
        made = [self._entity(said, *one) for one in found]
        for item, (name, value, span) in zip(made, found, strict=True):
            if name == "situation" and (
                others := self._situations.alternatives(said, value, span)
            ):
                item["alternatives"] = list(others)
        schools = [item for item in made if item["entity"] == "education"]
        places = [item for item in message.get("entities", []) if item["entity"] == "place"]
        liked = self._likes_and_limits(said, known, denials)
        made += [
            item
            for item in (self._entity(said, *one) for one in liked)
            if item["entity"] != "interest"
            or self._is_said_liked(said, item)
            or self._is_of_list(said, item)
            or not self._is_beside(text, item, schools, places)
        ]
        if supposes:
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

    def _wage_need(
        self, said: Sentence, spans: list[Span], *, supposes: bool
    ) -> list[tuple[str, str, Span]]:
        """Give whether a wage is needed; who says not to need it, says so more clearly.

        `supposes`: "wat als ik geen loon nodig heb?" has the form of a question and means it.
        """
        told = [run for run in said.stretches() if supposes or self._tells_of_wage(said, *run)]
        # 'een vergoeding is prettig, maar nodig is het niet' is one statement
        joined = [
            (before[0], after[1])
            for before, after in pairwise(told)
            if before[1] + 1 == after[0] and said.words[after[0]] == "maar"
        ]
        phrases = self._phrases["wage"]
        found = [
            ("wage", phrases[span.phrase], span)
            for span in spans
            if any(first <= span.first <= last for first, last in told)
        ]
        found += self._said_apart("wage", said, [*told, *joined])
        back = mended(said)
        # 'mijn buurvrouw kreeg doorbetaald' is her need, 'mijn man verdient genoeg' mine
        found = [
            item
            for item in found
            if item[2].first not in back and not self._is_anothers(said, *item[1:])
        ]
        for value in ("not_needed", "needed"):
            for item in found:
                if item[1] == value:
                    return [item]
        return []

    def _is_anothers(self, said: Sentence, value: str, span: Span) -> bool:
        """Tell whether a need is in a clause about somebody else; 'mijn man verdient genoeg' is mine."""
        if span.first not in said.others or span.last not in said.others:
            return False
        clause = said.clause(span.first)
        if clause[0] in self._cues["urging"]:
            return True  # 'mijn vrouw vindt dat ik best zonder loon kan'
        provides = "zonder" not in clause and not self._cues["partners"].isdisjoint(said.words)
        alone = self._cues["self"].isdisjoint(clause)
        return alone and (value == "needed" or not provides)

    def _tells_of_wage(self, said: Sentence, first: int, last: int) -> bool:
        """Tell whether a stretch is no question and no doubt: 'weet niet of ik loon nodig heb'."""
        words = said.words[first : last + 1]
        if said.ends_in_question(last):
            return False
        if any(f" {one} " in f" {' '.join(words)} " for one in self._cues["wage_unsure"]):
            return False
        # 'moet mijn huur betalen dus ja, loon nodig', 'wie betaalt anders mijn huur'
        if not self._cues["tells_though"].isdisjoint(words):
            return True
        return not (words[0] in self._cues["question_words"] or asks(words, self._cues))

    def _is_said_liked(self, said: Sentence, item: Entity) -> bool:
        """'havo, computers leuk': a liking of its own, whatever stands before it."""
        place = next(at for at, one in enumerate(said.tokens) if one.end >= item["end"])
        first, last = said.bounds[place]
        return not self._cues["liking"].isdisjoint(said.words[first : last + 1])

    def _is_of_list(self, said: Sentence, item: Entity) -> bool:
        """'kapper in Almere, heb werk, mbo 3, machines': of a list each part answers a question."""
        parts = said.stretches()
        words = next(
            said.words[first : last + 1]
            for first, last in parts
            if said.tokens[last].end >= item["end"]
        )
        named = {token.folded for token in tokenise(said.text[item["start"] : item["end"]])}
        return len(parts) >= LIST and self._cues["filler"].issuperset(set(words) - named)

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
