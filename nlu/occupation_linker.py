"""Rasa component: links everyday words for work to the occupations of the catalogue.

Names first: exact, then another form or a typing error, then ESCO's names if they are loaded. A
message that names nothing goes to a model that was trained on what people say they do all day. What
a person is or was is `occupation`; what a person wants to be or asks about is `target_occupation`.
An entity whose occupation is not certain has `alternatives`, best first, to be asked; one that the
model found has its `ranking`; technical work is `bare` if no word says whether it is done or wished.
"""

import logging
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.catalogue.load import shared_catalogue
from bot.errors import ModelError
from nlu.answers import INFORM, Answers
from nlu.catalogue_names import NAMED
from nlu.cleaning import clean
from nlu.embedding import embed, is_available
from nlu.extractor import Entity, Extractor
from nlu.fingerprint import fingerprint
from nlu.lexicon import folded_cues
from nlu.occupation_finder import Found, OccupationFinder
from nlu.occupation_model import TARGET, OccupationModel
from nlu.tokens import tokenise
from nlu.vectors import KeptVectors
from nlu.word_file import read_sections
from nlu.work_gate import NONE

log = logging.getLogger(__name__)

ARRAYS = "occupations.npz"
ALTERNATIVES = 5
OWN_WORK = "self_employed"
"""The one situation whose words tell of the work too."""
MOST_OF_NONE = 12
"""Words of a sentence of another intent that is learnt as no work: a longer one often tells of it too."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class OccupationLinker(Extractor):
    """Finds `occupation` and `target_occupation`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give where the words are.

        `phrases`: what people say of each occupation; `embedding`: False trains on counts alone;
        `sure`: an intent above it that tells nothing of oneself leaves names alone to be found.
        """
        return {
            **Extractor.get_default_config(),
            "phrases": "data/nlu_occupations.yml",
            "embedding": True,
            "sure": 0.85,
            "vectors": "data/nlu_occupation_vectors.npz",
            "intent_vectors": "data/nlu_vectors.npz",
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Give what must be installed."""
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Give a digest of what is learnt from and by: when it changes, Rasa trains anew."""
        settings = {**cls.get_default_config(), **config}
        files = [*sorted((Path(settings["catalogue"]) / "occupations").glob("*.yml"))]
        files += [Path(settings["phrases"]), Path(settings["lexicon"])]
        return fingerprint(files)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage | None = None,
        resource: Resource | None = None,
    ) -> None:
        super().__init__(config)
        self._storage = model_storage
        self._resource = resource
        self._catalogue = shared_catalogue(Path(config["catalogue"]))
        self._finder = OccupationFinder(self._catalogue, self.lexicon["cues"], embed)
        self._answers = Answers(folded_cues(self.lexicon))
        self._asking = set(self.lexicon["cues"]["occupation_intents"])
        self._liking = set(self.lexicon["cues"]["liking_intents"])
        self._telling = set(self.lexicon["cues"]["telling_intents"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "OccupationLinker":
        """Make an untrained component, as Rasa asks."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on names and phrases; sentences of other intents that name no work are no work."""
        texts, labels = self._examples()
        about_work = set(self.lexicon["cues"]["work_intents"])
        for example in training_data.intent_examples:
            text = clean(example.get("text"))
            if example.get("intent") in about_work or len(text.split()) > MOST_OF_NONE:
                continue
            if not self._finder.mentions(text):
                texts.append(text)
                labels.append(NONE)
        towns = (
            name for region in self._catalogue.regions.values() for name in region.municipalities
        )
        texts += [f"{self.lexicon['cues']['works_in']} {town}" for town in towns]
        values = self.lexicon["values"]
        for value, phrases in (values["education"] | values["situation"]).items():
            if value != OWN_WORK:
                texts += map(str, phrases)
        labels += [NONE] * (len(texts) - len(labels))
        texts = [clean(text) for text in texts]
        self._finder.model = OccupationModel.fit(texts, labels, self._vectors(texts))
        self._persist()
        return self._resource  # type: ignore[return-value]

    def _vectors(self, texts: list[str]) -> np.ndarray | None:
        """Give the sentence vectors, those of intents from their own file; None without the embedding."""
        if not self.config["embedding"] or not is_available():
            return None
        kept = KeptVectors(Path(self.config["vectors"]), Path(self.config["intent_vectors"]))
        dense = kept.of(texts)
        if kept.computed:
            log.info("vectors_computed number=%d", kept.computed)
            kept.keep(texts)
        return dense

    def _examples(self) -> tuple[list[str], list[str]]:
        said = read_sections(Path(self.config["phrases"]), ("none", "origins", "targets"))
        texts, labels = list(said["none"]), [NONE] * len(said["none"])
        kinds = (
            ("", "origins", self._catalogue.origins.values()),
            (TARGET, "targets", self._catalogue.targets.values()),
        )
        for prefix, section, occupations in kinds:
            for item in occupations:
                own = [item.name, *item.names, *said[section].get(item.id, ())]
                texts += own
                labels += [prefix + item.id] * len(own)
        return texts, labels

    def _persist(self) -> None:
        if self._storage is None or self._resource is None or self._finder.model is None:
            return
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / ARRAYS, **self._finder.model.to_arrays())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "OccupationLinker":
        """Load a trained component; a model from before the linker was trained has names alone.

        Raises:
            ModelError: the model knows an occupation that the catalogue does not have, or was trained by
                an older version.
        """
        component = cls(config, model_storage, resource)
        try:
            with (
                model_storage.read_from(resource) as folder,
                np.load(folder / ARRAYS, allow_pickle=False) as arrays,
            ):
                component._finder.model = OccupationModel.from_arrays(dict(arrays))
        except ValueError:  # Rasa's storage: there is no such resource
            log.warning("occupation_model_missing: only names are linked; train again")
            return component
        except KeyError as error:
            raise ModelError(
                f"het model is van een oudere versie (geen {error}): train opnieuw"
            ) from error
        known = {*component._catalogue.origins, *component._catalogue.targets, NONE}
        unknown = {label.removeprefix(TARGET) for label in component._finder.model.labels} - known
        if unknown:
            raise ModelError(
                f"het model kent beroepen die niet in de catalogus staan "
                f"({', '.join(sorted(unknown)[:3])}): train opnieuw"
            )
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the data on: nothing later in the pipeline learns from this component."""
        return training_data

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the occupations that are named or described."""
        if message.get(NAMED) not in (None, INFORM):
            return []
        intent = message.get("intent") or {}
        asking = intent.get("name") in self._asking
        found = self._finder.find(
            text,
            asking=asking,
            telling=self._is_telling(intent)
            and not self._answers.are_all(text, message.get("entities", [])),
            liking=self._is_sure(intent) and intent["name"] in self._liking,
        )
        return [self._entity(text, item) for item in sorted(found, key=lambda item: item.first)]

    def _is_telling(self, intent: dict[str, Any]) -> bool:
        """Tell whether a message of this intent may describe work; only a sure intent says no."""
        return not self._is_sure(intent) or intent["name"] in self._telling

    def _is_sure(self, intent: dict[str, Any]) -> bool:
        return bool(intent.get("confidence", 0.0) >= self.config["sure"])

    def _entity(self, text: str, found: Found) -> Entity:
        tokens = tokenise(text)
        made: Entity = {
            "entity": "target_occupation" if found.wished else "occupation",
            "value": found.ids[0],
            "start": tokens[found.first].start,
            "end": tokens[found.last].end,
            "extractor": type(self).__name__,
        }
        if len(found.ids) > 1:
            made["alternatives"] = list(found.ids[:ALTERNATIVES])
        if found.ranking:
            made["ranking"] = list(found.ranking)
        if found.bare:
            made["bare"] = True
        return made
