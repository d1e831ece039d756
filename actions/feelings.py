"""Answers fear and doubt about oneself with a kind sentence and the offer of a person.

Despair is not for here: see distress.
"""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import last_said, written
from actions.told import speaks_of_self
from bot.catalogue.places import fold

SAID, AGAIN = "utter_feeling", "utter_feeling_again"
LONGEST = 12
"""Words of a message that says how one feels, and little more."""


def say_kindly(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Answer a message about fear or doubt; in other words the second time. Tell whether it was one."""
    if not _tells_feeling(tracker):
        return False
    dispatcher.utter_message(response=AGAIN if SAID in last_said(tracker) else SAID)
    return True


def _tells_feeling(tracker: Tracker) -> bool:
    words, given = fold(written(tracker)).split(), services.get().labels["feeling"]
    # The sign at the end is for what says it only as the last words: "ik kan niks".
    said = f" {' '.join(words)} . "
    told = any(
        f" {one.strip()} " in said and f" niet {one.strip()} " not in said
        for one in given["afraid"].split(",")
    )
    return told and speaks_of_self(tracker) and len(words) <= LONGEST
