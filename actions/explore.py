"""Answers questions about routes, occupations, programmes and money, from the catalogue."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import (
    asked_question,
    cited,
    is_name_alone,
    say_answer,
    say_named_answer,
    say_named_question,
    say_topic,
)
from actions.fit import say_fit
from actions.numbered import numbered
from actions.resume import come_back
from actions.services import services
from actions.status import say_status_to_who_waits
from actions.talk import Events, entity_value, offer_ways_on, profile_of, written
from actions.told import keep_told, points_back
from bot.advice.wage_words import wage_in_words
from bot.catalogue.model import Route, Source, TargetOccupation
from bot.catalogue.named import alike

CHOICES = 4
USUAL_ROUTES = ("bbl", "mkb_route", "bol", "derde_leerweg", "hbo_deeltijd")
BY_ROUTE = ("ask_duration", "ask_cost")
"""What is asked of an occupation and known of its routes."""
NEEDS_SOURCE = ("ask_salary", "ask_chances")
SHORT, SHORTLY = 5, ("ask_duration", "ask_salary", "ask_cost")
"""So many words at most in a question that is about what was explained just before."""


def sources_json(sources: tuple[Source, ...]) -> list[dict[str, Any]]:
    """Give the sources of a card."""
    return [
        {"title": item.title, "url": item.url, "checked_on": item.checked_on.isoformat()}
        for item in sources
    ]


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
        "sources": sources_json(route.sources),
    }
    text = f"{route.name}\n{route.summary}\n{route.entry_text}\n{route.next_step}"
    dispatcher.utter_message(text=cited(text, *route.sources), json_message={"card": card})


class ActionExplainRoute(Action):
    """Explains one route."""

    def name(self) -> str:
        return "action_explain_route"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        route = services.get().catalogue.routes.get(entity_value(tracker, "route") or "")
        if route is None or asked_question(tracker):
            if not say_named_answer(dispatcher, tracker):
                _ask_which_route(dispatcher, tracker)
            return come_back(dispatcher, tracker)
        _say_route(dispatcher, route)
        return [SlotSet("topic", route.id), *come_back(dispatcher, tracker)]


def _ask_which_route(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    routes = [services.get().catalogue.routes[name] for name in USUAL_ROUTES]
    dispatcher.utter_message(
        response="utter_which_route", buttons=[_button(one) for one in routes]
    )
    offer_ways_on(dispatcher, tracker)


def _button(route: Route) -> dict[str, str]:
    return {"title": route.name, "payload": f'/ask_route{{"route":"{route.id}"}}'}


class ActionExplainTopic(Action):
    """Explains a programme, organisation, scheme or word."""

    def name(self) -> str:
        return "action_explain_topic"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        kept = keep_told(tracker, dispatcher)
        topic = services.get().catalogue.topics.get(entity_value(tracker, "programme") or "")
        asks_money = tracker.get_intent_of_latest_message() == "ask_funding"
        route = services.get().catalogue.routes.get(_meant(tracker) or "")
        if topic:
            say_topic(dispatcher, topic)
        elif asks_money and route:
            dispatcher.utter_message(text=_route_fact("ask_funding", route))
        elif asks_money:
            dispatcher.utter_message(response="utter_explain_funding")
        else:
            dispatcher.utter_message(response="utter_unknown_topic")
        return [*kept, *come_back(dispatcher, tracker)]


def say_occupation(
    dispatcher: CollectingDispatcher, target: TargetOccupation, profile: dict[str, Any]
) -> None:
    """Tell what one does all day, and how this person could get there."""
    words = services.get().labels["card"]
    routes = [services.get().catalogue.routes[name] for name in target.routes]
    rows = [
        {"label": words["day"], "value": target.day},
        {"label": words["nice"], "value": target.nice},
        {"label": words["hard"], "value": target.hard},
        {"label": words["route"], "value": [route.name for route in routes]},
    ]
    if target.conditions:
        rows.append({"label": words["conditions"], "value": list(target.conditions)})
    sources = list(target.sources)
    for label, fact in (("demand", target.demand), ("wage", target.wage)):
        if fact is not None:
            rows.append({"label": words[label], "value": fact.text})
            sources.append(fact.source)
    card = {
        "kind": "route",
        "title": target.name,
        "rows": rows,
        "sources": sources_json(tuple(sources)),
    }
    text = f"{target.name}\n{target.summary}\n{target.day}\n{target.nice}\n{target.hard}"
    buttons = [_button(route) for route in routes[:3]]
    dispatcher.utter_message(text=text, buttons=buttons, json_message={"card": card})


class ActionExplainOccupation(Action):
    """Tells what one does all day in an occupation."""

    def name(self) -> str:
        return "action_explain_occupation"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        wished = entity_value(tracker, "target_occupation", "occupation")
        target = services.get().catalogue.targets.get(wished or "")
        target = target or next(iter(numbered(tracker)), None) or _just_explained(tracker)
        if target is None:
            if not say_named_question(dispatcher, tracker):
                _ask_which_occupation(dispatcher, tracker)
            return come_back(dispatcher, tracker)
        say_occupation(dispatcher, target, profile_of(tracker))
        return [SlotSet("topic", target.id), *come_back(dispatcher, tracker)]


def _ask_which_occupation(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Offer the occupations with a like name, those of the advice first; else those of the advice."""
    given = services.get()
    text = written(tracker)
    advised = [
        given.catalogue.targets[one.occupation.id]
        for one in given.advise(profile_of(tracker)).suggestions
    ]
    likes = alike(text, [*advised, *given.catalogue.targets.values()])
    shown = list(dict.fromkeys(likes or advised))[:CHOICES]
    buttons = [
        {"title": one.name, "payload": f'/ask_occupation{{"target_occupation":"{one.id}"}}'}
        for one in shown
    ]
    name = "utter_which_target" if likes else "utter_unknown_occupation"
    dispatcher.utter_message(response=name, buttons=buttons)
    offer_ways_on(dispatcher, tracker)


