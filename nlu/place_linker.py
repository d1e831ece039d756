"""Rasa component: finds municipalities, villages, abolished municipalities and postcodes."""

import re
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.load import shared_catalogue
from bot.catalogue.places import fold
from nlu.extractor import Entity, Extractor
from nlu.tokens import Span, Token, entity, tokenise, windows

LONGEST = 5
BARE = 3
SURE_LENGTH = 5
FUZZY_LEAST = 5
FUZZY_SCORE = 84.0
_POSTCODE = re.compile(r"(?<![\d.,€])([1-9]\d{3}) ?([A-Za-z]{2})?(?![\w])")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PlaceLinker(Extractor):
    """Finds `place`; the value is the name as the catalogue writes it, or four digits."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._places = shared_catalogue(Path(config["catalogue"])).places
        cues = self.lexicon["cues"]
        self._before = {fold(str(word)) for word in cues["place_before"]}
        self._words = {fold(str(word)) for word in cues["place_words"]}
        self._negations = {fold(str(word)) for word in cues["negated_place"]}
        self._towns = sorted(
            name
            for name, rows in self._places.items()
            if len(name) >= FUZZY_LEAST and any(row.kind == "municipality" for row in rows)
        )

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the places that are named, without those that are denied."""
        tokens = tokenise(text)
        found = self._postcodes(text, tokens)
        taken: set[int] = set()
        for span in windows(tokens, LONGEST):
            places = set(range(span.first, span.last + 1))
            if taken & places or span.phrase not in self._places or span.phrase.isdigit():
                continue
            if self._is_place(tokens, span):
                taken |= places
                if not self._is_denied(tokens, span):
                    name = self._name(span.phrase)
                    found.append(entity("place", name, tokens, span, type(self).__name__))
        if not found:
            found = self._with_typing_errors(tokens)
        return sorted(found, key=lambda item: item["start"])

    def _name(self, phrase: str) -> str:
        rows = self._places[phrase]
        return next((row.name for row in rows if row.kind == "municipality"), rows[0].name)

    def _is_place(self, tokens: list[Token], span: Span) -> bool:
        """A name that is also a word needs a word before it that says place, or to stand alone."""
        bare = len(tokens) <= span.last - span.first + BARE - 1
        said = self._is_said(tokens, span)
        if span.phrase in self._words:
            raw = tokens[span.first].raw
            return (
                said
                and (raw[:1].isupper() or len(span.phrase) > 3)
                or (len(tokens) == span.last - span.first + 1)
            )
        town = any(row.kind in ("municipality", "abolished") for row in self._places[span.phrase])
        if town and len(span.phrase) >= SURE_LENGTH:
            return True
        capital = span.first > 0 and tokens[span.first].raw[:1].isupper()
        return said or bare or capital

    def _is_said(self, tokens: list[Token], span: Span) -> bool:
        near = tokens[max(0, span.first - 2) : span.first]
        return any(token.folded in self._before for token in near)

    def _is_denied(self, tokens: list[Token], span: Span) -> bool:
        near = tokens[max(0, span.first - 2) : span.first]
        denied = [token.folded in self._negations for token in near]
        # "niet in Breda maar in Tilburg": the no belongs to the first name only.
        return any(denied) and not any(token.folded == "maar" for token in near)

    def _postcodes(self, text: str, tokens: list[Token]) -> list[Entity]:
        found = []
        for match in _POSTCODE.finditer(text):
            if match[1] not in self._places:
                continue
            alone = len(tokens) <= 2
            before = fold(text[: match.start()]).split()[-2:]
            named = any(word.startswith("postcode") or word in self._before for word in before)
            letters = match[2] is not None and match[2].lower() not in ("eu", "en", "is", "of")
            if letters or alone or (named and match[1][:2] != "20" or "postcode" in before):
                found.append(
                    {
                        "entity": "place",
                        "value": match[1],
                        "start": match.start(),
                        "end": match.end(),
                        "extractor": type(self).__name__,
                    }
                )
        return found

    def _with_typing_errors(self, tokens: list[Token]) -> list[Entity]:
        for span in windows(tokens, 2):
            said = self._is_said(tokens, span) or len(tokens) == 1
            if not said or len(span.phrase) < FUZZY_LEAST or self._is_denied(tokens, span):
                continue
            hit = process.extractOne(
                span.phrase, self._towns, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE
            )
            if hit and hit[0][0] == span.phrase[0]:
                name = self._name(hit[0])
                return [entity("place", name, tokens, span, type(self).__name__)]
        return []
