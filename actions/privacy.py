"""Shows and erases what is stored."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.forget import forget_one
from actions.refusals import say_all_refused
from actions.resume import come_back
from actions.services import conversation
from actions.status import say_what_is_known
from actions.talk import Events, entity_value, profile_of, summary_text
from bot.dialogue.beside_advice import REFUSED
from bot.handoff.model import Status

CONFIRM, CONFIRM_SENT = "utter_delete_confirm", "utter_delete_confirm_sent"


async def decide(dispatcher: CollectingDispatcher, tracker: Tracker, *, yes: bool) -> Events:
    """Erase after a yes; keep after anything else, and go on where we were."""
    if yes:
        await conversation.get().erase()
        dispatcher.utter_message(response="utter_deleted")
        return [SlotSet("stage", "advice")]
    dispatcher.utter_message(response="utter_kept")
    return come_back(dispatcher, tracker)


class ActionDelete(Action):
    """Takes one answer away when one is named; else asks whether the person is sure."""

    def name(self) -> str:
        return "action_delete"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        events = await forget_one(dispatcher, tracker)
        if events is not None:
            return events
        found = await conversation.get().handoff_status()
        # A request that was withdrawn has been taken back from who had it already.
        sent = found is not None and found[1] != Status.WITHDRAWN
        dispatcher.utter_message(
            response=CONFIRM_SENT if sent else CONFIRM, reference=found[0] if found else None
        )
        return [SlotSet("stage", "delete"), SlotSet("contact", None)]


class ActionExport(Action):
    """Says what is known and where all of it is."""

    def name(self) -> str:
        return "action_export"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if entity_value(tracker, "about") == REFUSED:
            return say_all_refused(dispatcher, tracker)
        summary = summary_text(profile_of(tracker))
        where = "web" if conversation.get().channel == "web" else "here"
        name = f"utter_export_{where}" if summary else f"utter_export_nothing_{where}"
        dispatcher.utter_message(response=name, summary=summary)
        await say_what_is_known(dispatcher)
        return come_back(dispatcher, tracker)
