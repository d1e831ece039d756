"""Puts two routes or two occupations side by side; asks for the other when only one is named."""

from itertools import chain
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.explore import USUAL_ROUTES, sources_json
from actions.numbered import numbered
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, entities_of, profile_of, written
from actions.told import told
from bot.advice.compare import Comparison, compare
from bot.catalogue.folding import fold
from bot.catalogue.model import Route, TargetOccupation
from bot.catalogue.named import alike, named_in
from bot.profile import Profile

MOST, CHOICES = 3, 4
STUDIED_BY = {"ad": "ad", "hbo": "hbo_deeltijd"}
"""The route by which an adult gets a diploma that is named as if it were a route."""

type Thing = Route | TargetOccupation


def _named(tracker: Tracker) -> list[Thing]:
    """Give the routes and occupations of the message, after what was being compared already."""
    catalogue = services.get().catalogue
    known: dict[str, Thing] = {**catalogue.routes, **catalogue.targets}
    wished = [
        item["value"]
        for item in entities_of(tracker)
        if item["entity"] in ("route", "target_occupation", "occupation", "or")
    ]
    if sum(name in catalogue.routes for name in wished) == 1:
        wished += _as_diploma(tracker)
    chosen = any(item["entity"] == "or" for item in entities_of(tracker))
    earlier = [tracker.get_slot("comparing")] if chosen else []
    text = written(tracker)
    named = [one.id for one in named_in(text, catalogue.targets.values())]
    counted = [one.id for one in numbered(tracker)] if not wished else []
    if len(named) > 1 or counted:
        wished = [*named, *counted, *wished]
    elif len(set(wished)) == 1:
        likes = [one.id for one in alike(text, catalogue.targets.values()) if one.id not in wished]
        wished += likes[:1] if len(likes) == 1 else []
    return [known[name] for name in dict.fromkeys([*earlier, *wished]) if name in known]


def _as_diploma(tracker: Tracker) -> list[str]:
    """Give the routes to the diplomas of the message that are not the person's own: "ad of hbo"."""
    if any(item["entity"] == "education" for item in told(tracker)):
        return []
    return [STUDIED_BY[word] for word in fold(written(tracker)).split() if word in STUDIED_BY]


class ActionCompare(Action):
    """Compares what was named, or asks what to compare with."""

    def name(self) -> str:
        return "action_compare"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        named = _named(tracker)
        routes = [one for one in named if isinstance(one, Route)]
        occupations = [one for one in named if isinstance(one, TargetOccupation)]
        profile = profile_of(tracker)
        for same in (occupations, routes):
            if len(same) > 1:
                _say(dispatcher, same[:MOST], profile)
                return [SlotSet("comparing", None), *come_back(dispatcher, tracker)]
        return _ask_other(dispatcher, [*occupations, *routes], profile)


def _say(dispatcher: CollectingDispatcher, things: list[Any], profile: dict[str, Any]) -> None:
    given = services.get()
    found = compare(
        things, Profile.from_json(profile), given.catalogue, given.texts, today=given.today()
    )
    rows = _rows(found)
    lines = chain.from_iterable(
        [row["label"], *(f"- {value}" for value in row["value"])] for row in rows
    )
    card = {
        "kind": "comparison",
        "title": " / ".join(found.names),
        "rows": rows,
        "sources": sources_json(found.sources),
    }
    dispatcher.utter_message(text="\n".join(lines), json_message={"card": card})


def _rows(found: Comparison) -> list[dict[str, Any]]:
    words = services.get().labels["card"]
    return [
        {
            "label": words[row],
            "value": [f"{name}: {said}" for name, said in zip(found.names, values, strict=True)],
        }
        for row, values in found.rows
    ]


def _ask_other(
    dispatcher: CollectingDispatcher, named: list[Thing], profile: dict[str, Any]
) -> Events:
    """Ask for the other one, with the person's own suggestions or the usual routes as buttons."""
    given = services.get()
    first = named[0] if named else None
    routes: list[Thing] = [given.catalogue.routes[one] for one in USUAL_ROUTES]
    advised: list[Thing] = [
        given.catalogue.targets[one.occupation.id] for one in given.advise(profile).suggestions
    ]
    others = routes if isinstance(first, Route) or not advised else advised
    buttons = [
        {"title": one.name, "payload": f'/compare_routes{{"or":"{one.id}"}}'}
        for one in others
        if one is not first
    ][:CHOICES]
    if first is None:
        dispatcher.utter_message(response="utter_which_two", buttons=buttons)
        return [SlotSet("comparing", None)]
    response = "utter_which_other_kind" if len(named) > 1 else "utter_which_other"
    dispatcher.utter_message(response=response, name=first.name, buttons=buttons)
    return [SlotSet("comparing", first.id)]
