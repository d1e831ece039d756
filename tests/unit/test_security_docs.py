"""docs/security.md names tests that exist and the terms that the purge uses."""

import re

from bot.privacy import retention
from tests.conftest import ROOT

DOCS = (ROOT / "docs" / "security.md").read_text("utf-8")
TERMS = {
    "een gesprek, na het laatste bericht": retention.CONVERSATION,
    "een aanvraag die niemand oppakt": retention.REQUEST,
    "gegevens over leveringen": retention.DELIVERY,
    "nummers van berichten van partners": retention.CALLBACK,
    "zinnen die Zijstap niet begreep": retention.NOT_UNDERSTOOD,
    "wie in de console iets veranderde": retention.AUDIT,
}


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", DOCS)
    assert len(named) > 30
    files = {path.name: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    missing = [
        f"{file}::{name}"
        for file, name in named
        if file not in files or (name and f"def {name}(" not in files[file])
    ]
    assert missing == []


def test_the_terms_are_those_of_the_purge() -> None:
    for what, term in TERMS.items():
        assert f"| {what} | {term.days} dagen |" in DOCS
