"""Rasa component: links everyday words for work to the occupations of the catalogue.

Exact name, then plural and gender forms, then typing errors (rapidfuzz). What a person is or was
is `occupation`; what a person wants to be or asks about is `target_occupation`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.forms import plainer
from bot.catalogue.load import load_catalogue
from bot.catalogue.model import Catalogue
from bot.catalogue.places import fold
from nlu.extractor import Entity, Extractor
from nlu.tokens import Span, Token, entity, tokenise, windows

LONGEST = 6
FUZZY_LEAST = 6
FUZZY_SCORE = 88.0
BEFORE = 6


@dataclass(frozen=True, slots=True)
class Names:
    """Folded name -> ids, of one kind of occupation."""

    by_name: dict[str, tuple[str, ...]]

    def find(self, phrase: str) -> tuple[str, ...]:
        """Give the ids of a phrase or of one of its plainer forms."""
        if phrase in self.by_name:
            return self.by_name[phrase]
        for plain in plainer(phrase):
            if plain in self.by_name:
                return self.by_name[plain]
        return ()


def names_of(occupations: dict[str, Any]) -> Names:
    """Give the names of occupations, their own name too."""
    found: dict[str, list[str]] = {}
    for item in occupations.values():
        for name in {item.name, *item.names, item.id.replace("_", " ")}:
            ids = found.setdefault(fold(name), [])
            if item.id not in ids:
                ids.append(item.id)
    return Names({name: tuple(ids) for name, ids in found.items() if name})


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class OccupationLinker(Extractor):
    """Finds `occupation` and `target_occupation`."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        catalogue: Catalogue = load_catalogue(Path(config["catalogue"]))
        self._origins = names_of(dict(catalogue.origins))
        self._targets = names_of(dict(catalogue.targets))
        cues = self.lexicon["cues"]
        self._wished = {fold(str(word)) for word in cues["target"]}
        self._current = {fold(str(word)) for word in cues["current"]}
        self._weak = {fold(str(word)) for word in cues["occupation_weak"]}
        self._all = sorted(
            name
            for name in {*self._origins.by_name, *self._targets.by_name}
            if len(name) >= FUZZY_LEAST
        )
        self._ask = set(cues["occupation_intents"])

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the occupations that are named."""
        tokens = tokenise(text)
        found: list[Entity] = []
        taken: set[int] = set()
        for span in windows(tokens, LONGEST):
            places = set(range(span.first, span.last + 1))
            if taken & places:
                continue
            linked = self._link(tokens, span, message)
            if linked:
                taken |= places
                found.append(linked)
        if not found:
            found = self._with_typing_errors(tokens, message)
        return sorted(found, key=lambda item: item["start"])

    def _link(self, tokens: list[Token], span: Span, message: Message) -> Entity | None:
        origins, targets = self._origins.find(span.phrase), self._targets.find(span.phrase)
        if not origins and not targets:
            return None
        if span.phrase in self._weak and not self._says_work(tokens, span):
            return None
        return self._entity(tokens, span, origins, targets, message)

    def _entity(
        self,
        tokens: list[Token],
        span: Span,
        origins: tuple[str, ...],
        targets: tuple[str, ...],
        message: Message,
    ) -> Entity:
        wished = self._is_wished(tokens, span, message)
        ids = (targets or origins) if wished else (origins or targets)
        name = "target_occupation" if wished else "occupation"
        made = entity(name, ids[0], tokens, span, type(self).__name__)
        if len(ids) > 1:
            made["alternatives"] = list(ids[:5])
        return made

    def _is_wished(self, tokens: list[Token], span: Span, message: Message) -> bool:
        """Tell whether the person wants it or asks about it, by the nearest word that says so."""
        after = tokens[span.last + 1 : span.last + 4]
        if any(token.folded == "worden" for token in after):
            return True
        for token in reversed(tokens[max(0, span.first - BEFORE) : span.first]):
            if token.folded in self._wished and token.folded not in self._current:
                return True
            if token.folded in self._current and token.folded != "als":
                return False
        intent = (message.get("intent") or {}).get("name")
        return intent in self._ask

    def _says_work(self, tokens: list[Token], span: Span) -> bool:
        """A word with other meanings counts only near 'ik werk', 'als' and the like, or alone."""
        if len(tokens) <= span.last - span.first + 3:
            return True
        near = tokens[max(0, span.first - BEFORE) : span.last + 3]
        return any(token.folded in self._current | self._wished for token in near)

    def _with_typing_errors(self, tokens: list[Token], message: Message) -> list[Entity]:
        best: tuple[float, Span, str] | None = None
        for span in windows(tokens, 3):
            if len(span.phrase) < FUZZY_LEAST or len(span.phrase) > 40:
                continue
            hit = process.extractOne(
                span.phrase, self._all, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE
            )
            if hit and hit[0][:1] == span.phrase[:1] and (best is None or hit[1] > best[0]):
                best = (hit[1], span, hit[0])
        if best is None:
            return []
        _, span, name = best
        origins, targets = self._origins.find(name), self._targets.find(name)
        if name in self._weak and not self._says_work(tokens, span):
            return []
        return [self._entity(tokens, span, origins, targets, message)]
