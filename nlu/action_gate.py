"""Rasa component, last: says whether the dialogue may act on the intent, or must ask back.

Rasa's own FallbackClassifier has one threshold for all; a crisis must be acted on sooner.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from nlu.scope_gate import FALLBACK


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class ActionGate(GraphComponent):
    """Puts `nlu_fallback` before an intent that is less sure than its gate."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the settings: `gate` for every intent, `own` for those with a gate of their own."""
        return {"gate": 0.8, "own": {}}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ActionGate":
        """Make the component, as Rasa asks."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        self._gate: float = config["gate"]
        self._own: dict[str, float] = config["own"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent` to what the dialogue must follow; the ranking begins with it."""
        for message in messages:
            intent = message.get("intent")
            others = [
                one for one in message.get("intent_ranking") if one["name"] != intent["name"]
            ]
            ranking = [intent, *others]
            if intent["confidence"] < self._own.get(intent["name"], self._gate):
                ranking.insert(0, {"name": FALLBACK, "confidence": 1.0 - intent["confidence"]})
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
