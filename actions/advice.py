"""Shows which occupations and routes fit."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import consent, reach
from actions.resume import come_back
from actions.services import services
from actions.talk import (
    Events,
    entities_of,
    entity_value,
    proceed,
    profile_of,
    summary_text,
    written,
)
from bot import intake
from bot.advice.changes import changes
from bot.advice.codes import CAUTIONS
from bot.advice.wage_words import wage_in_words
from bot.catalogue.places import fold

REASONS, ROUTES = 4, 3
"""How much of a suggestion is shown in the chat; the overstapplan has all of it."""


KEEP, PAGE = "utter_what_if_keep", 3
ASKS_NEXT = ("utter_advice_more", "utter_advice_shown")
CHANGES = ("human", "request_human"), ("change", "correct")
SHOWN: Events = [SlotSet("stage", "advice"), SlotSet("asked", None), SlotSet("page", 0)]
"""With the first of the suggestions; `page` is how many come before the ones that were shown."""
ADVISED = SlotSet("advised", True)


def show_advice(
    dispatcher: CollectingDispatcher, profile: dict[str, Any], *, after: int = 0
) -> Events:
    """Send one card for each suggestion, with its reasons, routes and sources; the next on request.

    Args:
        after: how many of the suggestions were shown already.
    """
    if not services.get().advise(profile).suggestions:
        dispatcher.utter_message(response="utter_advice_none")
        return SHOWN
    dispatcher.utter_message(response="utter_advice_further" if after else "utter_advice_intro")
    shown = _show_cards(dispatcher, profile, after=after)
    if not shown:
        dispatcher.messages.clear()
        dispatcher.utter_message(response="utter_advice_no_further")
        return [*SHOWN, SlotSet("page", max(after - PAGE, 0))]
    more = f'ask_advice{{"more":"{after + PAGE}"}}'
    buttons = [about(*one) for one in shown.items()]
    buttons += _ways(("more", more), ("plan", "save_plan"), *CHANGES)
    dispatcher.utter_message(response="utter_advice_shown", buttons=buttons)
    return [*SHOWN, ADVISED, SlotSet("page", after)]


def _show_cards(
    dispatcher: CollectingDispatcher,
    profile: dict[str, Any],
    known: frozenset[str] = frozenset(),
    *,
    after: int = 0,
) -> dict[str, str]:
    """Send a card for each suggestion but the known ones; give id and name of what was shown."""
    shown = {}
    advice = services.get().advise(profile, limit=after + PAGE).to_json()
    for number, suggestion in enumerate(advice["suggestions"][after:], after + 1):
        if suggestion["occupation"]["id"] in known:
            continue
        suggestion["routes"].sort(key=lambda route: _order(route, profile))
        text = f"{number}. {text_of(suggestion)}"
        dispatcher.utter_message(text=text, json_message={"card": card_of(suggestion)})
        shown[suggestion["occupation"]["id"]] = suggestion["occupation"]["name"]
    return shown


def _wanted_after(tracker: Tracker) -> int:
    """Give after how many suggestions the person wants to see more; 0 is from the first."""
    given = entity_value(tracker, "more") or ""
    if given.isdecimal() and len(given) < 3:
        return int(given)
    return _next_page(tracker) if wants_more(tracker) else 0


def _next_page(tracker: Tracker) -> int:
    return (tracker.get_slot("page") or 0) + PAGE


def wants_more(tracker: Tracker) -> bool:
    """Tell whether a message beside the advice has a word for other work: "iets anders"."""
    words = services.get().labels["number"]["more"].split()
    said = fold(written(tracker)).split()
    return tracker.get_slot("stage") == "advice" and not set(words).isdisjoint(said)


def show_more(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Show the suggestions after those that were shown last."""
    return show_advice(dispatcher, profile_of(tracker), after=_next_page(tracker))


def _say_difference(
    dispatcher: CollectingDispatcher, before: dict[str, Any], after: dict[str, Any]
) -> bool:
    """Say what another profile changes in the advice, with the new cards; tell whether it does."""
    given = services.get()
    old, new = given.advise(before), given.advise(after)
    said = changes(old, new, given.texts)
    if said == (given.texts.changes["none"],):
        names = dict.fromkeys([*before, *after])
        changed = [name for name in names if after.get(name) != before.get(name)]
        why = given.labels["same"].get(changed[0] if len(changed) == 1 else "several", "")
        dispatcher.utter_message(response="utter_advice_same", why=why)
        return False
    dispatcher.utter_message(
        response="utter_advice_changes", changes="\n".join(f"- {line}" for line in said)
    )
    _show_cards(dispatcher, after, frozenset(one.occupation.id for one in old.suggestions))
    return True


