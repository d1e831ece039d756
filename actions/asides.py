"""Answers what is asked about a handoff while its consent is open, or while the request is under way."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reach, status
from actions.consent import kept_of, show_consent
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, entity_value, profile_of
from bot.handoff.routing import region_and_partner

WITHDRAWS = "utter_handoff_withdraw_confirm"


async def answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Answer the subject that the message was known to be about; None when it is about none."""
    about, known = entity_value(tracker, "about"), services.get().labels
    if tracker.get_slot("stage") == "consent" and about in known["at_consent"]:
        return _at_consent(dispatcher, tracker, about)
    found = await status.open_request() if about in known["of_request"] else None
    if found is None:
        return None
    if about == "withdraw":
        return ask_to_withdraw(dispatcher, tracker, found[0])
    dispatcher.utter_message(response="utter_handoff_when")
    await status.say_status(dispatcher, tracker, *found)
    return []


def ask_to_withdraw(dispatcher: CollectingDispatcher, tracker: Tracker, reference: str) -> Events:
    """Ask first, where the words are no plain wish to withdraw the request."""
    dispatcher.utter_message(response=WITHDRAWS, reference=reference)
    return reach.close(tracker)


def _at_consent(dispatcher: CollectingDispatcher, tracker: Tracker, about: str) -> Events:
    """Say what is known, and ask again; who wants to see what is shared sees it in full."""
    if about == "again":
        return show_consent(dispatcher, profile_of(tracker), kept_of(tracker))
    _, partner = region_and_partner(services.get().catalogue, profile_of(tracker).get("place"))
    dispatcher.utter_message(response=f"utter_consent_{about}", partner=partner.name)
    if about == "condition":
        return show_consent(dispatcher, profile_of(tracker), kept_of(tracker))
    return come_back(dispatcher, tracker)
