"""Below the gate the dialogue asks back; above it, and in a crisis, it acts."""

from typing import Any

import pytest
import yaml
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.nlu.training_data.message import Message

from nlu.action_gate import ActionGate
from tests.conftest import ROOT


def gated(name: str, confidence: float, **config: Any) -> Message:
    """Give a message after the gate."""
    ranking = [{"name": name, "confidence": confidence}, {"name": "help", "confidence": 0.1}]
    message = Message({"intent": ranking[0], "intent_ranking": ranking})
    return ActionGate({"gate": 0.7, "own": {}, **config}).process([message])[0]


def test_an_unsure_intent_is_asked_about_and_stays_the_best_guess() -> None:
    message = gated("ask_route", 0.6)
    assert message.get("intent")["name"] == "nlu_fallback"
    names = [one["name"] for one in message.get("intent_ranking")]
    assert names == ["nlu_fallback", "ask_route", "help"]


def test_a_sure_intent_is_acted_on() -> None:
    message = gated("ask_route", 0.7)
    assert message.get("intent") == {"name": "ask_route", "confidence": 0.7}


def test_an_intent_can_have_a_gate_of_its_own() -> None:
    assert gated("distress", 0.5, own={"distress": 0.4}).get("intent")["name"] == "distress"


def test_a_bare_answer_comes_before_the_guess_of_the_model() -> None:
    ranking = [{"name": "skip", "confidence": 0.6}, {"name": "inform", "confidence": 0.3}]
    bare = {"name": "inform", "confidence": 1.0}
    message = Message({"intent": bare, "intent_ranking": ranking})
    gate = ActionGate({"gate": 0.7, "own": {}})
    assert gate.process([message])[0].get("intent_ranking") == [bare, ranking[0]]


def test_a_crisis_is_never_below_the_gate() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    assert pipeline[-1]["name"] == "nlu.action_gate.ActionGate"
    by_name = {part["name"].rpartition(".")[2]: part for part in pipeline}
    assert pipeline[-1]["own"]["distress"] <= by_name["IntentClassifier"]["distress"]


async def test_a_button_needs_no_model(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = '/ask_route{"route":"bbl"}'
    message = UserMessage(payload)
    by_rasa = MessageProcessor._parse_message_with_graph(agent.processor, message, None)
    monkeypatch.delattr(type(agent.processor.graph_runner), "run")
    assert await agent.parse_message(payload) == by_rasa