def show_what_is_new(
    dispatcher: CollectingDispatcher, before: dict[str, Any], profile: dict[str, Any]
) -> Events:
    """Say what a changed answer changes in the advice; all of it when there was none before."""
    given = services.get()
    if not (given.advise(before).suggestions and given.advise(profile).suggestions):
        return show_advice(dispatcher, profile)
    if _say_difference(dispatcher, before, profile):
        _say_numbers(dispatcher, profile)
    else:
        dispatcher.utter_message(response="utter_advice_more")
    return SHOWN


def leave_the_question(dispatcher: CollectingDispatcher) -> None:
    """Take away the question what comes next, where something else is asked below it."""
    kept = [one for one in dispatcher.messages if one.get("response") not in ASKS_NEXT]
    for message in kept:
        if message.get("response") == "utter_advice_now":
            message |= {"response": "utter_advice_is_now", "buttons": []}
    dispatcher.messages[:] = kept


def _say_numbers(dispatcher: CollectingDispatcher, profile: dict[str, Any]) -> None:
    """Say which suggestion has which number now: what changed may have moved the others."""
    suggestions = services.get().advise(profile).suggestions
    names = [f"{number}. {one.occupation.name}" for number, one in enumerate(suggestions, start=1)]
    read = [about(one.occupation.id, one.occupation.name) for one in suggestions]
    buttons = [*read, *_ways(("advice_again", "ask_advice"), *CHANGES)]
    dispatcher.utter_message(response="utter_advice_now", names="\n".join(names), buttons=buttons)


def _ways(*ways: tuple[str, str]) -> list[dict[str, str]]:
    """Give the buttons for ways on: the name of each and its intent."""
    words = services.get().labels["ways_on"]
    return [{"title": words[name], "payload": f"/{intent}"} for name, intent in ways]


def about(occupation: str, name: str) -> dict[str, str]:
    """Give the button to read about an occupation."""
    return {
        "title": name,
        "payload": f'/ask_occupation{{"target_occupation":"{occupation}"}}',
    }


def _order(route: dict[str, Any], profile: dict[str, Any]) -> tuple[bool, bool]:
    """Who needs a wage sees routes with a wage first; what is not possible yet comes last."""
    return route["status"] == "not_yet", bool(profile.get("needs_wage")) and not route["wage"]


def _reasons(suggestion: dict[str, Any]) -> list[str]:
    """Give the reasons that are shown, in their order: every caution, and as many others as fit."""
    reasons = suggestion["reasons"]
    room = REASONS - sum(one["code"] in CAUTIONS for one in reasons)
    kind = [one["code"] for one in reasons if one["code"] not in CAUTIONS][: max(room, 1)]
    return [one["text"] for one in reasons if one["code"] in CAUTIONS or one["code"] in kind]


def text_of(suggestion: dict[str, Any]) -> str:
    """Give a suggestion, as JSON, in plain text."""
    words = services.get().labels["card"]
    lines = [suggestion["occupation"]["name"]]
    lines += _reasons(suggestion)
    lines += [f"{words['route']}: {_route(route)}" for route in suggestion["routes"][:ROUTES]]
    if suggestion["demand"]:
        lines.append(f"{words['demand']}: {suggestion['demand']['text']}")
    return "\n".join([*lines, f"{words['next_step']}: {suggestion['next_step']}"])


def _route(route: dict[str, Any]) -> str:
    """Say in one line what a route is to this person: may I, how long, is there a wage."""
    given = services.get()
    words = given.texts.plan.words
    low, high = route["duration_months"]
    status = given.labels["route_status"][route["status"]]
    wage = wage_in_words(words, wage=route["wage"], days_work=route["days_work"])
    word = "duration_one" if low == high else "duration"
    duration = words[word].format(low=low, high=high)
    return " ".join([f"{route['name']} ({status}).", duration, wage, *route["missing"][:1]])


