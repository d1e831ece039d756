"""Shows and erases what is stored."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import conversation
from actions.talk import Events, profile_of, summary_text


async def decide(dispatcher: CollectingDispatcher, tracker: Tracker, *, yes: bool) -> Events:
    """Erase after a yes; keep after anything else."""
    if yes:
        await conversation.get().erase()
        dispatcher.utter_message(response="utter_deleted")
    else:
        dispatcher.utter_message(response="utter_kept")
    return [SlotSet("stage", "advice")]


class ActionDelete(Action):
    """Asks whether the person is sure."""

    def name(self) -> str:
        return "action_delete"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        dispatcher.utter_message(response="utter_delete_confirm")
        return [SlotSet("stage", "delete"), SlotSet("asked", None)]


class ActionExport(Action):
    """Says what is known and where the whole file is."""

    def name(self) -> str:
        return "action_export"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        dispatcher.utter_message(
            response="utter_export", summary=summary_text(profile_of(tracker))
        )
        return []
