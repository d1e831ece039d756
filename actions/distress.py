"""Stays with a person in despair: no form goes on over it, and no word is taken for an answer."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.talk import last_said

SAID, STAY = "utter_distress", "utter_distress_stay"


def say_help(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say at once who can help; in other words when that was said just now."""
    dispatcher.utter_message(response=STAY if last_said(tracker)[-1:] == (SAID,) else SAID)


def stay_with_distress(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Say again who can help when that was said last; tell whether it was."""
    if not {SAID, STAY} & set(last_said(tracker)):
        return False
    say_help(dispatcher, tracker)
    return True
