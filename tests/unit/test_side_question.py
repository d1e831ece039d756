"""A question without a subject of its own is about what was said just now; work in it is asked after."""

from typing import Any

import pytest
import yaml

from bot.catalogue.load import load_catalogue
from bot.dialogue.side_question import of_others, with_subject
from tests.conftest import ROOT

CATALOGUE = load_catalogue(ROOT / "data" / "catalogue")
WORDS = yaml.safe_load((ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"][
    "side_question"
]


def read(text: str, intent: str, *entities: tuple[str, str]) -> dict[str, Any]:
    found = [{"entity": name, "value": value} for name, value in entities]
    return {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": found}


def subject(text: str, intent: str, *just_now: str, asking: bool = True) -> str | None:
    parsed = with_subject(
        read(text, intent), CATALOGUE.topics.values(), set(just_now), asking=asking
    )
    return next((one["value"] for one in parsed["entities"] if one["entity"] == "programme"), None)


def test_after_the_loan_to_pay_back_is_the_loan_and_else_it_is_not() -> None:
    loan = "levenlanglerenkrediet"
    assert subject("hoeveel rente", "out_of_scope", loan) == "krediet_terugbetalen"
    assert subject("hoeveel rente", "out_of_scope") is None
    assert subject("moet ik dat terugbetalen", "ask_cost") is None


def test_who_tells_something_asks_after_nothing() -> None:
    words = "ik heb wia en wil leren"
    assert subject(words, "inform", asking=False) is None
    assert subject("mag ik met wia leren", "ask_benefit") == "wia_en_leren"


@pytest.mark.parametrize("intent", ["distress", "request_human", "delete_data"])
def test_a_crisis_or_a_wish_stays_what_it_is(intent: str) -> None:
    assert subject("wie betaalt de opvang", intent) is None


def test_the_name_of_a_route_says_more_than_the_general_answer() -> None:
    parsed = read("wie betaalt de opleiding bij een bbl", "ask_funding", ("route", "bbl"))
    assert with_subject(parsed, CATALOGUE.topics.values(), (), asking=True) == parsed


@pytest.mark.parametrize("topic", CATALOGUE.topics.values(), ids=lambda one: one.id)
def test_what_a_topic_follows_on_is_known(topic: Any) -> None:
    assert {*topic.after} <= {*CATALOGUE.topics}
    assert bool(topic.after) == bool(topic.asks_after)


def others(parsed: dict[str, Any], last: str | None, *, asking: bool = True) -> dict[str, Any]:
    targets = CATALOGUE.targets.values()
    return of_others(parsed, targets, last, WORDS, asking=asking, has_work=True)


def test_and_a_name_asks_the_last_question_of_that_work() -> None:
    parsed = read("en lasser", "inform", ("occupation", "lasser_origin"))
    found = others(parsed, "ask_salary", asking=False)
    assert found["intent"]["name"] == "ask_salary"
    assert [one["value"] for one in found["entities"]] == ["lasser"]
    assert others(parsed, "inform", asking=False) == parsed


def test_who_says_to_be_it_asks_nothing() -> None:
    parsed = read("en ik ben lasser", "inform", ("occupation", "lasser_origin"))
    assert others(parsed, "ask_salary", asking=False) == parsed


def test_a_question_that_names_work_tells_of_no_work() -> None:
    asked = others(read("moet je veel staan als lasser", "inform", ("occupation", "lasser")), None)
    assert asked["intent"]["name"] == "ask_occupation"
    supposed = others(read("en als ik alles verkoop", "inform", ("occupation", "verkoper")), None)
    assert supposed["entities"] == []


def test_and_a_reader_after_privacy_asks_after_privacy() -> None:
    assert others(read("en UWV?", "ask_benefit"), "ask_privacy")["intent"]["name"] == "ask_privacy"
    assert others(read("en UWV?", "ask_benefit"), "ask_cost")["intent"]["name"] == "ask_benefit"
