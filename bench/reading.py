"""The entity components, the linker trained on the spot, as one function of a text."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from bot.catalogue.load import shared_catalogue
from bot.catalogue.model import Place
from bot.without_tensorflow import install

install()

from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from nlu.extractor import Extractor  # noqa: E402
from nlu.keyword_extractor import KeywordExtractor  # noqa: E402
from nlu.occupation_linker import OccupationLinker  # noqa: E402
from nlu.place_linker import PlaceLinker  # noqa: E402
from nlu.quantity_extractor import QuantityExtractor  # noqa: E402


class Reader:
    """Reads a text with every entity component in the order of config.yml, without an intent.

    Args:
        linking: False leaves the occupations out, and the half minute that training them takes.
    """

    def __init__(self, root: Path = Path(), *, linking: bool = True) -> None:
        data = root / "data"
        config = {
            "catalogue": str(data / "catalogue"),
            "lexicon": str(data / "nlu_lexicon.yml"),
            "phrases": str(data / "nlu_occupations.yml"),
            "vectors": str(data / "nlu_occupation_vectors.npz"),
            "intent_vectors": str(data / "nlu_vectors.npz"),
        }
        others = (PlaceLinker, QuantityExtractor, KeywordExtractor)
        self.components: list[Extractor] = [kind(config) for kind in others]
        self.linker = _trained_linker(config, data / "nlu") if linking else None
        if self.linker:
            self.components.append(self.linker)
        self.places: dict[str, tuple[Place, ...]] = shared_catalogue(data / "catalogue").places

    def __call__(self, text: str) -> list[dict[str, Any]]:
        """Give the entities of a text."""
        message = Message({"text": text, "entities": []})
        for component in self.components:
            component.process([message])
        entities: list[dict[str, Any]] = message.get("entities")
        return entities


def _trained_linker(config: dict[str, str], sentences: Path) -> OccupationLinker:
    linker = OccupationLinker({**OccupationLinker.get_default_config(), **config})
    linker.train(SimpleNamespace(intent_examples=list(examples(sentences))))  # type: ignore[arg-type]
    return linker


def examples(folder: Path) -> Iterator[dict[str, str]]:
    """Give text and intent of every training sentence."""
    for file in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu", ()):
            for line in block.get("examples", "").splitlines():
                text = line.strip().removeprefix("- ").strip()
                if text:
                    yield {"text": text, "intent": block["intent"]}
