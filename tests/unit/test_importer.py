"""The sentences are read once in a training and never copied, in whatever way Rasa asks for them."""

import copy
from pathlib import Path

import pytest

from bot.without_tensorflow import install

install()

from rasa.shared.exceptions import YamlException  # noqa: E402
from rasa.shared.importers.importer import TrainingDataImporter  # noqa: E402
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from bot.dialogue.importer import Sentence, SentenceReader  # noqa: E402
from tests.conftest import ROOT  # noqa: E402


def test_each_file_of_sentences_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = tmp_path / "nlu.yml"
    sentences.write_text(
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hoi\n', "utf-8"
    )
    read: list[str] = []
    load = SentenceReader.read

    def counted(reader: SentenceReader, filename: str) -> object:
        read.append(filename)
        return load(reader, filename)

    monkeypatch.setattr(SentenceReader, "read", counted)
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


VERSION = 'version: "3.1"\n'
GREET = VERSION + "nlu:\n- intent: greet\n  examples: |\n    - hoi\n"
READ_ALIKE = {
    "plain": GREET + "    - [Henk](name) hier, 'n goeiedag 👋\n    -  hoi \n",
    "without version": GREET.removeprefix(VERSION),
    "older version": GREET.replace("3.1", "2.0"),
    "a word that is no text": GREET.replace("greet", "no"),
    "examples in a list": VERSION + "nlu:\n- intent: greet\n  examples:\n  - text: hoi\n",
    "synonyms": GREET + "- synonym: hallo\n  examples: |\n    - hai\n",
    "no examples": VERSION + "nlu:\n- intent: greet\n",
    "no sentences": VERSION + "nlu: []\n",
}


def messages(data: TrainingData) -> list[dict[str, object]]:
    """Give all that is known of each sentence."""
    return [one.data for one in data.training_examples]


@pytest.mark.parametrize("text", READ_ALIKE.values(), ids=READ_ALIKE)
def test_a_file_says_the_same_as_to_rasas_reader(tmp_path: Path, text: str) -> None:
    file = tmp_path / "nlu.yml"
    file.write_text(text, "utf-8")
    read, by_rasa = SentenceReader().read(file), RasaYAMLReader().read(file)
    assert messages(read) == messages(by_rasa)
    assert read.entity_synonyms == by_rasa.entity_synonyms


WRONG = {
    "no YAML": (GREET + "  more: [1\n- x", "line: 7"),
    "a key twice": (GREET + "  intent: goodbye\n", "line 6"),
    "a key nobody knows": (GREET + "  exampels: hoi\n", "nlu.yml:3"),
    "a number as version": (GREET.replace('"3.1"', "3.1"), "nlu.yml:1"),
}


@pytest.mark.parametrize(("text", "where"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_names_file_and_line(tmp_path: Path, text: str, where: str) -> None:
    file = tmp_path / "nlu.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(YamlException) as refused:
        SentenceReader().read(file)
    assert str(file) in str(refused.value)
    assert where in str(refused.value)
