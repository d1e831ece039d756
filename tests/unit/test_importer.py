"""The sentences are read once in a training and never copied, in whatever way Rasa asks for them."""

import copy
from pathlib import Path

import pytest

from bot.without_tensorflow import install

install()

from rasa.shared.importers.importer import TrainingDataImporter  # noqa: E402
from rasa.shared.nlu.training_data import loading  # noqa: E402

from bot.dialogue.importer import Sentence  # noqa: E402
from tests.conftest import ROOT  # noqa: E402


def test_each_file_of_sentences_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = tmp_path / "nlu.yml"
    sentences.write_text(
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hoi\n', "utf-8"
    )
    read: list[str] = []
    load = loading.load_data

    def counted(resource: str, language: str | None = "en") -> object:
        read.append(resource)
        return load(resource, language)

    monkeypatch.setattr(loading, "load_data", counted)
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(tmp_path)]
    )
    found = [
        importer.get_nlu_data(),
        importer.get_nlu_data("nl"),
        importer.get_nlu_data(language="nl"),
    ]
    assert [one.number_of_examples_per_intent for one in found] == [{"greet": 1}] * 3
    assert read == [str(sentences)]
    sentences_given = [
        next(one for one in data.training_examples if one.get("text") == "hoi") for data in found
    ]
    assert all(one is sentences_given[0] for one in sentences_given)


def test_a_sentence_is_hashed_anew_only_when_something_changes() -> None:
    sentence = Sentence({"text": "hoi", "intent": "greet"})
    before = sentence.fingerprint()
    sentence.set("intent", "greet")
    assert copy.deepcopy([sentence])[0] is sentence
    assert sentence.fingerprint() is before
    sentence.set("intent", "goodbye")
    assert sentence.fingerprint() != before
