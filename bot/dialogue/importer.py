"""Rasa's importer of training files, reading the sentences once and copying them never.

Rasa asks for them three times in one training, each time in another way that its own cache takes
for another question, and reads every file again (4 s each time). It then merges them with what it
has of its own, which is nothing here, and copies and hashes every sentence each time (a fifth of a
training).
"""

import functools
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Sentence(Message):
    """A training sentence that nothing changes, so that a copy is the sentence itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sentence":
        """Give itself."""
        return self

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property; what it had already, as Rasa sets at every merge, costs no new hash."""
        if add_to_output or self.get(prop) != info:
            super().set(prop, info, add_to_output)


class OnceImporter(RasaFileImporter):
    """The files of a project; named in config.yml."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Give the sentences; Rasa's reader does nothing with the language."""
        return self._sentences

    @functools.cached_property
    def _sentences(self) -> TrainingData:
        read = super().get_nlu_data()
        read.training_examples = [
            Sentence(one.data, one.output_properties, one.time, one.features)
            for one in read.training_examples
        ]
        return read
