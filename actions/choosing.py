"""Says the next step towards work that is chosen, or that was read about last."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.numbered import numbered
from actions.services import services
from actions.talk import Events, entity_value, profile_of
from bot.advice.model import Excluded, Suggestion
from bot.catalogue.model import TargetOccupation
from bot.dialogue.beside_advice import REFUSED


def say_next_step(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say what comes next with the work that is meant; nothing when none is.

    Who chooses work that the advice leaves out reads why first. Work that was refused since it was
    read about is meant no more.
    """
    targets, profile = services.get().catalogue.targets, profile_of(tracker)
    named = targets.get(entity_value(tracker, "target_occupation") or "")
    named = named or next(iter(numbered(tracker)), None)
    topic = tracker.get_slot("topic") or ""
    meant = named or (targets.get(topic) if topic not in profile.get(REFUSED, []) else None)
    if meant is None:
        return []
    found = services.get().fit(profile, meant)
    if isinstance(found, Excluded):
        dispatcher.utter_message(text=found.reason.text)
    dispatcher.utter_message(
        response="utter_chosen" if named else "utter_next_step_of",
        name=meant.name,
        next_step=_next_step(meant, found),
    )
    return [SlotSet("topic", meant.id)]


def _next_step(target: TargetOccupation, found: Suggestion | Excluded | None) -> str:
    """Give the step for this person; of work that is not advised, that of its first route."""
    if found is None or isinstance(found, Excluded):
        return services.get().catalogue.routes[target.routes[0]].next_step
    return found.next_step
