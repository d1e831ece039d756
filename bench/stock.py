"""Stock Rasa 3.6.21 as its documentation sets it up: its own environment, its default pipeline.

It gets our domain, our rules, our training sentences and our actions, the latter behind its own
action server over HTTP. The stories that its ML policies learn from are those of our tests.
"""

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
CONFIG = """
recipe: default.v1
assistant_id: stock
language: nl
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - {name: CountVectorsFeaturizer, analyzer: char_wb, min_ngram: 1, max_ngram: 4}
  - {name: DIETClassifier, epochs: EPOCHS, constrain_similarities: true}
  - name: EntitySynonymMapper
  - {name: FallbackClassifier, threshold: 0.3, ambiguity_threshold: 0.1}
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
  - {name: UnexpecTEDIntentPolicy, max_history: 5, epochs: EPOCHS}
  - {name: TEDPolicy, max_history: 5, epochs: EPOCHS, constrain_similarities: true}
"""


@dataclass(frozen=True, slots=True)
class Stock:
    """A folder with stock Rasa and its project.

    `python310`: an interpreter Rasa supports. `epochs`: Rasa's default is 100; with fewer the
    training time says nothing, and a turn costs the same.
    """

    folder: Path
    python310: str
    uv: str
    epochs: int = 100

    @property
    def rasa(self) -> Path:
        """The command in the environment of its own."""
        return self.folder / ".venv" / "bin" / "rasa"

    @property
    def environment_folder(self) -> Path:
        """Where Rasa is installed."""
        return self.folder / ".venv"

    def install(self) -> None:
        """Install Rasa with the versions it asks for, unless it is there."""
        done = self.environment_folder / "complete"
        if done.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [self.uv, "venv", "-q", "--clear", "-p", self.python310, self.environment_folder],
            check=True,
        )
        python = self.environment_folder / "bin" / "python"
        packages = ["rasa==3.6.21"]
        subprocess.run(
            [
                self.uv,
                "pip",
                "install",
                "-q",
                "--no-config",
                "--compile-bytecode",
                "-p",
                python,
                *packages,
            ],
            check=True,
        )
        done.touch()

    def write_project(self) -> None:
        """Write the project anew from ours."""
        for name in ("nlu", "rules"):
            shutil.rmtree(self.folder / "data" / name, ignore_errors=True)
            shutil.copytree(ROOT / "data" / name, self.folder / "data" / name)
        shutil.copy(ROOT / "domain.yml", self.folder / "domain.yml")
        (self.folder / "config.yml").write_text(
            CONFIG.replace("EPOCHS", str(self.epochs)), "utf-8"
        )
        (self.folder / "credentials.yml").write_text("rest:\n", "utf-8")
        endpoint = {"action_endpoint": {"url": "http://127.0.0.1:5055/webhook"}}
        (self.folder / "endpoints.yml").write_text(yaml.safe_dump(endpoint), "utf-8")
        (self.folder / "data" / "stories.yml").write_text(_stories(), "utf-8")

    def train(self) -> float:
        """Train, and give the seconds it took."""
        began = time.perf_counter()
        command = [self.rasa, "train", "--force", "--fixed-model-name", "stock"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        return time.perf_counter() - began

    @property
    def model(self) -> Path:
        """The trained model."""
        return self.folder / "models" / "stock.tar.gz"


def _stories() -> str:
    """Give our test conversations as stories: the intents, without the words."""
    file = ROOT / "tests" / "conversations" / "people.yml"
    content = yaml.safe_load(file.read_text("utf-8"))
    for story in content["stories"]:
        for step in story["steps"]:
            step.pop("user", None)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