def card_of(suggestion: dict[str, Any]) -> dict[str, Any]:
    """Give the card of a suggestion that is JSON."""
    words = services.get().labels["card"]
    routes = suggestion["routes"][:ROUTES]
    reasons = _reasons(suggestion)
    rows = [{"label": words["why"], "value": reasons}] if reasons else []
    rows.append({"label": words["route"], "value": [_route(route) for route in routes]})
    if routes:
        cost = f"{routes[0]['cost_text']} {routes[0]['paid_by_text']}"
        rows.append({"label": words["cost"], "value": cost})
    if suggestion["demand"]:
        rows.append({"label": words["demand"], "value": suggestion["demand"]["text"]})
    rows.append({"label": words["next_step"], "value": suggestion["next_step"]})
    shown = [source for route in routes for source in route["sources"]]
    if suggestion["demand"]:
        demand = suggestion["demand"]
        shown.append({"title": demand["source"], "url": None, "checked_on": demand["checked_on"]})
    return {
        "kind": "advice",
        "title": suggestion["occupation"]["name"],
        "rows": rows,
        "sources": list({source["title"]: source for source in shown}.values()),
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
        if tracker.get_slot("stage") == "consent":
            return _beside_consent(dispatcher, tracker, profile)
        shown = show_advice(dispatcher, profile, after=_wanted_after(tracker))
        return [SlotSet("profile", profile), *shown]


def _beside_consent(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any]
) -> Events:
    """Show again what would be shared, if that is meant; else the advice, and ask what was open."""
    shares = services.get().labels["contact"]["shares"].split()
    if not set(shares).isdisjoint(fold(written(tracker)).split()):
        return consent.show_consent(dispatcher, profile, tracker.get_slot("contact"))
    _show_cards(dispatcher, profile)
    return [ADVISED, *consent.repeat(dispatcher, tracker)]


class ActionWhatIf(Action):
    """Shows the advice under another assumption, and what that changes and why.

    The person's own answers stay as they are, until the person says to keep the assumption.
    """

    def name(self) -> str:
        return "action_what_if"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        before, supposed = profile_of(tracker), tracker.get_slot("supposed")
        if keep := entity_value(tracker, "keep"):
            return await keep_or_go_back(dispatcher, tracker, keep=keep == "yes")
        entities = entities_of(tracker)
        # A second assumption comes on top of the first.
        supposed = intake.suppose(supposed or before, entities)
        early = tracker.get_slot("stage") == "intake" and not tracker.get_slot("advised")
        if early and supposed != before:
            return _before_advice(dispatcher, tracker, supposed)
        if supposed == before:
            dispatcher.utter_message(response="utter_what_if_unclear")
            return come_back(dispatcher, tracker)
        changed = {name: supposed[name] for name in supposed if supposed[name] != before.get(name)}
        dispatcher.utter_message(response="utter_what_if", supposed=summary_text(changed))
        if tracker.get_slot("stage") == "summary":
            # No advice was seen yet, so there is nothing to compare it with.
            _show_cards(dispatcher, supposed)
        else:
            _say_difference(dispatcher, before, supposed)
        dispatcher.utter_message(response=KEEP)
        return [*SHOWN, ADVISED, SlotSet("supposed", supposed)]


def _before_advice(
    dispatcher: CollectingDispatcher, tracker: Tracker, supposed: dict[str, Any]
) -> Events:
    """Take what is new for an answer; what was answered otherwise stays, and can be tried later."""
    before = profile_of(tracker)
    profile = {**supposed, **before}
    if own := {name: value for name, value in before.items() if supposed.get(name) != value}:
        dispatcher.utter_message(response="utter_what_if_later", own=summary_text(own))
    elif tracker.get_slot("asked") not in profile:
        dispatcher.utter_message(response="utter_noted")
    return [SlotSet("profile", profile), *proceed(dispatcher, tracker, profile)]


async def keep_or_go_back(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, keep: bool
) -> Events:
    """Take the assumption for an answer, or forget it."""
    before = profile_of(tracker)
    profile = (tracker.get_slot("supposed") or before) if keep else before
    dispatcher.utter_message(response="utter_what_if_kept" if keep else "utter_what_if_back")
    asks = await reach.ask_to_correct(dispatcher, tracker, before, profile)
    if not asks:
        dispatcher.utter_message(response="utter_advice_more")
    return [*SHOWN, SlotSet("profile", profile), SlotSet("supposed", None), *asks]
