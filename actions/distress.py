"""Stays with a person in despair or danger: no form goes on over it, and no word is taken for an answer."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import last_said, written
from bot.catalogue.folding import fold, has
from bot.dialogue.another import is_about_another

SAID, STAY = "utter_distress", "utter_distress_stay"
UNSAFE, UNSAFE_STAY = "utter_distress_unsafe", "utter_distress_unsafe_stay"
UNSAFE_SAID = ((UNSAFE,), (UNSAFE_STAY,))
OTHER, BEREAVED = "utter_distress_other", "utter_bereaved"
ON = "skip"
"""Who says "ga maar verder" wants the questions, and has read who can help."""
EMERGENCY, IS_IT = "utter_emergency", "utter_emergency_maybe"


def say_help(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say at once who can help; in other words when that was said just now.

    Who is hurt or threatened by somebody hears of Veilig Thuis, and goes on hearing of it. Who fears
    for another hears what to do for them, and who lost somebody who could not go on is comforted.
    """
    just, words, labels = last_said(tracker)[-1:], fold(written(tracker)), services.get().labels
    hurt = has(words, labels["violence"])
    if has(words, labels["bereaved"]):
        dispatcher.utter_message(response=BEREAVED)
        return
    if not hurt and just not in UNSAFE_SAID and is_about_another(words, labels["another"]):
        dispatcher.utter_message(response=OTHER)
        return
    # Who is hurt and now says to want to die must hear of 113 first.
    unsafe = hurt or (just in UNSAFE_SAID and not has(words, labels["another"]["despair"]))
    said, stay = (UNSAFE, UNSAFE_STAY) if unsafe else (SAID, STAY)
    dispatcher.utter_message(response=stay if just == (said,) else said)


def say_emergency(dispatcher: CollectingDispatcher, *, sure: bool) -> None:
    """Say to call 112; when it may be of another day, ask whether it is now, with the number in it."""
    dispatcher.utter_message(response=EMERGENCY if sure else IS_IT)


def stay_with_distress(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Say again who can help when that was said last; tell whether it was."""
    said = set(last_said(tracker))
    if tracker.get_intent_of_latest_message() == ON:
        return False
    if EMERGENCY in said:
        say_emergency(dispatcher, sure=True)
        return True
    if OTHER in said:
        dispatcher.utter_message(response=STAY)
        return True
    if not {SAID, STAY, UNSAFE, UNSAFE_STAY} & said:
        return False
    say_help(dispatcher, tracker)
    return True
