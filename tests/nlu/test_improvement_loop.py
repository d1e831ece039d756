"""What is not understood comes out as training data that Rasa reads, whatever was typed."""

import json
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from bot.console.reports import training_data
from tests.conftest import ROOT
from tests.nlu.test_hostile_input import HOSTILE, NAUGHTY

GUESSES = ("ask_route", "inform", None)


def read(text: str) -> list[tuple[str, str]]:
    """Give text and intent of each example that Rasa finds."""
    found = RasaYAMLReader().reads(text).intent_examples
    return [(str(one.get("text")), str(one.get("intent"))) for one in found]


def test_a_sentence_stands_under_the_guess_at_its_intent() -> None:
    missed = [("hoe zit dat met dat leren", "ask_route"), ("huh", None), ("huh", None)]
    assert sorted(read(training_data(missed))) == [
        ("hoe zit dat met dat leren", "ask_route"),
        ("huh", "nlu_fallback"),
    ]


@given(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(GUESSES)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_rasa_reads_any_text_as_plain_examples(missed: list[tuple[str, str | None]]) -> None:
    exported = training_data(missed)
    examples = RasaYAMLReader().reads(exported)
    assert not examples.entity_examples
    assert len(examples.intent_examples) == exported.count("\n    - ")


def test_rasas_own_validation_reads_hostile_texts(tmp_path: Path) -> None:
    hostile = list(HOSTILE.values())
    if NAUGHTY.is_file():
        hostile += json.loads(NAUGHTY.read_text("utf-8"))
    file = tmp_path / "not_understood.yml"
    file.write_text(training_data([(text, "ask_route") for text in hostile]), "utf-8")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot.cli", "rasa", "data", "validate",
         "--data", str(file), str(ROOT / "data" / "rules")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
