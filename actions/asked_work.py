"""Tells of work that a question names, and how it fits: "hoe word ik elektricien"."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.explore import say_occupation
from actions.fit import say_fit
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, entity_value, profile_of, written
from actions.told import asks
from bot.catalogue.model import TargetOccupation
from bot.catalogue.named import named_in


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
