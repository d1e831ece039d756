"""What every entity component shares: the Rasa plumbing round one function of a text."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from nlu.cleaning import clean
from nlu.lexicon import load_lexicon, standard_words
from nlu.tokens import Token, as_written, tokenise

type Entity = dict[str, Any]


class Extractor(GraphComponent):
    """Adds the entities that `extract` finds. It learns nothing: words come from data files."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give where the words are."""
        return {"lexicon": "data/nlu_lexicon.yml", "catalogue": "data/catalogue"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Extractor":
        """Make the component, as Rasa asks."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.lexicon = load_lexicon(Path(config["lexicon"]))
        self._standard = standard_words(self.lexicon)

    def tokens(self, text: str) -> list[Token]:
        """Give the words of a text, those of a region as they are written: 'noe' as 'nu'."""
        return as_written(tokenise(text), self._standard)

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the entities of a clean text."""
        raise AssertionError("a subclass says what it finds")

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message to those it has."""
        for message in messages:
            found = self.extract(clean(message.get("text")), message)
            message.set("entities", [*message.get("entities", []), *found], add_to_output=True)
        return messages
