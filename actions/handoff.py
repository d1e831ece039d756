"""Hands the conversation to a regional partner, after consent."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import conversation, services
from actions.talk import Events, entities_of, profile_of, summary_text
from bot import intake
from bot.handoff.routing import region_and_partner


def show_consent(dispatcher: CollectingDispatcher, profile: dict[str, Any]) -> Events:
    """Show exactly what goes to whom."""
    region, partner = region_and_partner(services.get().catalogue, profile.get("place"))
    dispatcher.utter_message(
        response="utter_handoff_consent",
        partner=partner.name,
        region=region.name if region else services.get().labels["card"]["whole_country"],
        summary=summary_text(profile),
    )
    return [SlotSet("stage", "consent"), SlotSet("asked", None), SlotSet("profile", profile)]


async def decide(
    dispatcher: CollectingDispatcher, tracker: Tracker, profile: dict[str, Any], *, yes: bool
) -> Events:
    """Make the handoff after a yes; share nothing after anything else."""
    stage = SlotSet("stage", "advice")
    if not yes:
        dispatcher.utter_message(response="utter_handoff_declined")
        return [stage]
    shown = [event["text"] for event in tracker.events if event.get("event") == "bot"]
    advice = services.get().advise(profile).to_json()
    consent_text = shown[-1] if shown else ""
    reference = await conversation.get().request_handoff(profile, advice, consent_text)
    dispatcher.utter_message(response="utter_handoff_done", reference=reference)
    return [stage, SlotSet("handoff_reference", reference)]


class ActionRequestHuman(Action):
    """Starts the handoff: asks the place if it is not known, then consent."""

    def name(self) -> str:
        return "action_request_human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        profile = intake.absorb(profile_of(tracker), entities_of(tracker))
        return show_consent(dispatcher, profile)


class ActionHandoffStatus(Action):
    """Says where the request is."""

    def name(self) -> str:
        return "action_handoff_status"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        found = await conversation.get().handoff_status()
        if not found:
            dispatcher.utter_message(response="utter_handoff_none")
            return []
        reference, status = found
        words = services.get().labels["handoff_status"][status]
        dispatcher.utter_message(response="utter_handoff_status", reference=reference, status=words)
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
