"""Finds which of the shown suggestions are meant by "nummer 2" or "de eerste twee"."""

from rasa_sdk import Tracker

from actions.services import services
from actions.talk import profile_of, written
from bot.catalogue.model import TargetOccupation
from bot.catalogue.places import fold

ORDER = ("first", "second", "third")


def numbered(tracker: Tracker) -> list[TargetOccupation]:
    """Give the occupations of the advice that are meant by their number, in order."""
    if tracker.get_slot("stage") != "advice":
        return []
    given, said = services.get(), fold(written(tracker))
    names = given.labels["number"]
    shown = [one.occupation.id for one in given.advise(profile_of(tracker)).suggestions]
    meant = [
        one
        for name, one in zip(ORDER, shown, strict=False)
        if not set(names[name].split()).isdisjoint(said.split())
    ]
    if any(f" {phrase} " in f" {said} " for phrase in names["two"].split(",")):
        meant = shown[:2]
    return [given.catalogue.targets[one] for one in meant]
