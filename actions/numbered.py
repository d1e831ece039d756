"""Finds which of the shown suggestions are meant by "nummer 2" or "de eerste twee"."""

from rasa_sdk import Tracker

from actions.services import services
from actions.talk import profile_of, written
from bot.catalogue.model import TargetOccupation
from bot.catalogue.places import fold

ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
SHORT = 6
"""So many words at most in a message that is about a suggestion and says little more."""


def numbered(tracker: Tracker) -> list[TargetOccupation]:
    """Give the occupations of the advice that are meant by their number, in order."""
    if tracker.get_slot("stage") != "advice":
        return []
    given, said = services.get(), fold(written(tracker))
    names = given.labels["number"]
    profile = tracker.get_slot("supposed") or profile_of(tracker)
    advice = given.advise(profile, limit=len(ORDER))
    shown = [one.occupation.id for one in advice.suggestions]
    meant = [
        one
        for name, one in zip(ORDER, shown, strict=False)
        if not set(names[name].split()).isdisjoint(said.split())
    ]
    if any(f" {phrase} " in f" {said} " for phrase in names["two"].split(",")):
        meant = shown[:2]
    return [given.catalogue.targets[one] for one in meant]


def numbered_alone(tracker: Tracker) -> TargetOccupation | None:
    """Give the one suggestion of which a short message says the number and little more: "2"."""
    meant = numbered(tracker)
    return meant[0] if len(meant) == 1 and len(written(tracker).split()) <= SHORT else None
