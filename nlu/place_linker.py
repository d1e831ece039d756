"""Rasa component: finds municipalities, villages, abolished municipalities and postcodes.

Many names of villages are also words ('Een', 'Winkel', 'Best'). Such a name counts only where the
words round it say that it is a place. A name of several regions stays as it is: the action asks.
"""

import re
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.load import shared_catalogue
from bot.catalogue.places import fold, without_suffix
from nlu.clauses import between_stops, clauses
from nlu.extractor import Entity, Extractor
from nlu.lexicon import folded_cues, words_in
from nlu.occupation_names import Spelling
from nlu.tokens import Span, Token, entity, tokenise, windows

LONGEST = 6
SHORT = 3
SURE_LENGTH = 5
LEADING_LENGTH = 6
TOWN_SCORE = 84.0
_POSTCODE = re.compile(
    r"(?<![\w.,€:/-])(?<!€ )([1-9]\d{3})(?: ?([A-Za-z]{2})(?!\w))?(?![\w:/]|[.,]\d|-\d)"
)
_NO_LETTERS = frozenset({"eu", "en", "is", "of", "in", "ik", "nu", "we", "op", "te", "pm", "km"})
_YEARS = range(1930, 2036)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PlaceLinker(Extractor):
    """Finds `place`; the value is the name as the catalogue writes it, or four digits."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._places = shared_catalogue(Path(config["catalogue"])).places
        self._cues = folded_cues(self.lexicon)
        self._words = words_in(self.lexicon) | {fold(word) for word in self.lexicon["dutch"]}
        towns = [
            name
            for name, rows in self._places.items()
            if any(row.kind == "municipality" for row in rows)
        ]
        self._spelling = Spelling(towns, least=SURE_LENGTH, score=TOWN_SCORE)

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the places that are named, without those that are denied or left."""
        tokens = tokenise(text)
        found = self._postcodes(text, tokens)
        spans = [span for span in self._spans(tokens) if self._is_place(text, tokens, span)]
        if not found and not spans:
            spans = self._misspelt(text, tokens)
        of_others = {
            place
            for part in clauses(text, tokens, self._cues)
            if not part.mine
            for place in range(part.first, part.last + 1)
        }
        kept = [
            span
            for span in spans
            if span.first not in of_others and not self._is_denied(tokens, span)
        ]
        for span in self._meant(text, tokens, kept):
            name = self._name(text, tokens, span)
            found.append(entity("place", name, tokens, span, type(self).__name__))
        return sorted(found, key=lambda item: item["start"])

    def _spans(self, tokens: list[Token]) -> list[Span]:
        taken: set[int] = set()
        spans = []
        for span in windows(tokens, LONGEST):
            places = set(range(span.first, span.last + 1))
            if span.phrase in self._cues["not_places"]:
                continue
            if span.phrase in self._places and not taken & places and not span.phrase.isdigit():
                taken |= places
                spans.append(span)
        return sorted(spans, key=lambda span: span.first)

    def _name(self, text: str, tokens: list[Token], span: Span) -> str:
        """Give the official name; without the mark of its province when it has several regions."""
        following = "".join(token.folded for token in tokens[span.last + 1 : span.last + 4])
        for said, mark in self.lexicon["cues"]["province_marks"].items():
            exact = self._places.get(f"{span.phrase} {mark}")
            if exact and following.removeprefix("in").startswith(said):
                return exact[0].name
        rows = self._places[span.phrase]
        if len({row.region for row in rows}) > 1:
            return without_suffix(rows[0].name)
        return next((row.name for row in rows if row.kind == "municipality"), rows[0].name)

    def _is_place(self, text: str, tokens: list[Token], span: Span) -> bool:
        """Tell whether a name is meant as a place, by its length, its capital and its neighbours."""
        first, last = between_stops(text, tokens, span.first, span.last)
        others = [
            token.folded
            for token in [*tokens[first : span.first], *tokens[span.last + 1 : last + 1]]
        ]
        alone = self._cues["filler"].issuperset(others) and len(others) <= SHORT
        before = [token.folded for token in tokens[max(first, span.first - SHORT) : span.first]]
        direct = before[-1:] != [] and before[-1] in self._cues["place_direct"]
        capital = tokens[span.first].raw[:1].isupper() and not (text.isupper() and others)
        if span.phrase in self._words or span.phrase in self._cues["place_words"]:
            home = not self._cues["place_home"].isdisjoint(before)
            return (direct and (capital or home)) or (alone and (capital or not others))
        town = any(row.kind in ("municipality", "abolished") for row in self._places[span.phrase])
        if town and len(span.phrase) >= SURE_LENGTH:
            return True
        said = not self._cues["place_before"].isdisjoint(before[-2:])
        leads = span.first == 0 and len(span.phrase) >= LEADING_LENGTH
        return said or alone or (capital and (span.first > 0 or leads))

    def _is_denied(self, tokens: list[Token], span: Span) -> bool:
        """'niet in Breda maar in Tilburg', 'Gent heb ik verlaten': not the place to look in."""
        near = [token.folded for token in tokens[max(0, span.first - 2) : span.first]]
        after = [token.folded for token in tokens[span.last + 1 : span.last + 4]]
        denied = not self._cues["negated_place"].isdisjoint(near) and "maar" not in near
        return denied or not self._cues["place_left"].isdisjoint(after)

    def _meant(self, text: str, tokens: list[Token], spans: list[Span]) -> list[Span]:
        """Of several places the one where the person lives; 'van Assen naar Hoogeveen': the last."""
        words = [token.folded for token in tokens]
        kept = []
        for span in spans:
            before = words[max(0, span.first - SHORT) : span.first]
            moved = before[-1:] == ["van"] and words[span.last + 1 : span.last + 2] == ["naar"]
            left = before[-2:-1] == ["woonde"] or before[-1:] == ["verlaat"]
            near = not self._cues["place_near"].isdisjoint(before)
            if self._is_school(text, tokens, span):
                continue
            if not (len(spans) > 1 and (moved or left or near)):
                kept.append(span)
        phrases = {span.phrase: span for span in reversed(kept)}
        return sorted(phrases.values(), key=lambda span: span.first)

    def _is_school(self, text: str, tokens: list[Token], span: Span) -> bool:
        """'universiteit Leiden', 'doctoraal geschiedenis in Groningen': where a person studied."""
        first, last = between_stops(text, tokens, span.first, span.last)
        words = {token.folded for token in tokens[first : last + 1]}
        return bool(words & self._cues["place_study"]) and not words & self._cues["place_home"]

    def _postcodes(self, text: str, tokens: list[Token]) -> list[Entity]:
        return [
            {
                "entity": "place",
                "value": match[1],
                "start": match.start(),
                "end": match.end(),
                "extractor": type(self).__name__,
            }
            for match in _POSTCODE.finditer(text)
            if match[1] in self._places and self._is_postcode(text, tokens, match)
        ]

    def _is_postcode(self, text: str, tokens: list[Token], match: re.Match[str]) -> bool:
        inside = [
            place
            for place, token in enumerate(tokens)
            if match.start() <= token.start < match.end()
        ]
        first, last = between_stops(text, tokens, inside[0], inside[-1])
        before = [token.folded for token in tokens[first : inside[0]]]
        after = [token.folded for token in tokens[inside[-1] + 1 : last + 1]]
        if not self._cues["postcode_before"].isdisjoint([*before[-SHORT:], *after[:2]]):
            return True
        if not self._cues["money"].isdisjoint([*before, *after]):
            return False
        if match[2] and match[2].lower() not in _NO_LETTERS:
            return True
        alone = self._cues["filler"].issuperset([*before, *after])
        said = before[-1:] == ["op"] or before[-2:] in (["in", "de"], ["in", "het"])
        at_home = bool(before[-1:]) and before[-1] in self._cues["place_direct"]
        return (alone or said or at_home) and (int(match[1]) not in _YEARS or not before)

    def _misspelt(self, text: str, tokens: list[Token]) -> list[Span]:
        for span in windows(tokens, 2):
            before = [token.folded for token in tokens[max(0, span.first - 2) : span.first]]
            said = not self._cues["place_before"].isdisjoint(before) or len(tokens) <= SHORT
            if not said or span.phrase in self._words or self._is_denied(tokens, span):
                continue
            name = self._spelling.nearest(span.phrase)
            if name:
                return [Span(name, span.first, span.last)]
        return []
