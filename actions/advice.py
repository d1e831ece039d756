"""Shows which occupations and routes fit."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events, entities_of, proceed, profile_of
from bot import intake


def show_advice(dispatcher: CollectingDispatcher, profile: dict[str, Any]) -> Events:
    """Send one card for each suggestion, with its reasons, routes and sources."""
    advice = services.get().advise(profile).to_json()
    if not advice["suggestions"]:
        dispatcher.utter_message(response="utter_advice_none")
        return [SlotSet("stage", "advice"), SlotSet("asked", None)]
    dispatcher.utter_message(response="utter_advice_intro")
    for number, suggestion in enumerate(advice["suggestions"], 1):
        card = _card(suggestion)
        dispatcher.utter_message(text=_text(number, suggestion), json_message={"card": card})
    dispatcher.utter_message(response="utter_advice_more")
    return [SlotSet("profile", profile), SlotSet("stage", "advice"), SlotSet("asked", None)]


def _text(number: int, suggestion: dict[str, Any]) -> str:
    words = services.get().labels["card"]
    lines = [f"{number}. {suggestion['occupation']['name']}"]
    lines += [reason["text"] for reason in suggestion["reasons"]]
    lines += [f"{words['route']}: {_route(route)}" for route in suggestion["routes"][:3]]
    return "\n".join([*lines, f"{words['next_step']}: {suggestion['next_step']}"])


def _route(route: dict[str, Any]) -> str:
    status = services.get().labels["route_status"][route["status"]]
    return " ".join([f"{route['name']} ({status}).", *route["missing"]])


def _card(suggestion: dict[str, Any]) -> dict[str, Any]:
    words = services.get().labels["card"]
    rows = [{"label": words["why"], "value": [item["text"] for item in suggestion["reasons"]]}]
    rows += [
        {"label": route["name"], "value": [_route(route), route["cost_text"], route["paid_by_text"]]}
        for route in suggestion["routes"]
    ]
    if suggestion["demand"]:
        rows.append({"label": words["demand"], "value": suggestion["demand"]["text"]})
    rows.append({"label": words["next_step"], "value": suggestion["next_step"]})
    sources = {
        source["title"]: source for route in suggestion["routes"] for source in route["sources"]
    }
    return {
        "kind": "advice",
        "title": suggestion["occupation"]["name"],
        "rows": rows,
        "sources": list(sources.values()),
    }


class ActionAdvise(Action):
    """Gives advice now, or asks three things first when nothing is known."""

    def name(self) -> str:
        return "action_advise"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        profile = intake.absorb(profile_of(tracker), entities_of(tracker))
        if not any(profile.get(field) for field in ("occupation", "education", "interests")):
            return [SlotSet("profile", profile), *proceed(dispatcher, tracker, profile)]
        return show_advice(dispatcher, profile)
