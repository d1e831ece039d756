"""Background questions: take in what was said, ask what is missing."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import handoff, privacy
from actions.advice import show_advice
from actions.services import services
from actions.talk import Events, ask, come_back, entities_of, proceed, profile_of
from bot import intake


class ActionWelcome(Action):
    """Says what this is and asks the first question."""

    def name(self) -> str:
        return "action_welcome"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        restarting = tracker.get_intent_of_latest_message() == "restart"
        profile = {} if restarting else profile_of(tracker)
        dispatcher.utter_message(response="utter_welcome")
        if profile:
            return come_back(dispatcher, tracker) or proceed(dispatcher, tracker, profile)
        cleared = [SlotSet("profile", {}), SlotSet("skipped", []), SlotSet("misses", 0)]
        return [*cleared, *ask(dispatcher, intake.QUESTIONS[0])]


class ActionTakeIn(Action):
    """Takes in every answer of one message and goes on with what is missing."""

    def name(self) -> str:
        return "action_take_in"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        before = profile_of(tracker)
        profile = intake.absorb(before, entities_of(tracker))
        events = [SlotSet("profile", profile), SlotSet("misses", 0)]
        if tracker.get_slot("stage") == "handoff" and profile.get("place"):
            return [*events, *handoff.show_consent(dispatcher, profile)]
        if tracker.get_slot("stage") == "advice" and profile != before:
            return [*events, *show_advice(dispatcher, profile)]
        return [*events, *proceed(dispatcher, tracker, profile)]


class ActionAnswer(Action):
    """Understands yes, no, skip and don't know by what was asked."""

    def name(self) -> str:
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        intent = tracker.get_intent_of_latest_message()
        stage, yes = tracker.get_slot("stage"), intent == "affirm"
        profile = intake.absorb(profile_of(tracker), entities_of(tracker))
        if stage == "consent":
            return await handoff.decide(dispatcher, tracker, profile, yes=yes)
        if stage == "delete":
            return await privacy.decide(dispatcher, tracker, yes=yes)
        if stage == "summary" and yes:
            return show_advice(dispatcher, profile)
        if stage in ("summary", "advice"):
            dispatcher.utter_message(response="utter_change_what")
            return [SlotSet("profile", profile)]
        return self._answer_question(dispatcher, tracker, profile, intent)

    def _answer_question(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        profile: dict[str, Any],
        intent: str | None,
    ) -> Events:
        asked = tracker.get_slot("asked")
        skipped = list(tracker.get_slot("skipped") or [])
        if intent in ("affirm", "deny"):
            profile = intake.answer_yes_or_no(profile, asked, yes=intent == "affirm")
        elif asked and asked not in profile:
            skipped.append(asked)
        tracker.slots["skipped"] = skipped
        events = [SlotSet("profile", profile), SlotSet("skipped", skipped), SlotSet("misses", 0)]
        return [*events, *proceed(dispatcher, tracker, profile)]


class ActionGoBack(Action):
    """Asks the previous question again."""

    def name(self) -> str:
        return "action_go_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        question = intake.previous_question(tracker.get_slot("asked"))
        profile = profile_of(tracker)
        profile.pop(question, None)
        skipped = [name for name in tracker.get_slot("skipped") or [] if name != question]
        kept = [SlotSet("profile", profile), SlotSet("skipped", skipped)]
        return [*kept, *ask(dispatcher, question)]


class ActionWhy(Action):
    """Says why the open question is asked."""

    def name(self) -> str:
        return "action_why"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        reasons = services.get().labels["why"]
        reason = reasons.get(tracker.get_slot("asked") or "general", reasons["general"])
        dispatcher.utter_message(response="utter_why", reason=reason)
        return come_back(dispatcher, tracker)
