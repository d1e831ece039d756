"""What a person takes back within one message."""

from typing import Any

import pytest
import yaml

from bot.dialogue.self_corrected import denied_part, mended_from, with_disliked, with_mended
from tests.conftest import ROOT

WORDS = yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["context"]


def parsed(intent: str, *entities: tuple[str, str, int, int]) -> dict[str, Any]:
    names = ("entity", "value", "start", "end")
    return {
        "intent": {"name": intent},
        "entities": [dict(zip(names, one, strict=True)) for one in entities],
    }


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("receptionist, nee sorry secretaresse", " secretaresse"),
        ("Nijmegen of eigenlijk Wijchen", " Wijchen"),
        ("computers. nee toch liever mensen helpen", " mensen helpen"),
        ("utrecht, nee amersfoort", " amersfoort"),
    ],
)
def test_the_words_that_mend_are_found(text: str, rest: str) -> None:
    start = mended_from(text, WORDS)
    assert start is not None
    assert text[start:] == rest


@pytest.mark.parametrize("text", ["nee sorry", "nee, ik ben kok", "ik ben kok", "kok, nee.", ""])
def test_a_message_without_words_before_or_after_mends_nothing(text: str) -> None:
    assert mended_from(text, WORDS) is None


def test_only_what_is_said_twice_is_replaced() -> None:
    whole = parsed("nlu_fallback", ("place", "Nijmegen", 0, 8), ("education", "hbo", 9, 12))
    rest = parsed("inform", ("place", "Wijchen", 1, 8))

    mended = with_mended(whole, 20, rest)

    assert {(one["entity"], one["value"], one["start"]) for one in mended["entities"]} == {
        ("place", "Wijchen", 21),
        ("education", "hbo", 9),
    }
    assert mended["intent"]["name"] == "inform"


def test_despair_in_the_last_words_stays_despair() -> None:
    whole = parsed("distress", ("place", "Nijmegen", 0, 8))
    assert with_mended(whole, 9, parsed("inform", ("place", "Wijchen", 1, 8))) == whole


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("toch geen computers maar mensen helpen", "computers"),
        ("ik wil toch liever geen machines", "machines"),
        ("geen kapper", None),
    ],
)
def test_what_is_liked_no_more_is_found(text: str, denied: str | None) -> None:
    assert denied_part(text, WORDS) == denied


def test_only_an_interest_is_disliked() -> None:
    said = parsed("correct", ("interest", "helping", 25, 38))
    disliked = with_disliked(said, parsed("inform", ("interest", "computers", 0, 9)))
    assert ("disliked", "computers") in {(e["entity"], e["value"]) for e in disliked["entities"]}
    assert with_disliked(said, parsed("inform", ("occupation", "kapper", 0, 6))) == said
