"""Takes one answer away: "verwijder mijn uren" is no wish to have everything erased."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reach, status
from actions.change import named_question
from actions.consent import contact_of, kept_of, show_consent
from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import Events, profile_of, speaks_of, summary_text, written
from bot.catalogue.folding import fold
from bot.handoff.contact import has_both

WITH_IT = {"needs_wage": ("min_wage_month", "min_wage_is"), "occupation": ("years",)}
"""What says nothing without the answer that is taken away."""


async def forget_one(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Take away the one answer, or the contact, that the message names; None when it names none."""
    if speaks_of(tracker, "everything"):
        return None
    if speaks_of(tracker, "about") or speaks_of(tracker, "named"):
        return await _contact(dispatcher, tracker)
    field = named_question(tracker) or _other(tracker)
    if field is None:
        return None
    before, profile = profile_of(tracker), profile_of(tracker)
    if field not in profile:
        dispatcher.utter_message(response="utter_forgot_nothing")
        return come_back(dispatcher, tracker)
    dispatcher.utter_message(
        response="utter_forgot", summary=summary_text({field: profile[field]})
    )
    for name in (field, *WITH_IT.get(field, ())):
        profile.pop(name, None)
    # Who takes an answer away is not asked for it again at once.
    skipped = list(dict.fromkeys([*(tracker.get_slot("skipped") or []), field]))
    tracker.slots.update(profile=profile, skipped=skipped)
    kept = [SlotSet("profile", profile), SlotSet("skipped", skipped)]
    if tracker.get_slot("stage") == "consent":
        return [*kept, *show_consent(dispatcher, profile, kept_of(tracker))]
    asks = await reach.ask_to_correct(dispatcher, tracker, before, profile)
    return [*kept, *(asks or come_back(dispatcher, tracker))]


def _other(tracker: Tracker) -> str | None:
    """Name the answer that is called by a word of its own and has no button to change it."""
    said = set(fold(written(tracker)).split())
    words = services.get().labels["forget"]
    return next((field for field in words if said & set(words[field].split())), None)


async def _names_another_way(tracker: Tracker, contact: dict[str, Any] | None) -> bool:
    """Tell whether a telephone is to be taken away where only an address is known, or the reverse."""
    way = contact["way"] if contact else await conversation.get().reached_by()
    if not way or has_both(way):
        return False
    phone, mail = speaks_of(tracker, "phone"), speaks_of(tracker, "mail")
    return mail if "@" not in way and not phone else phone and not mail and "@" in way


async def _contact(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Drop a contact that was not sent; of one that was sent, say what can be done."""
    contact = contact_of(tracker)
    if await _names_another_way(tracker, contact):
        if found := await status.open_request():
            await status.say_status(dispatcher, tracker, *found)
            return []
        dispatcher.utter_message(response="utter_forgot_nothing")
        return come_back(dispatcher, tracker)
    if found := await status.open_request():
        if contact:
            return reach.leave(dispatcher, tracker)
        if await conversation.get().reached_by():
            dispatcher.utter_message(response="utter_forget_contact_sent", reference=found[0])
            return []
        await status.say_status(dispatcher, tracker, *found)
        return []
    if kept_of(tracker) is None:
        dispatcher.utter_message(response="utter_forgot_nothing")
        return come_back(dispatcher, tracker)
    dispatcher.utter_message(response="utter_forgot_contact" if contact else "utter_forgot_name")
    tracker.slots["contact"] = None
    if tracker.get_slot("stage") == "consent":
        return show_consent(dispatcher, profile_of(tracker), None)
    return [SlotSet("contact", None), *come_back(dispatcher, tracker)]
