"""Background questions: take in what was said, ask what is missing."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import handoff, privacy
from actions.advice import show_advice
from actions.explore import say_occupation
from actions.resume import come_back
from actions.services import services
from actions.talk import Events, ask, entities_of, entity_value, proceed, profile_of
from bot import intake
from bot.catalogue.model import TargetOccupation
from bot.catalogue.places import fold


class ActionWelcome(Action):
    """Says what this is; asks the first question, or goes on where the person was."""

    def name(self) -> str:
        return "action_welcome"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        profile = profile_of(tracker)
        dispatcher.utter_message(response="utter_welcome")
        if profile:
            return come_back(dispatcher, tracker) or proceed(dispatcher, tracker, profile)
        return _from_the_start(dispatcher)


class ActionRestart(Action):
    """Forgets the answers and begins again. Overrides Rasa's own action of this name."""

    def name(self) -> str:
        return "action_restart"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        dispatcher.utter_message(response="utter_welcome")
        return _from_the_start(dispatcher)


def _from_the_start(dispatcher: CollectingDispatcher) -> Events:
    cleared = [SlotSet("profile", {}), SlotSet("skipped", []), SlotSet("misses", 0)]
    return [*cleared, *ask(dispatcher, intake.QUESTIONS[0])]


class ActionTakeIn(Action):
    """Takes in every answer of one message and goes on with what is missing."""

    def name(self) -> str:
        return "action_take_in"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        before, entities = profile_of(tracker), entities_of(tracker)
        profile = intake.absorb(before, entities)
        events = [SlotSet("profile", profile), SlotSet("misses", 0)]
        if choice := _unclear(dispatcher, entities):
            return [*events, *choice]
        target = services.get().catalogue.targets.get(
            entity_value(tracker, "target_occupation") or ""
        )
        if target:
            say_occupation(dispatcher, target, profile)
        if tracker.get_slot("stage") in handoff.STAGES:
            return [*events, *await handoff.answer(dispatcher, tracker, profile, None)]
        if tracker.get_slot("stage") == "advice" and profile != before:
            return [*events, *show_advice(dispatcher, profile)]
        if tracker.get_slot("stage") == "advice":
            return [*events, *_nothing_new(dispatcher, target)]
        if profile == before and not target:
            return [*events, *_not_found(dispatcher, tracker, profile)]
        return [*events, *proceed(dispatcher, tracker, profile)]


def _nothing_new(dispatcher: CollectingDispatcher, target: TargetOccupation | None) -> Events:
    if target is None:
        dispatcher.utter_message(response="utter_advice_more")
    return []


def _unclear(dispatcher: CollectingDispatcher, entities: list[dict[str, Any]]) -> Events:
    """Ask which of several occupations or places is meant."""
    given = services.get()
    for entity in entities:
        if entity["entity"] == "occupation" and entity.get("alternatives"):
            known = given.catalogue.origins | given.catalogue.targets
            buttons = [
                {"title": known[name].name, "payload": f'/inform{{"occupation":"{name}"}}'}
                for name in entity["alternatives"]
            ]
            dispatcher.utter_message(response="utter_which_occupation", buttons=buttons)
            return [SlotSet("asked", "occupation"), SlotSet("stage", "intake")]
        if entity["entity"] == "place":
            rows = given.catalogue.places.get(fold(entity["value"]), ())
            if len({row.region for row in rows}) > 1:
                towns = sorted({row.municipality for row in rows})[:5]
                dispatcher.utter_message(
                    response="utter_which_place", place=entity["value"], places=", ".join(towns)
                )
                return [SlotSet("asked", "place")]
    return []


def _not_found(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any]
) -> Events:
    """Nothing of the answer was recognised: say so, ask once more, and then go on without."""
    asked = tracker.get_slot("asked")
    skipped = list(tracker.get_slot("skipped") or [])
    missed = list(tracker.get_slot("missed") or [])
    if asked is None:
        return proceed(dispatcher, tracker, profile)
    if asked in missed:
        dispatcher.utter_message(response="utter_go_on_without")
        skipped.append(asked)
        tracker.slots["skipped"] = skipped
        return [SlotSet("skipped", skipped), *proceed(dispatcher, tracker, profile)]
    dispatcher.utter_message(response=f"utter_retry_{asked}")
    return [SlotSet("missed", [*missed, asked]), SlotSet("asked", asked)]


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
        if stage in handoff.STAGES:
            return await handoff.answer(dispatcher, tracker, profile, intent)
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
