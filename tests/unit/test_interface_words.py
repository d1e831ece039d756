"""What people read round the conversation, in pages, in the console and in mails: plain Dutch too."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.unit.test_dutch import ENGLISH, OFFICIAL, sentences

MAX_SENTENCE = 20
TEMPLATES = sorted(
    path
    for folder in ("bot/console/templates", "connectors/web/templates")
    for path in (ROOT / folder).glob("*.html")
)
SAID = (
    "system", "problem", "telegram", "console", "console_done", "console_error", "delivery_error", "mail",
)  # fmt: skip
WITHIN = r"</?(?:a|strong|em|code|span|kbd|label)\b[^>]*>"
"""Marks inside a sentence; every other tag ends one."""


def words_of(template: Path) -> str:
    """Give the words of a template; what is filled in is one word."""
    text = re.sub(
        r"\{#.*?#\}|<script.*?</script>|<style.*?</style>", "", template.read_text(), flags=re.S
    )
    text = re.sub(r"\{\{.*?\}\}", "iets", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}", "\n", text, flags=re.S)
    return re.sub(r"<[^>]*>", "\n", re.sub(WITHIN, " ", text))


def labels() -> Iterator[tuple[str, str]]:
    """Give the sentences of data/labels.yml that someone reads as they are."""
    read = yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]
    for part in SAID:
        for name, text in read.get(part, {}).items():
            if isinstance(text, str):
                yield f"{part}.{name}", text


TEXTS = [*((path.name, words_of(path)) for path in TEMPLATES), *labels()]


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_sentences_are_short_and_words_are_known(name: str, text: str) -> None:
    for words in sentences(text):
        assert len(words) <= MAX_SENTENCE, " ".join(words)
        plain = {word.strip(".").lower() for word in words}
        assert not plain & {*OFFICIAL.split(), *ENGLISH.split(), "u", "uw", "uzelf"}, name


def test_every_page_was_read() -> None:
    read = dict(TEXTS)
    assert "Geef gesprek terug aan Zijstap" in read["request.html"]
    assert "Begin het gesprek" in read["chat.html"]
    assert "system.taken_over" in read


def test_the_hint_under_the_box_asks_for_a_name_only_from_who_wants_to_be_called() -> None:
    # The bot itself asks a name and number of who wants a call, so the hint may not forbid them.
    hint = dict(TEXTS)["chat.html"].partition("Deel geen adres of BSN.")[2].partition("\n")[0]
    said = " ".join(hint.split())
    assert said == "Je naam en nummer alleen als je gebeld of gemaild wilt worden."


def test_every_reason_why_a_delivery_failed_has_words_for_a_counsellor() -> None:
    read = yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]
    given = {
        reason
        for source in (ROOT / "connectors" / "partners").glob("*.py")
        for reason in re.findall(r'DeliveryError\("([^"]+)"', source.read_text("utf-8"))
    }
    assert given and given <= read["delivery_error"].keys()
