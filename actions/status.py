"""Says where a request is, and how its person can be reached: masked, the number is not repeated."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import reach
from actions.consent import STAGES
from actions.resume import come_back
from actions.services import conversation, services
from actions.talk import Events, profile_of, speaks_of, written
from actions.told import asks
from bot.handoff.contact import has_both
from bot.handoff.model import OPEN
from bot.handoff.routing import region_and_partner

STATUS = "utter_handoff_status"


async def open_request() -> tuple[str, str] | None:
    """Give reference and status of a request that is under way, or None."""
    found = await conversation.get().handoff_status()
    return found if found and found[1] in OPEN else None


async def say_status(
    dispatcher: CollectingDispatcher, tracker: Tracker, reference: str, status: str
) -> None:
    """Say where a request is, with the buttons that fit it."""
    words = services.get().labels["handoff_status"][status]
    if status not in OPEN:
        dispatcher.utter_message(response=f"{STATUS}_over", reference=reference, status=words)
        return
    if speaks_of(tracker, "waits"):
        dispatcher.utter_message(response="utter_handoff_when")
    way = await conversation.get().reached_by()
    dispatcher.utter_message(
        response=f"{STATUS}_reached" if way else STATUS,
        reference=reference,
        status=words,
        partner=await _partner(profile_of(tracker).get("place")),
        reached=_reached(way),
    )


async def say_open(dispatcher: CollectingDispatcher, reference: str, status: str) -> None:
    """Say to who asks for a person again where the request is, and what can be done meanwhile."""
    asked_on = await conversation.get().requested_on()
    dispatcher.utter_message(
        response="utter_handoff_open",
        reference=reference,
        status=services.get().labels["handoff_status"][status],
        asked_on=f"{asked_on:%d-%m-%Y}" if asked_on else "",
        partner=await _partner(),
        reached=_reached(await conversation.get().reached_by()),
    )


async def say_what_is_known(dispatcher: CollectingDispatcher) -> None:
    """Say of the newest request, if there is one, where it is and how its person can be reached."""
    found = await conversation.get().handoff_status()
    if found is None:
        return
    reference, status = found
    dispatcher.utter_message(
        response="utter_handoff_known",
        reference=reference,
        status=services.get().labels["handoff_status"][status],
        partner=await _partner() if status in OPEN else "",
        reached=_reached(await conversation.get().reached_by()) if status in OPEN else "",
    )


async def answer_about_contact(
    dispatcher: CollectingDispatcher, tracker: Tracker
) -> Events | None:
    """Say what number or address a request has, or ask for one; None when it is not about that."""
    found = await open_request() if speaks_of(tracker, "about") else None
    if found is None:
        return None
    checks = asks(written(tracker)) or speaks_of(tracker, "checks")
    if not checks or speaks_of(tracker, "changes"):
        return reach.ask_contact(dispatcher)
    await say_status(dispatcher, tracker, *found)
    return come_back(dispatcher, tracker) if tracker.get_slot("stage") in STAGES else []


async def say_status_to_who_waits(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Say where a request is to "wanneer hoor ik iets"; tell whether that was asked."""
    found = await open_request() if speaks_of(tracker, "waits") else None
    if found:
        await say_status(dispatcher, tracker, *found)
    return found is not None


async def _partner(place: str | None = None) -> str:
    """Say for whom the request is; it stays theirs when its person moves, who is told what to do then."""
    given = services.get()
    words = given.labels["contact"]
    partner = given.catalogue.partners.get(await conversation.get().requested_of() or "")
    if partner is None:
        return ""
    says = words["goes_to"].format(partner=partner.name)
    _, nearer = region_and_partner(given.catalogue, place)
    moved = place is not None and nearer.id != partner.id
    return f"{says} {words['moved'].format(partner=nearer.name)}" if moved else says


def _reached(way: str | None) -> str:
    words = services.get().labels["contact"]
    if way is None:
        return words["not_given"]
    one = "mailed_at" if "@" in way else "called_at"
    return words["both_at" if has_both(way) else one].format(way=way)
