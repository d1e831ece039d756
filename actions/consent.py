"""Shows what a handoff would share, and asks again what is open in it.

The slot `stage` says what is open: handoff_place, consent, or contact: how to be reached other
than through this conversation, for who wants that; reach: whether that may go with a request that
was sent already. The slot `shown` keeps the consent text that was seen, over side questions.
"""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import conversation, services
from actions.talk import Events, labelled, profile_of, summary_text
from bot.handoff.call_time import names_a_time
from bot.handoff.model import DISTRESS
from bot.handoff.reach import PREPARING
from bot.handoff.routing import region_and_partner

STAGES = PREPARING
CONSENT, SHORT = "utter_handoff_consent", "utter_handoff_consent_short"


def show_consent(
    dispatcher: CollectingDispatcher, profile: dict[str, Any], contact: dict[str, Any] | None
) -> Events:
    """Show exactly what goes to whom."""
    given = services.get()
    region, partner = region_and_partner(given.catalogue, profile.get("place"))
    words = given.labels["contact"]
    how = words["called"] if contact and contact["way"] else words["written"]
    dispatcher.utter_message(
        response=CONSENT,
        partner=partner.name,
        region=region.name if region else given.labels["card"]["whole_country"],
        summary=_shared(profile, contact),
        how=f"{how} {_mark()}".strip(),
    )
    return [
        SlotSet("stage", "consent"),
        SlotSet("profile", profile),
        SlotSet("contact", contact),
        SlotSet("shown", None),
    ]


def contact_of(tracker: Tracker) -> dict[str, Any] | None:
    """Give the contact that is kept; a name or a wish to be called without a number is none yet."""
    kept = tracker.get_slot("contact")
    return kept if kept and kept["way"] else None


def kept_of(tracker: Tracker) -> dict[str, Any] | None:
    """Give what is kept of how the person is called and reached: what the consent shows."""
    kept = tracker.get_slot("contact")
    return kept if kept and (kept["way"] or kept["name"]) else None


def only_here(tracker: Tracker) -> dict[str, Any] | None:
    """Give what is kept of who wants to be answered in this conversation: at most the name."""
    name = (tracker.get_slot("contact") or {}).get("name")
    return {"way": None, "name": name} if name else None


def with_name(tracker: Tracker, contact: dict[str, Any]) -> dict[str, Any]:
    """Give a contact with the name that was given before, when it brings none itself."""
    kept = tracker.get_slot("contact") or {}
    return {**contact, "name": contact["name"] or kept.get("name")}


def _shared(profile: dict[str, Any], contact: dict[str, Any] | None) -> str:
    """Give what goes to the partner, a line each."""
    words = services.get().labels["contact"]
    way = contact["way"] if contact else None
    rows = [f"- {words['by']}: {way or words['chat']}"]
    if contact and contact["name"]:
        rows.insert(0, f"- {words['name']}: {contact['name']}")
    return "\n".join([*rows, summary_text(profile)]).strip()


def shown(tracker: Tracker) -> str | None:
    """Give the consent text that the person saw, or None when what would be shared is another now."""
    texts = [
        event["text"]
        for event in tracker.events
        if event["event"] == "bot" and (event.get("metadata") or {}).get("utter_action") == CONSENT
    ]
    seen: str = texts[-1] if texts else tracker.get_slot("shown") or ""
    profile = profile_of(tracker)
    _, partner = region_and_partner(services.get().catalogue, profile.get("place"))
    same = partner.name in seen and _shared(profile, kept_of(tracker)) in seen
    return seen if same and _mark() in seen else None


def _mark() -> str:
    """Give what the consent says of the mark that a request gets of who wrote in distress; else nothing."""
    given = services.get()
    return str(given.labels[DISTRESS]["shared"]) if conversation.get().in_distress else ""


def keep_shown(tracker: Tracker) -> Events:
    """Keep the text that was seen: of a conversation only the last turns are remembered."""
    seen = shown(tracker) if tracker.get_slot("stage") == "consent" else None
    return [SlotSet("shown", seen)] if seen else []


def repeat(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask again what was open in the handoff, after a side question; what was seen only in short."""
    stage = tracker.get_slot("stage")
    if stage == "consent":
        profile, seen = profile_of(tracker), shown(tracker)
        if seen is None:
            return show_consent(dispatcher, profile, kept_of(tracker))
        _, partner = region_and_partner(services.get().catalogue, profile.get("place"))
        dispatcher.utter_message(response=SHORT, partner=partner.name)
        return [SlotSet("shown", seen)]
    named = {"handoff_place": "needs_place", "reach": "reach", "message": "message"}
    name = named.get(stage, "contact")
    given, kept = conversation.get().contact, tracker.get_slot("contact")
    added = {"added": added_lines(kept)} if kept and stage == "reach" else {}
    dispatcher.utter_message(response=f"utter_handoff_{name}", **added)
    return [SlotSet("contact", given)] if given else []


def added_lines(contact: dict[str, Any]) -> str:
    """Give what would go with a request, a line each, and in whose place a number would come."""
    words = services.get().labels["contact"]
    way, when, old = contact["way"], contact.get("when"), contact.get("instead")
    rows = {
        "name": contact["name"],
        "by": words["instead"].format(way=way, old=old) if old else way,
        "when" if names_a_time(when or "") else "how": words["said"].format(when=when)
        if when
        else None,
    }
    lines = [f"- {words[key]}: {value}" for key, value in rows.items() if value]
    return "\n".join([*lines, *_corrected_lines(contact.get("profile"), contact.get("was") or {})])


def _corrected_lines(fields: dict[str, Any] | None, was: dict[str, Any]) -> list[str]:
    """Give what would be another thing in a request, a line each, and that the advice goes with it."""
    if not fields:
        return []
    given = services.get()
    words, names = given.labels["contact"], given.labels["field"]
    lines = []
    for field in (name for name in names if name in fields):
        value = fields[field]
        new = given.labels["system"]["removed"] if value is None else labelled(field, value)
        old = was.get(field)
        if old is not None:
            new = words["instead"].format(way=new, old=labelled(field, old))
        lines.append(f"- {names[field]}: {new}")
    return [*lines, f"- {words['advice_too']}"]
