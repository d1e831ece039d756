"""A message that may be of despair gets the line of who can help, once, above its answer."""

from typing import Any

import pytest

from actions.care import CAREFUL, DOUBT, with_care

ANSWER = {"events": [], "responses": [{"response": "utter_noted"}]}


def tracker(chance: float, intent: str = "inform", said: tuple[str, ...] = ()) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": 0.5}, {"name": "distress", "confidence": chance}]
    return {
        "latest_message": {"intent": {"name": intent}, "intent_ranking": ranking},
        "events": [
            {"event": "user"},
            *({"event": "bot", "metadata": {"utter_action": name}} for name in said),
        ],
    }


def names(result: dict[str, Any]) -> list[str]:
    return [one["response"] for one in result["responses"]]


def test_in_doubt_the_line_is_said_and_the_answer_stays() -> None:
    assert names(with_care(tracker(DOUBT), ANSWER)) == [CAREFUL, "utter_noted"]


@pytest.mark.parametrize(
    "given",
    [
        tracker(DOUBT - 0.01),
        tracker(0.9, intent="distress"),
        tracker(DOUBT, said=(CAREFUL, "utter_noted")),
        tracker(DOUBT, said=("utter_distress_stay",)),
        {"latest_message": {"intent": {"name": "affirm"}}, "events": []},
    ],
)
def test_without_doubt_or_where_it_was_said_just_now_nothing_is_added(
    given: dict[str, Any],
) -> None:
    assert with_care(given, ANSWER) == ANSWER


@pytest.mark.parametrize("said", [["utter_low"], ["utter_distress"], []])
def test_an_answer_that_names_help_itself_and_no_answer_stay_as_they_are(said: list[str]) -> None:
    result = {"events": [], "responses": [{"response": name} for name in said]}
    assert with_care(tracker(DOUBT), result) == result
