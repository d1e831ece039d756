"""Hands the conversation to a regional partner: place if it is not known, consent, and after."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reach
from actions.consent import CONSENT, SHORT, STAGES, repeat, show_consent, shown
from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import Events, entities_of, entity_value, last_said, profile_of
from bot import intake
from bot.handoff.model import OPEN

PASSES = ("skip", "dont_know", "deny")


async def leave(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Share nothing, and go back to where the person was before."""
    if await open_request():
        return reach.leave(dispatcher, tracker)
    dispatcher.utter_message(response="utter_handoff_declined")
    stage = tracker.slots["stage"] = "intake" if tracker.get_slot("asked") else "advice"
    left = [SlotSet("stage", stage), SlotSet("contact", None), SlotSet("shown", None)]
    return [*left, *come_back(dispatcher, tracker)]


async def answer(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], intent: str | None
) -> Events:
    """Take yes, no, skip, don't know or an answer in words to what was open."""
    stage = tracker.get_slot("stage")
    if await open_request():
        return await reach.answer(dispatcher, tracker, intent)
    if contact := conversation.get().contact:
        return show_consent(dispatcher, profile, contact)
    if entity_value(tracker, "phone"):
        return reach.ask_contact(dispatcher)
    if stage == "consent" and intent is None:
        if profile == profile_of(tracker):
            return repeat(dispatcher, tracker)
        return show_consent(dispatcher, profile, tracker.get_slot("contact"))
    if stage == "consent":
        return await _decide(dispatcher, tracker, profile, yes=intent == "affirm")
    if stage == "handoff_place":
        if profile.get("place") or intent in PASSES:
            return show_consent(dispatcher, profile, None)
    elif intent in PASSES:
        return show_consent(dispatcher, profile, None)
    return repeat(dispatcher, tracker)


async def _decide(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], *, yes: bool
) -> Events:
    """Make the handoff after a yes; share nothing after anything else."""
    if not yes:
        return await leave(dispatcher, tracker)
    if profile != profile_of(tracker):
        # The yes brought something new, which was not shown yet.
        return show_consent(dispatcher, profile, tracker.get_slot("contact"))
    text = shown(tracker)
    if text is None or not {CONSENT, SHORT} & set(last_said(tracker)):
        # A yes counts only for a text that was seen, and only when it was asked for just now.
        return repeat(dispatcher, tracker)
    reference = await conversation.get().request_handoff(
        profile,
        services.get().advise(profile).to_json(),
        consent_text=text,
        contact=tracker.get_slot("contact"),
    )
    dispatcher.utter_message(response="utter_handoff_done", reference=reference)
    return [
        SlotSet("stage", "intake" if tracker.get_slot("asked") else "advice"),
        SlotSet("contact", None),
        SlotSet("shown", None),
        SlotSet("handoff_reference", reference),
    ]


def _say_status(dispatcher: CollectingDispatcher, reference: str, status: str) -> None:
    words = services.get().labels["handoff_status"][status]
    dispatcher.utter_message(response="utter_handoff_status", reference=reference, status=words)


async def request(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Start the handoff, or say where it is when there is one."""
    if found := await open_request():
        if conversation.get().contact or reach.wants_a_call(tracker):
            return await reach.answer(dispatcher, tracker, None)
        _say_status(dispatcher, *found)
        return []
    profile = intake.absorb(profile_of(tracker), entities_of(tracker))
    kept = [SlotSet("profile", profile)]
    if contact := conversation.get().contact:
        return show_consent(dispatcher, profile, contact)
    if profile.get("place"):
        if reach.wants_a_call(tracker):
            return [*kept, *reach.ask_contact(dispatcher)]
        if tracker.get_slot("stage") == "consent" and not entity_value(tracker, "again"):
            return await answer(dispatcher, tracker, profile, None)
        return show_consent(dispatcher, profile, tracker.get_slot("contact"))
    dispatcher.utter_message(response="utter_handoff_needs_place")
    return [*kept, SlotSet("stage", "handoff_place")]


async def open_request() -> tuple[str, str] | None:
    """Give reference and status of a request that is under way, or None."""
    found = await conversation.get().handoff_status()
    return found if found and found[1] in OPEN else None


async def asks_to_be_reached(tracker: Tracker) -> bool:
    """Tell whether the message is about the telephone or mail of a request that is under way."""
    return reach.is_about_contact(tracker) and await open_request() is not None


async def say_status_to_who_waits(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Say where a request is to "wanneer hoor ik iets"; tell whether that was asked."""
    found = await open_request() if reach.is_waiting(tracker) else None
    if found:
        _say_status(dispatcher, *found)
    return found is not None


class ActionRequestHuman(Action):
    """Starts the handoff, or says where it is when there is one."""

    def name(self) -> str:
        return "action_request_human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        return await request(dispatcher, tracker)


class ActionHandoffStatus(Action):
    """Says where the request is."""

    def name(self) -> str:
        return "action_handoff_status"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if found := await conversation.get().handoff_status():
            _say_status(dispatcher, *found)
        else:
            dispatcher.utter_message(response="utter_handoff_none")
        return []


class ActionWithdraw(Action):
    """Withdraws the request."""

    def name(self) -> str:
        return "action_withdraw"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if tracker.get_slot("stage") in STAGES and not await open_request():
            return await leave(dispatcher, tracker)
        if reference := await conversation.get().withdraw_handoff():
            dispatcher.utter_message(response="utter_handoff_withdrawn", reference=reference)
            return [*reach.close(tracker), *come_back(dispatcher, tracker)]
        dispatcher.utter_message(response="utter_handoff_none")
        return []


class ActionNextStep(Action):
    """Says what comes next: of the request, of the questions, or with the advice."""

    def name(self) -> str:
        return "action_next_step"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        if found := await open_request():
            _say_status(dispatcher, *found)
            return []
        stage = tracker.get_slot("stage")
        advised = stage == "advice"
        dispatcher.utter_message(
            response="utter_ask_next_step" if advised else "utter_next_step_is_advice"
        )
        return come_back(dispatcher, tracker)
