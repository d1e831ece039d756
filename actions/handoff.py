"""Hands the conversation to a regional partner: place if it is not known, consent, and after."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import asides, reach
from actions.choosing import say_next_step
from actions.consent import (
    CONSENT,
    SHORT,
    STAGES,
    contact_of,
    kept_of,
    only_here,
    repeat,
    show_consent,
    shown,
    with_name,
)
from actions.resume import come_back
from actions.services import conversation, services
from actions.status import open_request, say_open, say_status
from actions.talk import (
    Events,
    entities_of,
    entity_value,
    is_call_time,
    last_said,
    left_to_ask,
    profile_of,
    written,
)
from actions.told import asks, told
from bot import intake
from bot.catalogue.folding import fold

PASSES = ("skip", "dont_know", "deny")
NEEDS_PLACE, MOST_ASKED = "utter_handoff_needs_place", 2
NOTED = {"utter_handoff_call_time", "utter_handoff_contact_noted"}
"""Said before the place is asked again of who gave a time or a number instead: that missed nothing."""
WANTS_A_CALL = {"way": None, "name": None}
"""Kept as the contact of who wants to be called and has not said at what number."""


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
        return await reach.answer(dispatcher, tracker, intent, profile)
    if contact := conversation.get().contact:
        return _keep(dispatcher, tracker, profile, contact)
    if reach.stops(tracker):
        return await leave(dispatcher, tracker)
    events = await reach.half(dispatcher, tracker, intent, sent=False)
    if events is not None:
        return events
    if stage == "handoff_place":
        return await _after_place(dispatcher, tracker, profile, intent)
    if wants_the_chat(tracker, intent):
        other = contact_of(tracker) is not None
        here = only_here(tracker)
        return show_consent(dispatcher, profile, here) if other else repeat(dispatcher, tracker)
    if entity_value(tracker, "phone"):
        return reach.ask_contact(dispatcher)
    if stage == "consent" and intent is None:
        if profile == profile_of(tracker):
            return repeat(dispatcher, tracker)
        return show_consent(dispatcher, profile, kept_of(tracker))
    if stage == "consent" and intent == "dont_know":
        # Who doubts says neither yes nor no.
        dispatcher.utter_message(response="utter_consent_doubt")
        return repeat(dispatcher, tracker)
    if stage == "consent" and intent == "deny":
        events = reach.ask_other_way(dispatcher, tracker)
        if events is not None:
            return events
    if stage == "consent":
        return await _decide(dispatcher, tracker, profile, yes=intent == "affirm")
    if intent in PASSES:
        return show_consent(dispatcher, profile, only_here(tracker))
    return repeat(dispatcher, tracker)


def wants_the_chat(tracker: Tracker, intent: str | None) -> bool:
    """Tell whether, asked for consent, the person asks to be answered here: neither a yes nor a no."""
    if tracker.get_slot("stage") != "consent":
        return False
    refused = not {"niet", "geen"}.isdisjoint(fold(written(tracker)).split())
    agrees = intent == "affirm" and contact_of(tracker) is None
    return reach.says_one_of(tracker, "here") and not refused and not agrees


def _keep(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    profile: dict[str, Any],
    contact: dict[str, Any],
) -> Events:
    """Keep a contact: show it with all that is shared, once it is known which region that goes to."""
    contact, stage = with_name(tracker, contact), tracker.get_slot("stage")
    if is_call_time(tracker):
        dispatcher.utter_message(response="utter_handoff_call_time")
    if profile.get("place") or stage in ("contact", "consent"):
        return show_consent(dispatcher, profile, contact)
    dispatcher.utter_message(response="utter_handoff_contact_noted")
    return [SlotSet("contact", contact), *_ask_place(dispatcher)]


def _ask_place(dispatcher: CollectingDispatcher) -> Events:
    dispatcher.utter_message(response="utter_handoff_needs_place")
    return [SlotSet("stage", "handoff_place")]


def says_here_for_a_place(tracker: Tracker) -> bool:
    """Tell whether who was asked for a place says "via chat dan": that names no work either."""
    return tracker.get_slot("stage") == "handoff_place" and reach.says_one_of(tracker, "here")


def place_is_missed(tracker: Tracker) -> bool:
    """Tell whether the place was asked twice and not found: then the national partner gets it."""
    turns, said = 0, set[str]()
    for event in reversed(tracker.events):
        if event["event"] == "bot":
            said.add((event.get("metadata") or {}).get("utter_action") or "")
        elif event["event"] == "user" and (turns or said):
            if NEEDS_PLACE not in said:
                break
            turns, said = turns + (not NOTED & said), set()
    turns += NEEDS_PLACE in said and not NOTED & said
    return tracker.get_slot("stage") == "handoff_place" and turns >= MOST_ASKED


async def _after_place(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], intent: str | None
) -> Events:
    """Go on once the place is known or passed: to the number of who wants a call, else to consent."""
    # "Liever niet, gewoon verder" is about the place alone: who passes it goes on to the consent.
    onward = intent not in PASSES and reach.says_one_of(tracker, "onward")
    if not profile.get("place") and onward:
        return await leave(dispatcher, tracker)
    if not profile.get("place") and intent not in PASSES and not place_is_missed(tracker):
        if entity_value(tracker, "phone") and not contact_of(tracker):
            return [SlotSet("contact", WANTS_A_CALL), *repeat(dispatcher, tracker)]
        return repeat(dispatcher, tracker)
    if not profile.get("place") and intent not in PASSES:
        dispatcher.utter_message(response="utter_handoff_no_place")
    contact = contact_of(tracker)
    if contact is None and tracker.get_slot("contact"):
        return reach.ask_contact(dispatcher)
    return show_consent(dispatcher, profile, contact)


async def _decide(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], *, yes: bool
) -> Events:
    """Make the handoff after a yes; share nothing after anything else."""
    if not yes:
        return await leave(dispatcher, tracker)
    if profile != profile_of(tracker):
        # The yes brought something new, which was not shown yet.
        return show_consent(dispatcher, profile, kept_of(tracker))
    text = shown(tracker)
    if text is None or not {CONSENT, SHORT} & set(last_said(tracker)):
        # A yes counts only for a text that was seen, and only when it was asked for just now.
        return repeat(dispatcher, tracker)
    contact = kept_of(tracker)
    reference = await conversation.get().request_handoff(
        profile,
        services.get().advise(profile).to_json(),
        consent_text=text,
        contact=contact,
    )
    done = "utter_handoff_done_reached" if contact_of(tracker) else "utter_handoff_done"
    dispatcher.utter_message(response=done, reference=reference)
    return [
        SlotSet("stage", "intake" if tracker.get_slot("asked") else "advice"),
        SlotSet("contact", None),
        SlotSet("shown", None),
        SlotSet("handoff_reference", reference),
    ]


async def request(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Start the handoff, or say where it is when there is one."""
    given = conversation.get().contact or conversation.get().offered
    if found := await open_request():
        named = conversation.get().name
        if given or named or reach.wants_a_call(tracker) or is_call_time(tracker):
            return await reach.answer(dispatcher, tracker, None)
        if entity_value(tracker, "about") == reach.MESSAGE:
            return reach.ask_message(dispatcher)
        await say_open(dispatcher, *found)
        return []
    # "Is er een loopbaancoach?" names who is wanted, and no work of the person's; what is tapped is.
    own = told(tracker) if written(tracker) else entities_of(tracker)
    said = [one for one in entities_of(tracker) if one["entity"] != "occupation" or one in own]
    profile = intake.absorb(profile_of(tracker), said, keeping_work=True)
    kept = [SlotSet("profile", profile)]
    if tracker.get_slot("asked") in profile:
        # "ik ben kok en wil een mens spreken": afterwards the work is not asked again.
        asked = tracker.slots["asked"] = left_to_ask(tracker, profile)
        kept.append(SlotSet("asked", asked))
    if given:
        return [*kept, *_keep(dispatcher, tracker, profile, given)]
    calls, contact = reach.wants_a_call(tracker), contact_of(tracker)
    stage, timed = tracker.get_slot("stage"), is_call_time(tracker)
    if timed and stage in STAGES and (contact or not calls):
        return [*kept, *await answer(dispatcher, tracker, profile, None)]
    if timed:
        dispatcher.utter_message(response="utter_handoff_call_time")
    if not profile.get("place") and calls:
        return [*kept, SlotSet("contact", contact or WANTS_A_CALL), *_ask_place(dispatcher)]
    if not profile.get("place"):
        return [*kept, *_ask_place(dispatcher)]
    if calls:
        return [*kept, *reach.ask_contact(dispatcher)]
    if stage == "consent" and not entity_value(tracker, "again"):
        return [*kept, *await answer(dispatcher, tracker, profile, None)]
    return [*kept, *show_consent(dispatcher, profile, kept_of(tracker))]


