"""Answers fear, low spirits, grief, rejection and trouble at work or with money with a kind sentence and a way to a person.

Despair is not for here: see distress.
"""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events, last_said, written
from actions.told import asks_only, keep_told, speaks_of_self
from bot.catalogue.folding import fold, has

SAID, AGAIN = "utter_feeling", "utter_feeling_again"
DEBTS = "money_trouble"
HARD = ("low", "grief", DEBTS, "bullied", "rejected")
LONGEST = 14
"""Words of a message that says how one feels, and little more."""


def say_kindly(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Answer a message about fear or doubt; in other words the second time. Tell whether it was one."""
    if not (_tells(tracker, "afraid") and speaks_of_self(tracker)):
        return False
    dispatcher.utter_message(response=AGAIN if SAID in last_said(tracker) else SAID)
    return True


def comfort(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Answer a message about what is hard to bear, see HARD; None when it is about none of it.

    What else it tells is kept; that debts ask for an income is no answer to anything.
    """
    for kind in HARD if not asks_only(written(tracker)) else HARD[:3]:
        if _tells(tracker, kind) and not (kind == DEBTS and _is_otherwise(tracker)):
            dispatcher.utter_message(response=f"utter_{kind}")
            return [] if kind == DEBTS else keep_told(tracker)
    return None


def _is_otherwise(tracker: Tracker) -> bool:
    """Tell whether the trouble is what would be without an answer: "28, anders kan ik de huur niet betalen"."""
    said, words = fold(written(tracker)), services.get().labels["feeling"]
    return has(said, words["otherwise"])


def _tells(tracker: Tracker, kind: str) -> bool:
    said, phrases = fold(written(tracker)), services.get().labels["feeling"][kind].split(",")
    told = any(has(said, one) and not has(said, f"niet {one}") for one in phrases)
    return told and len(said.split()) <= LONGEST
