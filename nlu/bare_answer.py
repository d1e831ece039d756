"""Rasa component, last: a message that is only an answer ('Breda', '32 uur') informs."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.places import fold
from nlu.answers import INFORM, PLAIN, Answers
from nlu.extractor import Entity, Extractor
from nlu.lexicon import folded_cues
from nlu.scope_gate import DISTRESS, OTHER_LANGUAGE, likeliest_language
from nlu.tokens import tokenise

KINDS = PLAIN | {"occupation", "situation", "avoid"}
SURE = 0.97


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class BareAnswer(Extractor):
    """Sets the intent of bare answers, and the language of what is not Dutch."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._answers = Answers(folded_cues(self.lexicon))
        self._languages = {
            name: {fold(str(word)) for word in words}
            for name, words in self.lexicon["languages"].items()
        }

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the language as an entity; turn a bare answer's intent into inform, but never a crisis."""
        intent = message.get("intent") or {}
        found = message.get("entities", [])
        keeps = intent.get("name") == DISTRESS or self._is_question(intent, found)
        if not keeps and self._answers.are_all(text, found, KINDS):
            message.set("intent", {"name": INFORM, "confidence": 1.0}, add_to_output=True)
        elif intent.get("name") == OTHER_LANGUAGE:
            words = [token.folded for token in tokenise(text)]
            name = likeliest_language(text, words, self._languages)
            return [{"entity": "language", "value": name, "start": 0, "end": len(text)}]
        return []

    def _is_question(self, intent: dict[str, Any], entities: list[Entity]) -> bool:
        """'vacatures ict breda', 'salaris helpdesk': asked, though it may pass for what one does."""
        asked = str(intent.get("name")).startswith("ask_") and intent["confidence"] >= SURE
        return asked and any(item["entity"] == "occupation" for item in entities)