def asks_for_a_call(tracker: Tracker) -> bool:
    """Tell whether the message gives a number in words that ask for a call, whatever its intent."""
    return bool(conversation.get().offered) and reach.says_one_of(tracker, "asks")


def asks_again(tracker: Tracker) -> bool:
    """Tell whether the person wants a new request after one that is over."""
    return reach.says_one_of(tracker, "again")


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
        events = await asides.answer(dispatcher, tracker)
        if events is not None:
            return events
        if asks_again(tracker):
            return await request(dispatcher, tracker)
        if found := await conversation.get().handoff_status():
            await say_status(dispatcher, tracker, *found)
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
        return await withdraw(dispatcher, tracker)


async def withdraw_or_keep(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, yes: bool
) -> Events:
    """Withdraw after a yes to that question; keep the request after anything else."""
    if yes:
        return await _withdraw(dispatcher, tracker)
    return reach.leave(dispatcher, tracker)


async def withdraw(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Withdraw the request; what was not sent yet is left.

    A plain wish is done at once, as a new request is one tap away. Who asks, doubts or says it in
    words that may mean another thing, as that they must not be called, is asked.
    """
    found = await open_request()
    if asks_again(tracker) and not found:
        return await request(dispatcher, tracker)
    if tracker.get_slot("stage") in STAGES and not found:
        return await leave(dispatcher, tracker)
    said = written(tracker)
    plain = not said or reach.says_one_of(tracker, "withdraws")
    if found and (not plain or asks(said) or reach.says_one_of(tracker, "unsure")):
        return asides.ask_to_withdraw(dispatcher, tracker, found[0])
    return await _withdraw(dispatcher, tracker)


async def _withdraw(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    if reference := await conversation.get().withdraw_handoff():
        dispatcher.utter_message(response="utter_handoff_withdrawn", reference=reference)
        return reach.close(tracker)
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
            await say_status(dispatcher, tracker, *found)
            return []
        stage = tracker.get_slot("stage")
        advised = stage == "advice"
        if advised and (events := say_next_step(dispatcher, tracker)):
            return events
        dispatcher.utter_message(
            response="utter_ask_next_step" if advised else "utter_next_step_is_advice"
        )
        return come_back(dispatcher, tracker)
