"""Answers questions about routes, occupations, programmes and money, from the catalogue."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events, come_back, entities_of, entity_value
from bot.catalogue.model import Route, Source


def _sources(sources: tuple[Source, ...]) -> list[dict[str, Any]]:
    return [
        {"title": item.title, "url": item.url, "checked_on": item.checked_on.isoformat()}
        for item in sources
    ]


def _cited(text: str, sources: tuple[Source, ...]) -> str:
    word = services.get().labels["card"]["source"]
    return f"{text}\n{word}: {sources[0].title} ({sources[0].checked_on:%d-%m-%Y})"


def _route_rows(route: Route) -> list[dict[str, str]]:
    words = services.get().labels["card"]
    return [
        {"label": words["how"], "value": route.how_it_works},
        {"label": words["entry"], "value": route.entry_text},
        {"label": words["cost"], "value": route.cost_text},
        {"label": words["paid_by"], "value": route.paid_by_text},
        {"label": words["next_step"], "value": route.next_step},
    ]


def _say_route(dispatcher: CollectingDispatcher, route: Route) -> None:
    card = {
        "kind": "route",
        "title": route.name,
        "rows": _route_rows(route),
        "sources": _sources(route.sources),
    }
    text = f"{route.name}\n{route.summary}\n{route.entry_text}\n{route.next_step}"
    dispatcher.utter_message(text=_cited(text, route.sources), json_message={"card": card})


class ActionExplainRoute(Action):
    """Explains one route."""

    def name(self) -> str:
        return "action_explain_route"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        route = services.get().catalogue.routes.get(entity_value(tracker, "route") or "")
        if route:
            _say_route(dispatcher, route)
        else:
            dispatcher.utter_message(response="utter_ask_duration")
        return come_back(dispatcher, tracker)


class ActionExplainTopic(Action):
    """Explains a programme, organisation, scheme or word."""

    def name(self) -> str:
        return "action_explain_topic"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        topic = services.get().catalogue.topics.get(entity_value(tracker, "programme") or "")
        if topic:
            text = f"{topic.name}\n{topic.text}\n{topic.way_on}"
            dispatcher.utter_message(text=_cited(text, topic.sources))
        elif tracker.get_intent_of_latest_message() == "ask_funding":
            dispatcher.utter_message(response="utter_explain_funding")
        else:
            dispatcher.utter_message(response="utter_unknown_topic")
        return come_back(dispatcher, tracker)


class ActionExplainOccupation(Action):
    """Tells what one does all day in an occupation."""

    def name(self) -> str:
        return "action_explain_occupation"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        wished = entity_value(tracker, "target_occupation", "occupation")
        target = services.get().catalogue.targets.get(wished or "")
        if target:
            text = f"{target.name}\n{target.summary}\n{target.day}\n{target.nice}\n{target.hard}"
            dispatcher.utter_message(text=text)
        else:
            dispatcher.utter_message(response="utter_unknown_topic")
        return come_back(dispatcher, tracker)


class ActionCompare(Action):
    """Puts two routes side by side."""

    def name(self) -> str:
        return "action_compare"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        routes = services.get().catalogue.routes
        named = [item["value"] for item in entities_of(tracker) if item["entity"] == "route"]
        chosen = list(dict.fromkeys([*named, "bbl", "mkb_route"]))[:2]
        dispatcher.utter_message(response="utter_compare_intro")
        for name in chosen:
            if name in routes:
                _say_route(dispatcher, routes[name])
        return come_back(dispatcher, tracker)


class ActionReply(Action):
    """Says the fixed answer of an intent and goes back to the open question."""

    def name(self) -> str:
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        intent = tracker.get_intent_of_latest_message()
        dispatcher.utter_message(response=f"utter_{intent}")
        # Despair stands alone: no form goes on over it.
        return [] if intent in ("distress", "goodbye") else come_back(dispatcher, tracker)
