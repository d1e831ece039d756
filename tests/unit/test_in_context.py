"""What the open question makes of a message that the language model read alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.in_context import in_context
from tests.conftest import ROOT

WORDS = yaml.safe_load(Path(ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["context"]


def parsed(text: str, intent: str, *entities: dict[str, Any]) -> dict[str, Any]:
    named = {"name": intent, "confidence": 0.9}
    return {"text": text, "intent": named, "intent_ranking": [named], "entities": list(entities)}


def read(text: str, intent: str, asked: str | None, *entities: dict[str, Any]) -> tuple[Any, Any]:
    """Give the intent and the kinds and values that are found."""
    made = in_context(parsed(text, intent, *entities), asked, WORDS)
    assert made["intent_ranking"][0] == made["intent"]
    return made["intent"]["name"], [(one["entity"], one["value"]) for one in made["entities"]]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("liever niet staan", "deny"),
        ("nee, liever geen klanten", "deny"),
        ("geen vies werk", "ask_occupation"),
        ("weekend", "goodbye"),
        ("geen weekenden", "inform"),
    ],
)
def test_what_one_does_not_want_is_an_answer_that_is_not_all_is_well(
    text: str, intent: str
) -> None:
    assert read(text, intent, "avoid") == ("inform", [("avoid", "other")])
    assert read(text, intent, "hours") == (intent, [])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("nee hoor, maakt mij niet uit", "deny"),
        ("nee", "deny"),
        ("geen voorkeur", "deny"),
        ("fijn weekend", "goodbye"),
        ("is er dan geen werk meer?", "ask_chances"),
        ("geen idee", "dont_know"),
        ("ik wil niet meer leven", "distress"),
        ("nee ik wil een mens spreken, geen bot", "request_human"),
    ],
)
def test_a_bare_no_and_other_wishes_stay_what_they_are(text: str, intent: str) -> None:
    assert read(text, intent, "avoid") == (intent, [])


@pytest.mark.parametrize("asked", ["hours", "situation", None])
def test_an_age_is_never_hours_or_years(asked: str | None) -> None:
    assert read("47 jaar", "nlu_fallback", asked) == ("inform", [("unasked", "age")])
    loose = {"entity": "years", "value": "33", "start": 0, "end": 7, "loose": True}
    assert read("33 jaar, 2 kids", "inform", asked, loose) == ("inform", [("unasked", "age")])
    years = {"entity": "years", "value": "12", "start": 0, "end": 7}
    assert read("12 jaar", "inform", asked, years) == ("inform", [("years", "12")])


def test_a_doubt_keeps_what_was_said_before_it_alone() -> None:
    text = "ik weet niet of techniek iets voor mij is"
    interest = {"entity": "interest", "value": "machines", "start": 16, "end": 24}
    target = {"entity": "target_occupation", "value": "docent_techniek", "start": 0, "end": 41}
    said = ("inform", [("doubt", "said")])
    assert read(text, "express_interest", "situation", interest, target) == said
    assert read(text, "distress", "situation", interest) == ("distress", [("doubt", "said")])
    longer = f"computers leuk, {text}"
    liked = {"entity": "interest", "value": "computers", "start": 0, "end": 9}
    late = {**interest, "start": 32, "end": 40}
    assert read(longer, "express_interest", "interests", liked, late)[1] == [
        ("interest", "computers"),
        ("doubt", "said"),
    ]
    assert read("weet niet of ik loon nodig heb", "dont_know", "needs_wage") == ("dont_know", [])


def test_a_province_is_an_answer_to_the_question_for_a_town_alone() -> None:
    assert read("zeeland", "ask_chances", "place") == ("inform", [])
    assert read("zeeland", "ask_chances", "hours") == ("ask_chances", [])
    assert read("is er werk in zeeland?", "ask_chances", "place") == ("ask_chances", [])


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("zwaar", ["heavy"]),
        ("nee, niet op hoogte", ["heights"]),
        ("Buiten en 's nachts", ["outdoors", "nights"]),
        ("achter een scherm", ["screen"]),
    ],
)
def test_a_few_words_are_limits_after_that_question_alone(said: str, limits: list[str]) -> None:
    liked = {"entity": "interest", "value": "outdoors", "start": 0, "end": 6}
    intent, found = read(said, "ask_occupation", "avoid", liked)
    assert intent == "inform"
    assert sorted(found) == sorted(("avoid", limit) for limit in limits)
    assert read(said, "ask_occupation", "hours", liked)[1] == [("interest", "outdoors")]


@pytest.mark.parametrize(
    "said", ["liever buiten", "zwaar is geen probleem", "buiten werken lijkt me leuk", "buiten?"]
)
def test_what_says_more_than_a_limit_is_left_to_the_model(said: str) -> None:
    liked = {"entity": "interest", "value": "outdoors", "start": 0, "end": 6}
    assert ("avoid", "outdoors") not in read(said, "inform", "avoid", liked)[1]


def test_a_liking_that_is_in_the_name_of_work_is_a_liking() -> None:
    liked = {"entity": "interest", "value": "machines", "start": 0, "end": 8}
    named = {"entity": "target_occupation", "value": "docent_techniek", "start": 0, "end": 8}
    assert read("techniek", "ask_occupation", "interests", liked, named) == (
        "inform",
        [("interest", "machines")],
    )
    elsewhere = {**named, "start": 12, "end": 20}
    assert ("target_occupation", "docent_techniek") in read(
        "techniek of docent", "ask_occupation", "interests", liked, elsewhere
    )[1]


def test_who_likes_everything_has_no_liking() -> None:
    assert read("alles", "inform", "interests") == ("dont_know", [])
    assert read("alles", "inform", "avoid") == ("inform", [])


def test_a_benefit_that_tells_of_health_is_heard_and_not_kept() -> None:
    assert read("ik zit in de wia", "inform", "situation") == (
        "inform",
        [("unasked", "benefit")],
    )
    ww = {"entity": "situation", "value": "ww"}
    assert read("eerst ziektewet, nu ww", "inform", "situation", ww)[1] == [("situation", "ww")]
    assert read("wat is de wia?", "ask_benefit", "situation") == ("ask_benefit", [])


def test_pain_that_seems_despair_is_a_limit_where_limits_are_asked() -> None:
    heavy = {"entity": "avoid", "value": "heavy", "start": 3, "end": 6}
    doubted = {**parsed("me rug wil nie meer", "distress", heavy), "intent_ranking": []}
    doubted["intent"] = {"name": "distress", "confidence": 0.7}
    assert in_context(doubted, "avoid", WORDS)["intent"]["name"] == "inform"
    assert in_context(doubted, "hours", WORDS)["intent"]["name"] == "distress"
    sure = {**doubted, "intent": {"name": "distress", "confidence": 1.0}}
    assert in_context(sure, "avoid", WORDS)["intent"]["name"] == "distress"
    bare = {**doubted, "entities": []}
    assert in_context(bare, "avoid", WORDS)["intent"]["name"] == "distress"


def test_work_that_need_not_be_is_no_life_that_need_not_be() -> None:
    assert read("buiten hoeft voor mij niet meer", "distress", "avoid") == (
        "inform",
        [("avoid", "outdoors")],
    )
    for said in ("het hoeft voor mij niet meer", "zwaar, het hoeft niet meer", "buiten"):
        assert read(said, "distress", "hours" if said == "buiten" else "avoid")[0] == "distress"
