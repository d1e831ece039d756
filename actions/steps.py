"""Goes a step back, and says why: why something is asked, or why work fits."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import consent, handoff
from actions.advice import keep_or_go_back
from actions.change import named_question
from actions.fit import explain_missing, missing_work, say_fit
from actions.numbered import numbered
from actions.resume import come_back
from actions.services import services
from actions.talk import (
    AGAIN,
    LIMITS,
    Events,
    ask,
    entity_value,
    profile_of,
    summary_text,
    written,
)
from bot import intake
from bot.catalogue.folding import fold
from bot.dialogue.asked_likes import MEANING


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
            return await keep_or_go_back(dispatcher, tracker, keep=False)
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
        again = [SlotSet("limits", AGAIN)] if question == LIMITS else []
        return [*(SlotSet(*item) for item in kept.items()), *ask(dispatcher, question), *again]


class ActionWhy(Action):
    """Says why the open question is asked; after the advice, why the work in it fits."""

    def name(self) -> str:
        return "action_why"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if missing := missing_work(tracker):
            return explain_missing(dispatcher, tracker, missing)
        if entity_value(tracker, "about") == MEANING:
            dispatcher.utter_message(response="utter_explain_interests")
            return []
        reasons = services.get().labels["why"]
        stage = tracker.get_slot("stage")
        topic = stage if stage in consent.STAGES else tracker.get_slot("asked")
        topic = topic or named_question(tracker)
        if topic is None and stage == "advice" and not _is_about_a_question(tracker):
            return _why_it_fits(dispatcher, tracker)
        dispatcher.utter_message(
            response="utter_why", reason=reasons.get(topic or "general", reasons["general"])
        )
        return come_back(dispatcher, tracker)


def _is_about_a_question(tracker: Tracker) -> bool:
    """Tell whether a why is about what was asked of the person, by its words."""
    asking = services.get().labels["question"]["asking"].split()
    return not set(asking).isdisjoint(fold(written(tracker)).split())


def _why_it_fits(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say why the work fits that is named, by its name, its number or a "that"; else how to see it."""
    targets = services.get().catalogue.targets
    named = targets.get(entity_value(tracker, "target_occupation") or "")
    just = targets.get(tracker.get_slot("topic") or "")
    target = named or next(iter(numbered(tracker)), None) or just
    if target is None:
        dispatcher.utter_message(response="utter_why_fits")
        return come_back(dispatcher, tracker)
    say_fit(dispatcher, target, profile_of(tracker))
    return [SlotSet("topic", target.id), *come_back(dispatcher, tracker)]
