"""Goes a step back, and says why something is asked."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import consent, handoff
from actions.advice import keep_or_go_back
from actions.change import named_question
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, ask, profile_of, summary_text
from bot import intake


class ActionGoBack(Action):
    """Asks the previous question again; what was answered stays until it is answered otherwise."""

    def name(self) -> str:
        return "action_go_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if tracker.get_slot("stage") in consent.STAGES:
            return await handoff.leave(dispatcher, tracker)
        if tracker.get_slot("stage") == "advice" and tracker.get_slot("supposed"):
            return keep_or_go_back(dispatcher, tracker, keep=False)
        asked = tracker.get_slot("asked")
        question, profile = intake.previous_question(asked), profile_of(tracker)
        if question == asked:
            dispatcher.utter_message(response="utter_first_question")
        elif question in profile:
            known = summary_text({question: profile[question]})
            dispatcher.utter_message(response="utter_answer_so_far", summary=known)
        kept = {
            name: [one for one in tracker.get_slot(name) or [] if one != question]
            for name in ("skipped", "missed")
        }
        return [*(SlotSet(*item) for item in kept.items()), *ask(dispatcher, question)]


class ActionWhy(Action):
    """Says why the open question is asked."""

    def name(self) -> str:
        return "action_why"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        reasons = services.get().labels["why"]
        stage = tracker.get_slot("stage")
        topic = stage if stage in consent.STAGES else tracker.get_slot("asked")
        topic = topic or named_question(tracker)
        dispatcher.utter_message(
            response="utter_why", reason=reasons.get(topic or "general", reasons["general"])
        )
        return come_back(dispatcher, tracker)
