"""Rasa's importer of training files, reading the sentences once.

Rasa asks for them three times in one training, each time in another way that its own cache takes
for another question, and reads every file again (4 s each time).
"""

import functools

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class OnceImporter(RasaFileImporter):
    """The files of a project; named in config.yml."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Give the sentences; Rasa's reader does nothing with the language."""
        return self._sentences

    @functools.cached_property
    def _sentences(self) -> TrainingData:
        return super().get_nlu_data()
