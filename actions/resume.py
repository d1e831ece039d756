"""Goes back to what was open after a side question, so that no answer is a dead end."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import consent
from actions.talk import Events, ask, offer_ways_on, proceed, profile_of
from actions.which import ask_which, open_choice

STANDS_ALONE = frozenset(
    {
        "utter_ask_cost",
        "utter_ask_duration",
        "utter_ask_health",
        "utter_ask_next_step",
        "utter_chosen",
        "utter_next_step_of",
        "utter_change_what",
        "utter_complain",
        "utter_complain_again",
        "utter_bereaved",
        "utter_distress",
        "utter_distress_ask",
        "utter_distress_other",
        "utter_distress_stay",
        "utter_distress_unsafe",
        "utter_distress_unsafe_stay",
        "utter_emergency",
        "utter_emergency_maybe",
        "utter_explain_funding",
        "utter_feeling",
        "utter_feeling_again",
        "utter_goodbye",
        "utter_grief",
        "utter_low",
        "utter_handoff_none",
        "utter_handoff_withdraw_confirm",
        "utter_money_trouble",
        "utter_not_understood_again",
        "utter_what_if_unclear",
        "utter_which_meaning",
        "utter_which_route",
        "utter_which_target",
        "utter_unknown_occupation",
    }
)
"""Answers that ask something themselves or must not be talked over; each has its own way on."""


def come_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Repeat the question that was open, of the handoff or of the background; else offer ways on."""
    stage, asked = tracker.get_slot("stage"), tracker.get_slot("asked")
    if dispatcher.messages and dispatcher.messages[-1].get("response") in STANDS_ALONE:
        return consent.keep_shown(tracker)
    if stage in consent.STAGES:
        return consent.repeat(dispatcher, tracker)
    unclear, _ = open_choice(tracker)
    if unclear:
        return ask_which(dispatcher, unclear)
    if asked:
        return ask(dispatcher, asked)
    if stage == "intake":
        return proceed(dispatcher, tracker, profile_of(tracker))
    if stage == "summary":
        dispatcher.utter_message(response="utter_summary_again")
        return []
    if dispatcher.messages:
        offer_ways_on(dispatcher, tracker)
    else:
        dispatcher.utter_message(response="utter_advice_more")
    return [SlotSet("stage", "advice")]
