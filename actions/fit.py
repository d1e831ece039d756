"""Says how work that the person names fits, and by which routes: "hoe word ik elektricien"."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import about, card_of, text_of
from actions.explore import say_occupation
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, entities_of, entity_value, profile_of, written
from actions.told import asks
from bot.advice.model import Excluded
from bot.catalogue.model import TargetOccupation
from bot.catalogue.named import named_in
from bot.dialogue.beside_advice import MISSING


def asked_about(tracker: Tracker) -> TargetOccupation | None:
    """Give the occupation to move to that a question names, if it is one."""
    targets, text = services.get().catalogue.targets, written(tracker)
    if not asks(text):
        return None
    named = named_in(text, targets.values())
    found = targets.get(entity_value(tracker, "target_occupation") or "")
    return found or (named[0] if len(named) == 1 else None)


def explain(
    dispatcher: CollectingDispatcher, tracker: Tracker, target: TargetOccupation
) -> Events:
    """Tell what the work is and how it fits, and go on where we were."""
    profile = profile_of(tracker)
    say_occupation(dispatcher, target, profile)
    say_fit(dispatcher, target, profile)
    return [SlotSet("topic", target.id), *come_back(dispatcher, tracker)]


def say_fit(
    dispatcher: CollectingDispatcher, target: TargetOccupation, profile: dict[str, Any]
) -> None:
    """Say why an occupation fits this person, and by which routes; or why it is not advised.

    Nothing is said of who told too little.
    """
    found = services.get().fit(profile, target)
    if found is None:
        return
    if isinstance(found, Excluded):
        dispatcher.utter_message(response="utter_fit_not", reason=found.reason.text)
        return
    suggestion = found.to_json()
    dispatcher.utter_message(response="utter_fit" if found.score else "utter_fit_unknown")
    # It is no advice: there may be no overstapplan yet.
    card = {**card_of(suggestion), "kind": "route"}
    dispatcher.utter_message(text=text_of(suggestion), json_message={"card": card})


def missing_work(tracker: Tracker) -> list[TargetOccupation]:
    """Give the work of which a message asks why it is not in the advice."""
    targets = services.get().catalogue.targets
    named = [one["value"] for one in entities_of(tracker) if one["entity"] == MISSING]
    return [targets[one] for one in named if one in targets]


def explain_missing(
    dispatcher: CollectingDispatcher, tracker: Tracker, missing: list[TargetOccupation]
) -> Events:
    """Say why work is not among the first of the advice, and what would change that."""
    found = services.get().why_not(profile_of(tracker), missing)
    if found is None:
        dispatcher.utter_message(response="utter_why_fits")
        return come_back(dispatcher, tracker)
    dispatcher.utter_message(text="\n".join(found.why))
    if found.change:
        changes = "\n".join(f"- {one}" for one in found.change)
        dispatcher.utter_message(response="utter_would_change", changes=changes)
    elif not found.among_first:
        dispatcher.utter_message(response="utter_would_not_change")
    dispatcher.messages[-1]["buttons"] = [about(found.id, found.name)]
    return [SlotSet("topic", found.id), *come_back(dispatcher, tracker)]
