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
from nlu.clauses import Clause, between_stops, clauses
from nlu.extractor import Entity, Extractor
from nlu.lexicon import folded_cues, phrases_of
from nlu.tokens import Span, Token, entity, find_phrases, tokenise

LONGEST = 7
NEGATION_REACH = 5
AFTER_REACH = 6
ABROAD_REACH = 5
# Characters: 'mts, timmeren' and 'lts voor timmeren' have the subject so near.
SUBJECT_REACH = 6
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
        self._cues = folded_cues(self.lexicon)
        self._negations = {fold(str(phrase)) for phrase in cues["negation"]}
        self._avoid_alone = phrases_of(cues["avoid_alone"])
        self._avoid_none = {fold(str(phrase)) for phrase in cues["avoid_none"]}

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give everything that is said of the person in known phrases."""
        tokens = tokenise(text)
        own = self._own_places(text, tokens)
        bounds = [between_stops(text, tokens, place, place) for place in range(len(tokens))]
        found: list[Entity] = []
        for name, phrases in self._phrases.items():
            if name not in ("interest", "avoid"):
                spans = find_phrases(tokens, phrases, LONGEST)
                if name in ONCE:
                    spans = [span for span in spans if span.first in own]
                found += self._plain(name, phrases, tokens, spans, bounds)
        schools = [item for item in found if item["entity"] == "education"]
        places = [item for item in message.get("entities", []) if item["entity"] == "place"]
        found += [
            item
            for item in self._likes_and_limits(tokens, own, bounds)
            if item["entity"] != "interest" or not _is_beside(item, schools, places)
        ]
        if (message.get("intent") or {}).get("name") == "what_if":
            found += self._accepted(tokens, bounds)
        return sorted(found, key=lambda item: (item["start"], item["entity"]))

    def _own_places(self, text: str, tokens: list[Token]) -> set[int]:
        """Give the tokens of clauses that tell of the person: not of others, and no questions."""
        return {
            place
            for part in clauses(text, tokens, self._cues)
            if part.mine and not self._asks(tokens, part)
            for place in range(part.first, part.last + 1)
        }

    def _asks(self, tokens: list[Token], part: Clause) -> bool:
        """'wat is mbo 4', 'moet ik havo hebben', 'is mavo genoeg': nothing that the person has."""
        words = [token.folded for token in tokens[part.first : part.last + 1]]
        if words[0] in self._cues["asks_own"] and not self._cues["required"].isdisjoint(words[1:]):
            return True
        return words[0] in self._cues["question_words"] and self._cues["self"].isdisjoint(words)

    def _plain(
        self,
        name: str,
        phrases: dict[str, str],
        tokens: list[Token],
        spans: list[Span],
        bounds: list[tuple[int, int]],
    ) -> list[Entity]:
        made = []
        for span in spans:
            value = phrases[span.phrase]
            starts_with_no = span.phrase.split()[0] in self._negations
            if (
                name in ONCE
                and not starts_with_no
                and self._is_denied(tokens, span, *bounds[span.last])
            ):
                continue
            if name == "education" and value != "none" and self._is_unfinished(tokens, span):
                continue
            made.append(entity(name, value, tokens, span, type(self).__name__))
        if name == "education":
            made += self._from_abroad(tokens)
        if name in ONCE and len(made) > 1:
            return [self._best(name, made)]
        return made

    def _is_unfinished(self, tokens: list[Token], span: Span) -> bool:
        following = " ".join(token.folded for token in tokens[span.last + 1 : span.last + 5])
        return any(following.startswith(words) for words in self._cues["unfinished"])

    def _from_abroad(self, tokens: list[Token]) -> list[Entity]:
        """A country, its people or a city there, and a word for school: a diploma of another country."""
        words = [token.folded for token in tokens]
        abroad = self._cues["countries"] | self._cues["foreign_cities"]
        lands = [place for place, word in enumerate(words) if word in abroad]
        schools = [place for place, word in enumerate(words) if word in self._cues["schooling"]]
        near = [
            (a, b)
            for a in lands
            for b in schools
            if b - a == 1 or (abs(a - b) <= ABROAD_REACH and words[a] not in self._cues["tongues"])
        ]
        if not near:
            return []
        first, last = min(min(pair) for pair in near), max(max(pair) for pair in near)
        return [entity("education", "foreign", tokens, Span("", first, last), type(self).__name__)]

    def _best(self, name: str, made: list[Entity]) -> Entity:
        """Of several diplomas the highest counts; of several situations the most particular."""
        order = list(self.lexicon["values"][name])
        if name == "situation":
            return min(made, key=lambda item: order.index(item["value"]))
        for special in ("unknown", "foreign"):
            for item in made:
                if item["value"] == special:
                    return item
        return max(made, key=lambda item: order.index(item["value"]))

    def _likes_and_limits(
        self, tokens: list[Token], own: set[int], bounds: list[tuple[int, int]]
    ) -> list[Entity]:
        likes, limits = self._phrases["interest"], self._phrases["avoid"]
        who, made, taken = type(self).__name__, [], set[int]()
        alone = find_phrases(tokens, self._avoid_alone, LONGEST)
        for span in alone:
            made.append(entity("avoid", self._avoid_alone[span.phrase], tokens, span, who))
            taken.update(range(span.first, span.last + 1))
        for span in find_phrases(tokens, limits, LONGEST):
            if self._is_denied(tokens, span, 0, bounds[span.last][1]) and taken.isdisjoint(
                range(span.first, span.last + 1)
            ):
                made.append(entity("avoid", limits[span.phrase], tokens, span, who))
                taken.update(range(span.first, span.last + 1))
        for span in find_phrases(tokens, likes, LONGEST):
            free = taken.isdisjoint(range(span.first, span.last + 1))
            free = free and not self._is_preposition(tokens, span)
            if free and not self._is_denied(tokens, span, 0, bounds[span.last][1]):
                made.append(entity("interest", likes[span.phrase], tokens, span, who))
        starts = {tokens[place].start for place in own}
        made = [item for item in made if item["start"] in starts]
        unique = {(item["entity"], item["value"]): item for item in reversed(made)}
        return list(unique.values())

    def _is_preposition(self, tokens: list[Token], span: Span) -> bool:
        """'buiten de stad', 'buiten mijn schuld': no liking for the open air."""
        following = {token.folded for token in tokens[span.last + 1 : span.last + 2]}
        determined = (self._cues["articles"] | self._cues["possessives"]) - {"zijn"}
        return span.phrase == "buiten" and not following.isdisjoint(determined)

    def _accepted(self, tokens: list[Token], bounds: list[tuple[int, int]]) -> list[Entity]:
        """Give the kinds of work that a supposition allows: "en als ik toch ook zwaar werk wil"."""
        limits = self._phrases["avoid"]
        return [
            entity("accept", limits[span.phrase], tokens, span, type(self).__name__)
            for span in find_phrases(tokens, limits, LONGEST)
            if not self._is_denied(tokens, span, 0, bounds[span.last][1])
        ]

    def _is_denied(self, tokens: list[Token], span: Span, start: int, end: int) -> bool:
        """Tell whether a negation reaches this phrase, near it between tokens `start` and `end`."""
        words = [token.folded for token in tokens[: end + 1]]
        first = max(start, span.first - NEGATION_REACH)
        said = " ".join(words[first : span.first])
        if any(f" {phrase} " in f" {said} " for phrase in self._cues["accepts"]):
            return False
        for place in range(span.first - 1, first - 1, -1):
            for size in (4, 3, 2, 1):
                if place - size + 1 >= 0 and (
                    " ".join(words[place - size + 1 : place + 1]) in self._negations
                ):
                    return True
            if words[place] == "dan" and "liever" in words[:place]:
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
        """'zwaar werk wil ik niet', 'op hoogte liever niet', 'nachten zijn niks voor mij'."""
        following = words[span.last + 1 : span.last + 1 + AFTER_REACH]
        for place, word in enumerate(following):
            if word in CLAUSE - {"wil", "en"}:
                return False
            rest = " ".join(following[place:])
            for denial in self._cues["denied_after"]:
                if f"{rest} ".startswith(f"{denial} ") and not rest.startswith("niet erg"):
                    return True
        return False


def _is_beside(item: Entity, schools: list[Entity], places: list[Entity]) -> bool:
    """'mts timmeren' is a school, 'Almere Buiten' a place: no interest."""
    return any(
        school["end"] <= item["start"] <= school["end"] + SUBJECT_REACH for school in schools
    ) or any(place["start"] <= item["start"] <= place["end"] + 1 for place in places)
