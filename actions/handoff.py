"""Hands the conversation to a regional partner: place if it is not known, consent, and after.

The slot `stage` says what is open: handoff_place, consent, or contact: how to be reached other
than through this conversation, for who wants that.
"""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import conversation, services
from actions.talk import Events, entities_of, entity_value, profile_of, summary_text
from bot import intake
from bot.handoff.model import OPEN
from bot.handoff.routing import region_and_partner

STAGES = ("handoff_place", "contact", "consent")
CONSENT = "utter_handoff_consent"
PASSES = ("skip", "dont_know", "deny")


def show_consent(
    dispatcher: CollectingDispatcher, profile: dict[str, Any], contact: dict[str, Any] | None
) -> Events:
    """Show exactly what goes to whom."""
    given = services.get()
    region, partner = region_and_partner(given.catalogue, profile.get("place"))
    words = given.labels["contact"]
    rows = [f"- {words['by']}: {contact['way'] if contact else words['chat']}"]
    if contact and contact["name"]:
        rows.insert(0, f"- {words['name']}: {contact['name']}")
    dispatcher.utter_message(
        response=CONSENT,
        partner=partner.name,
        region=region.name if region else given.labels["card"]["whole_country"],
        summary="\n".join([*rows, summary_text(profile)]).strip(),
        how=words["called"] if contact else words["written"],
    )
    return [
        SlotSet("stage", "consent"),
        SlotSet("asked", None),
        SlotSet("profile", profile),
        SlotSet("contact", contact),
    ]


def repeat(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask again what was open in the handoff, after a side question."""
    stage = tracker.get_slot("stage")
    if stage == "consent":
        return show_consent(dispatcher, profile_of(tracker), tracker.get_slot("contact"))
    name = "needs_place" if stage == "handoff_place" else "contact"
    dispatcher.utter_message(response=f"utter_handoff_{name}")
    return []


async def answer(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], intent: str | None
) -> Events:
    """Take yes, no, skip, don't know or an answer in words to what was open."""
    stage = tracker.get_slot("stage")
    if contact := conversation.get().contact:
        return show_consent(dispatcher, profile, contact)
    if entity_value(tracker, "phone"):
        dispatcher.utter_message(response="utter_handoff_contact")
        return [SlotSet("stage", "contact")]
    if stage == "consent" and intent is None:
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
    done = [SlotSet("stage", "advice"), SlotSet("contact", None)]
    if not yes:
        dispatcher.utter_message(response="utter_handoff_declined")
        return done
    shown = [
        event["text"]
        for event in tracker.events
        if event["event"] == "bot" and (event.get("metadata") or {}).get("utter_action") == CONSENT
    ]
    if not shown:
        # The text is too long ago: a yes counts only for what was just seen.
        return repeat(dispatcher, tracker)
    reference = await conversation.get().request_handoff(
        profile,
        services.get().advise(profile).to_json(),
        consent_text=shown[-1],
        contact=tracker.get_slot("contact"),
    )
    dispatcher.utter_message(response="utter_handoff_done", reference=reference)
    return [*done, SlotSet("handoff_reference", reference)]


def _say_status(dispatcher: CollectingDispatcher, reference: str, status: str) -> None:
    words = services.get().labels["handoff_status"][status]
    dispatcher.utter_message(response="utter_handoff_status", reference=reference, status=words)


class ActionRequestHuman(Action):
    """Starts the handoff, or says where it is when there is one."""

    def name(self) -> str:
        return "action_request_human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        found = await conversation.get().handoff_status()
        if found and found[1] in OPEN:
            _say_status(dispatcher, *found)
            return []
        profile = intake.absorb(profile_of(tracker), entities_of(tracker))
        if profile.get("place"):
            return show_consent(dispatcher, profile, None)
        dispatcher.utter_message(response="utter_handoff_needs_place")
        return [
            SlotSet("stage", "handoff_place"),
            SlotSet("profile", profile),
            SlotSet("asked", None),
        ]


class ActionHandoffStatus(Action):
    """Says where the request is."""

    def name(self) -> str:
        return "action_handoff_status"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        found = await conversation.get().handoff_status()
        if found:
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
        reference = await conversation.get().withdraw_handoff()
        if reference:
            dispatcher.utter_message(response="utter_handoff_withdrawn", reference=reference)
        else:
            dispatcher.utter_message(response="utter_handoff_none")
        return []
