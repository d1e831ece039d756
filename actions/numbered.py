"""Finds which of the shown suggestions are meant by "nummer 2" or "de eerste twee"."""

from typing import Any

from rasa_sdk import Tracker

from actions.services import services
from actions.talk import profile_of, written
from bot.catalogue.model import TargetOccupation
from bot.catalogue.places import fold
from bot.dialogue.mentioned import MOST, counted

SHORT = 6
"""So many words at most in a message that is about a suggestion and says little more."""


def numbered(tracker: Tracker) -> list[TargetOccupation]:
    """Give the occupations of the advice that are meant by their number, in order."""
    if tracker.get_slot("stage") != "advice":
        return []
    given = services.get()
    shown = suggested(tracker.get_slot("supposed") or profile_of(tracker))
    meant = counted(fold(written(tracker)), shown, given.labels["number"], page_of(tracker))
    return [given.catalogue.targets[one] for one in meant]


def page_of(tracker: Tracker) -> int:
    """Give how many suggestions come before the ones that were shown last."""
    return tracker.get_slot("page") or 0


def suggested(profile: dict[str, Any]) -> list[str]:
    """Give the ids of the suggestions for a profile that can be meant by their number."""
    advice = services.get().advise(profile, limit=MOST)
    return [one.occupation.id for one in advice.suggestions]


def numbered_alone(tracker: Tracker) -> TargetOccupation | None:
    """Give the one suggestion of which a short message says the number and little more: "2"."""
    meant = numbered(tracker)
    return meant[0] if len(meant) == 1 and len(written(tracker).split()) <= SHORT else None
