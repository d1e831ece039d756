"""Stays with a person in despair or danger: no form goes on over it, and no word is taken for an answer.

Who says to have meant something else, or to want to go on, is let go, and hears once more who can help.
"""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import Events, last_said, written
from bot.catalogue.folding import fold, has
from bot.dialogue.another import is_about_another
from bot.handoff.model import DISTRESS

SAID, STAY = "utter_distress", "utter_distress_stay"
UNSAFE, UNSAFE_STAY = "utter_distress_unsafe", "utter_distress_unsafe_stay"
UNSAFE_SAID = ((UNSAFE,), (UNSAFE_STAY,))
OTHER, BEREAVED = "utter_distress_other", "utter_bereaved"
ASKS_ON = "utter_distress_ask"
"""Asks who said neither what is wrong nor to go on, so that the same two texts do not go round."""
GONE_ON, UNSAFE_GONE_ON = "utter_distress_on", "utter_distress_unsafe_on"
MISREAD = "utter_distress_misread"
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


def let_go(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Go on with who asks for that right after words on despair; None for all others.

    Words that are a crisis themselves never come here: the message was read as something else, and
    what may hide one ("ik bedoel dat ik dood wil") is left out.
    """
    said, words, labels = set(last_said(tracker)), fold(written(tracker)), services.get().labels
    unsafe = bool({UNSAFE, UNSAFE_STAY} & said)
    if EMERGENCY in said or not ({SAID, STAY, ASKS_ON} & said or unsafe) or not words:
        return None
    if has(words, labels["another"]["despair"]) or has(words, labels["violence"]):
        return None
    meant = has(words, labels[DISTRESS]["meant_else"]) and not unsafe
    if meant and not _was_plain(tracker):
        conversation.get().calm()
        dispatcher.utter_message(response=MISREAD)
        return come_back(dispatcher, tracker)
    intent = tracker.get_intent_of_latest_message()
    agrees = intent == "affirm" and ASKS_ON in said
    if not (meant or agrees or intent == ON or _goes_on(words, labels[DISTRESS])):
        return None
    dispatcher.utter_message(response=UNSAFE_GONE_ON if unsafe else GONE_ON)
    return come_back(dispatcher, tracker)


def _goes_on(words: str, given: dict[str, str]) -> bool:
    """Tell whether folded words say that it is over or wish to go on: "het gaat wel weer", "ik wil verder"."""
    return has(words, given["goes_on"]) and not has(words, given["not_on"])


def _was_plain(tracker: Tracker) -> bool:
    """Tell whether one of the last messages spoke of death or of harm to oneself: nothing takes that back."""
    plain = services.get().labels[DISTRESS]["plain"]
    texts = [
        str(event.get("text") or "")
        for event in tracker.events
        if event["event"] == "user"
        and ((event.get("parse_data") or {}).get("intent") or {}).get("name") == DISTRESS
    ]
    # Words beside a number are not kept here, only that they were of despair.
    return any(text.startswith("/") or has(fold(text), plain) for text in texts)


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
    if STAY in said:
        dispatcher.utter_message(response=ASKS_ON)
        return True
    if not {SAID, UNSAFE, UNSAFE_STAY, ASKS_ON} & said:
        return False
    say_help(dispatcher, tracker)
    return True
