"""What to do when a message is not understood, is about something else, or is angry."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.distress import say_help, stay_with_distress
from actions.intake import heard, take_in, wished
from actions.resume import come_back
from actions.services import conversation
from actions.talk import Events, last_said
from bot import intake

LADDER = ("utter_not_understood", "utter_not_understood_again", "utter_not_understood_still")
"""What is said when we do not understand again and again; the second offers a person."""
FIRST_STEP = {LADDER[0], "utter_out_of_scope"}


def _step(said: tuple[str, ...], first: str) -> str:
    if FIRST_STEP & set(said) or LADDER[2] in said:
        return LADDER[1]
    return LADDER[2] if LADDER[1] in said else first


class ActionNotUnderstood(Action):
    """Uses what was recognised after all; else asks again, and the second time offers a person."""

    def name(self) -> str:
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if stay_with_distress(dispatcher, tracker):
            return []
        if intake.named(heard(tracker)) or wished(tracker):
            return await take_in(dispatcher, tracker)
        latest = tracker.latest_message
        ranking = latest.get("intent_ranking") or []
        guess = ranking[1]["name"] if len(ranking) > 1 else None
        await conversation.get().not_understood(str(latest.get("text") or ""), guess)
        dispatcher.utter_message(response=_step(last_said(tracker), LADDER[0]))
        return come_back(dispatcher, tracker)


class ActionOutOfScope(Action):
    """Says what this is for; uses what was recognised all the same."""

    def name(self) -> str:
        return "action_out_of_scope"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if stay_with_distress(dispatcher, tracker):
            return []
        if conversation.get().contact or intake.bare_number(
            tracker.get_slot("asked"), str(tracker.latest_message.get("text") or "")
        ):
            return await take_in(dispatcher, tracker)
        dispatcher.utter_message(response=_step(last_said(tracker), "utter_out_of_scope"))
        return come_back(dispatcher, tracker)


class ActionDistress(Action):
    """Says at once who can help; nothing else."""

    def name(self) -> str:
        return "action_distress"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        say_help(dispatcher, tracker)
        return []


class ActionComplain(Action):
    """Takes anger seriously: says sorry, offers a person."""

    def name(self) -> str:
        return "action_complain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        again = "utter_complain" in last_said(tracker)
        dispatcher.utter_message(response="utter_complain_again" if again else "utter_complain")
        return []