def _just_explained(tracker: Tracker) -> TargetOccupation | None:
    """Give the occupation that was explained last, to "hoe ziet een dag eruit"."""
    targets, text = services.get().catalogue.targets, written(tracker)
    if asked_question(tracker) or alike(text, targets.values()) or len(text.split()) > SHORT:
        return None
    return targets.get(tracker.get_slot("topic") or "")


def _meant(tracker: Tracker) -> str | None:
    """Give the route or occupation that a question asks after: by name, number, or a pointing word."""
    named = entity_value(tracker, "route", "target_occupation", "occupation")
    if named:
        return named
    if by_number := numbered(tracker):
        return by_number[0].id
    if asked_question(tracker):
        return None  # it names its own subject, which is not what was explained last
    words = written(tracker).split()
    short = 0 < len(words) <= SHORT and tracker.get_intent_of_latest_message() in SHORTLY
    short = short and not is_name_alone(tracker)
    topic: str | None = tracker.get_slot("topic")
    return topic if short or points_back(tracker) else None


class ActionFact(Action):
    """Answers what it costs, earns, lasts, or takes to enter: of what was named, else in general."""

    def name(self) -> str:
        return "action_fact"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        intent = tracker.get_intent_of_latest_message() or ""
        if intent == "ask_duration" and await say_status_to_who_waits(dispatcher, tracker):
            return []
        catalogue, kept = services.get().catalogue, keep_told(tracker, dispatcher)
        meant = _meant(tracker) or ""
        route, target = catalogue.routes.get(meant), catalogue.targets.get(meant)
        text = _route_fact(intent, route) if route else None
        if text is None and target:
            text = _occupation_fact(intent, target)
        may_i = intent == "ask_admission" and target
        if text is not None:
            dispatcher.utter_message(text=text)
        elif may_i and say_fit(dispatcher, may_i, profile_of(tracker)):
            pass  # by which routes, and which of them are open now
        elif not say_named_question(dispatcher, tracker):
            if target and intent in NEEDS_SOURCE:
                dispatcher.utter_message(response="utter_no_fact", name=target.name)
            say_answer(dispatcher, intent)
        about = [SlotSet("topic", meant)] if route or target else []
        return [*kept, *about, *come_back(dispatcher, tracker)]


def _route_fact(intent: str, route: Route) -> str | None:
    given = services.get()
    low, high = route.duration_months
    words = given.texts.plan.words
    lasts = words["duration_one" if low == high else "duration"].format(low=low, high=high)
    texts = {
        "ask_cost": f"{route.cost_text} {route.paid_by_text}",
        "ask_duration": lasts,
        "ask_admission": route.entry_text,
        "ask_salary": wage_in_words(words, wage=route.wage, days_work=route.days_work),
        "ask_funding": route.paid_by_text,
    }
    text = texts.get(intent)
    return cited(f"{route.name}: {text}", *route.sources) if text else None


def _occupation_fact(intent: str, target: TargetOccupation) -> str | None:
    if intent in BY_ROUTE:
        routes = [services.get().catalogue.routes[name] for name in target.routes[:3]]
        return "\n".join([target.name, *(str(_route_fact(intent, one)) for one in routes)])
    fact = {"ask_salary": target.wage, "ask_chances": target.demand}.get(intent)
    return cited(f"{target.name}: {fact.text}", fact.source) if fact else None


class ActionOtherLanguage(Action):
    """Says in the person's own language that the bot speaks Dutch, and how to reach a person."""

    def name(self) -> str:
        return "action_other_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        language = entity_value(tracker, "language") or "en"
        dispatcher.utter_message(response=f"utter_language_{language}")
        return []
