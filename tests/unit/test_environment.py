"""The locked environment: what Rasa names and we leave out, and that the product imports without."""

import re
import subprocess
import sys

from tests.conftest import ROOT

LEFT_OUT = ("tensorflow", "aiogram", "boto3", "botocore", "confluent_kafka", "twilio", "babel")
WITHOUT = f"""
import sys
from importlib.machinery import PathFinder
class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] in {LEFT_OUT}:
            return None
        return super().find_spec(name, path, target)
sys.meta_path[sys.meta_path.index(PathFinder)] = Without
import bot.server, bot.cli, connectors.telegram.start
import rasa.core.channels, rasa.core.tracker_store, rasa.model_training, rasa.__main__
assert not {{"boto3.session", "botocore"}} & set(sys.modules)
"""


def locked(name: str) -> set[str]:
    """Give the names of the packages in a lock."""
    text = (ROOT / name).read_text("utf-8")
    return set(re.findall(r"^([a-z0-9_.-]+)(?:\[.*?\])?==", text, re.M | re.I))


def test_what_is_left_out_is_in_no_lock() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert not {item.replace("_", "-") for item in LEFT_OUT} & locked(name)


def test_the_runtime_has_what_asyncio_on_sqlalchemy_needs() -> None:
    assert "greenlet" in locked("requirements.lock")


def test_the_product_and_rasa_import_without_what_is_left_out() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", "-c", WITHOUT],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
