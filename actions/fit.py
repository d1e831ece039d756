"""Says how work fits a person and by which routes, or why it is not in the advice."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import about, card_of, text_of
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, entities_of, profile_of
from bot.advice.model import Excluded
from bot.catalogue.model import TargetOccupation
from bot.dialogue.beside_advice import MISSING, REFUSED


def say_fit(
    dispatcher: CollectingDispatcher, target: TargetOccupation, profile: dict[str, Any]
) -> bool:
    """Say why an occupation fits this person, and by which routes; or why it is not advised.

    Nothing is said to who told too little; tell whether anything was.
    """
    found = services.get().fit(profile, target)
    if found is None:
        return False
    if isinstance(found, Excluded):
        response = "utter_fit_refused" if found.reason.code == REFUSED else "utter_fit_not"
        dispatcher.utter_message(response=response, reason=found.reason.text, name=target.name)
        return True
    suggestion = found.to_json()
    dispatcher.utter_message(response="utter_fit" if found.score else "utter_fit_unknown")
    # It is no advice: there may be no overstapplan yet.
    card = {**card_of(suggestion), "kind": "route"}
    dispatcher.utter_message(text=text_of(suggestion), json_message={"card": card})
    return True


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
