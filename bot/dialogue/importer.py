"""Rasa's importer of training files, reading the sentences once and copying them never.

Rasa asks for them three times in one training, each time in another way that its own cache takes
for another question, and reads every file again, twice: once to see whether it is as it should be,
once for what it says, both times in Python alone (4 s). It then merges them with what it has of its
own, which is nothing here, and copies and hashes every sentence each time (a fifth of a training).
"""

import functools
from typing import Any

import yaml
from rasa.shared.constants import LATEST_TRAINING_DATA_FORMAT_VERSION
from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.word_file import StrictLoader

KEYS = {"version", "nlu"}
KEYS_OF_AN_INTENT = {"intent", "examples"}


class Sentence(Message):
    """A training sentence that nothing changes, so that a copy is the sentence itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sentence":
        """Give itself."""
        return self

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property; what it had already, as Rasa sets at every merge, costs no new hash."""
        if add_to_output or self.get(prop) != info:
            super().set(prop, info, add_to_output)


class SentenceReader(RasaYAMLReader):
    """Rasa's reader of YAML, quick about files that hold intents with sentences and nothing else."""

    def reads(self, string: str, **kwargs: Any) -> TrainingData:
        """Read YAML; what is not plain, and what is wrong, goes Rasa's own way.

        Raises:
            YamlException: it is no YAML or not as Rasa wants it; names file and line.
        """
        try:
            content = yaml.load(string, Loader=StrictLoader)  # noqa: S506
        except yaml.YAMLError:
            content = None
        if not _is_plain(content):
            return super().reads(string, **kwargs)
        self._parse_nlu(content["nlu"])
        return TrainingData(
            [Sentence(one.data, one.output_properties) for one in self.training_examples],
            self.entity_synonyms,
        )


def _is_plain(content: Any) -> bool:
    """Tell whether a file is what Rasa's schema wants, in the form that nearly every file has."""
    return (
        isinstance(content, dict)
        and content.keys() == KEYS
        and content["version"] == LATEST_TRAINING_DATA_FORMAT_VERSION
        and isinstance(content["nlu"], list)
        and all(
            isinstance(one, dict)
            and one.keys() == KEYS_OF_AN_INTENT
            and all(isinstance(value, str) for value in one.values())
            for one in content["nlu"]
        )
    )


class OnceImporter(RasaFileImporter):
    """The files of a project; named in config.yml."""

    def get_domain(self) -> Domain:
        """Give the domain."""
        return self._domain

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Give the sentences; Rasa's reader does nothing with the language."""
        return self._sentences

    @functools.cached_property
    def _domain(self) -> Domain:
        return super().get_domain()

    @functools.cached_property
    def _sentences(self) -> TrainingData:
        return TrainingData().merge(*(SentenceReader().read(file) for file in self._nlu_files))
