"""Shows what a handoff would share, and asks again what is open in it.

The slot `stage` says what is open: handoff_place, consent, or contact: how to be reached other
than through this conversation, for who wants that.
"""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.talk import Events, profile_of, summary_text
from bot.handoff.routing import region_and_partner

STAGES = ("handoff_place", "contact", "consent")
CONSENT = "utter_handoff_consent"


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
