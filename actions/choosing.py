"""Says the next step towards work that is chosen, or that was read about last."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.numbered import numbered
from actions.services import services
from actions.talk import Events, entity_value, profile_of
from bot.advice.model import Excluded
from bot.catalogue.model import TargetOccupation


def say_next_step(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say what comes next with the work that is meant; nothing when none is."""
    targets = services.get().catalogue.targets
    named = targets.get(entity_value(tracker, "target_occupation") or "")
    named = named or next(iter(numbered(tracker)), None)
    meant = named or targets.get(tracker.get_slot("topic") or "")
    if meant is None:
        return []
    dispatcher.utter_message(
        response="utter_chosen" if named else "utter_next_step_of",
        name=meant.name,
        next_step=_next_step(meant, profile_of(tracker)),
    )
    return [SlotSet("topic", meant.id)]


def _next_step(target: TargetOccupation, profile: dict[str, object]) -> str:
    """Give the step for this person; of work that is not advised, that of its first route."""
    given = services.get()
    found = given.fit(profile, target)
    if found is None or isinstance(found, Excluded):
        return given.catalogue.routes[target.routes[0]].next_step
    return found.next_step
