"""Understands a bare yes, no, skip or don't know by what the bot said last."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import handoff, privacy
from actions.advice import KEEP, keep_or_go_back, show_advice
from actions.asides import WITHDRAWS
from actions.change import ask_what_to_change
from actions.consent import STAGES
from actions.distress import IS_IT, let_go, say_emergency, stay_with_distress
from actions.intake import absorbed, heard, not_found
from actions.reach import wished
from actions.resume import come_back
from actions.services import services
from actions.session import CONFIRM, SENT, begin_again_or_stay
from actions.talk import Events, adds_limits, last_said, proceed, profile_of, written
from actions.which import keep_first, open_choice
from bot import intake
from bot.catalogue.folding import fold, has

OFFERS_A_HUMAN = {
    "utter_ask_next_step",
    "utter_chosen",
    "utter_next_step_of",
    "utter_complain",
    "utter_complain_again",
    "utter_contact_not_kept",
    "utter_feeling",
    "utter_feeling_again",
    "utter_handoff_none",
    "utter_not_understood_again",
}
OFFERS_LIGHT_WORK = "utter_ask_health"


class ActionAnswer(Action):
    """Understands yes, no, skip and don't know by what was asked."""

    def name(self) -> str:
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        said = last_said(tracker)
        if (events := let_go(dispatcher, tracker)) is not None:
            return events
        if stay_with_distress(dispatcher, tracker):
            return []
        intent, stage = tracker.get_intent_of_latest_message(), tracker.get_slot("stage")
        yes, asked = intent == "affirm", tracker.get_slot("asked")
        if IS_IT in said and intent != "deny":
            say_emergency(dispatcher, sure=True)
            return []
        if IS_IT in said:
            dispatcher.utter_message(response="utter_emergency_not")
            return come_back(dispatcher, tracker)
        if {privacy.CONFIRM, privacy.CONFIRM_SENT} & set(said):
            return await privacy.decide(dispatcher, tracker, yes=yes)
        if WITHDRAWS in said:
            return await handoff.withdraw_or_keep(dispatcher, tracker, yes=yes)
        if {CONFIRM, SENT} & set(said):
            return begin_again_or_stay(dispatcher, tracker, yes=yes)
        if KEEP in said and intent in ("affirm", "deny"):
            return await keep_or_go_back(dispatcher, tracker, keep=yes)
        if OFFERS_A_HUMAN & set(said):
            return await _human_or_on(dispatcher, tracker, yes=yes)
        if OFFERS_LIGHT_WORK in said and yes:
            return _lighter(dispatcher, tracker)
        if stage in STAGES:
            return await handoff.answer(dispatcher, tracker, absorbed(tracker), intent)
        if asked and _was_asked(asked, said):
            return _answer_question(dispatcher, tracker, asked, intent)
        if {"utter_summary", "utter_summary_again"} & set(said):
            return _summary(dispatcher, tracker, intent)
        if intent == "dont_know" and stage == "advice":
            dispatcher.utter_message(response="utter_no_hurry")
        return come_back(dispatcher, tracker)


def _was_asked(asked: str, said: tuple[str, ...]) -> bool:
    """Tell whether the last turn asked this question: a yes to anything else is no answer to it."""
    return any(name.startswith(("utter_ask_", "utter_retry_")) and name.endswith(asked)
               for name in said) or any(name.startswith("utter_which_") for name in said)  # fmt: skip


async def _human_or_on(dispatcher: CollectingDispatcher, tracker: Tracker, *, yes: bool) -> Events:
    if yes or wished(tracker):  # "nee geen mail, bel me maar"
        return await handoff.request(dispatcher, tracker)
    return come_back(dispatcher, tracker)


def _lighter(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    profile = profile_of(tracker)
    profile["avoid"] = list(dict.fromkeys([*profile.get("avoid", []), "heavy"]))
    dispatcher.utter_message(response="utter_noted")
    return [SlotSet("profile", profile), *come_back(dispatcher, tracker)]


def _summary(dispatcher: CollectingDispatcher, tracker: Tracker, intent: str | None) -> Events:
    more = has(fold(written(tracker)), services.get().labels["question"]["no_more"])
    if intent == "deny" and not more:
        return ask_what_to_change(dispatcher, tracker)
    if intent == "dont_know":
        return come_back(dispatcher, tracker)
    return show_advice(dispatcher, profile_of(tracker))


def _needs_wage(tracker: Tracker) -> bool:
    """Tell whether the words say that an income is needed, whatever they begin with: "nee, niet zonder"."""
    wages = [one["value"] for one in heard(tracker) if one["entity"] == "wage"]
    return wages != [] and "not_needed" not in wages


def _answer_question(
    dispatcher: CollectingDispatcher, tracker: Tracker, asked: str, intent: str | None
) -> Events:
    profile = absorbed(tracker)
    if asked == "needs_wage" and intent == "deny" and _needs_wage(tracker):
        return [SlotSet("profile", profile), *proceed(dispatcher, tracker, profile)]
    unclear, _ = open_choice(tracker)
    if intent == "affirm" and unclear and "occupation" not in profile:
        return keep_first(dispatcher, tracker, unclear, profile)
    if intent in ("affirm", "deny"):
        adding = adds_limits(tracker)
        changed = intake.answer_yes_or_no(profile, asked, yes=intent == "affirm", adding=adding)
        if changed is None and profile == profile_of(tracker):
            return not_found(dispatcher, tracker, profile)
        profile = changed or profile
        return [SlotSet("profile", profile), *proceed(dispatcher, tracker, profile)]
    skipped = list(tracker.get_slot("skipped") or [])
    if asked not in profile:
        skipped.append(asked)
    tracker.slots["skipped"] = skipped
    kept = [SlotSet("profile", profile), SlotSet("skipped", skipped)]
    return [*kept, *proceed(dispatcher, tracker, profile)]
