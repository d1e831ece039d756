"""Gives the overstapplan once there is advice."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reach import is_by_mail
from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import Events, profile_of, speaks_of, summary_text


class ActionSavePlan(Action):
    """Gives the overstapplan: as text where there is no page, else says where the page is."""

    def name(self) -> str:
        return "action_save_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        summary = summary_text(profile_of(tracker))
        if is_by_mail(tracker):
            dispatcher.utter_message(response="utter_by_mail")
            return come_back(dispatcher, tracker)
        if speaks_of(tracker, "calls"):
            dispatcher.utter_message(response="utter_plan_not_mailed")
        if not tracker.get_slot("advised"):
            name = "utter_save_plan_later" if summary else "utter_save_plan_nothing"
            dispatcher.utter_message(response=name, summary=summary)
        elif conversation.get().channel == "web":
            dispatcher.utter_message(response="utter_save_plan")
        else:
            dispatcher.utter_message(text=services.get().plan_text(profile_of(tracker)))
        return come_back(dispatcher, tracker)
