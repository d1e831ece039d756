"""Rasa's tracker store on the conversation's own row, inside the turn's transaction.

Rasa's own stores swallow a database error into memory and answer as if nothing happened; this one
lets the error be an error, so that the turn fails as a whole. They also read every event of the
session at each turn; this one keeps the slots and the last turn, which is all that rules look at,
so that turn 1,000 costs what turn 10 costs. The messages themselves are in their own table.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.events import BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

from bot.storage.conversations import load
from bot.storage.database import current_session
from bot.storage.tables import Conversation

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain

KEPT_TURNS = 2


class TurnTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Reads and writes the tracker of a conversation with the session of the running turn."""

    def __init__(self, domain: "Domain | None" = None) -> None:
        super().__init__(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Give the tracker of a conversation, or None when it has no events yet."""
        row = await load(current_session(), sender_id)
        if not row.events:
            return None
        slots = [SlotSet(name, value) for name, value in row.slots.items()]
        events = [Event.from_parameters(data) for data in row.events]
        kept = [event for event in events if event is not None]
        return DialogueStateTracker.from_events(sender_id, [*slots, *kept], self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots that are set and the events of the last turns."""
        row = await load(current_session(), tracker.sender_id)
        row.slots = {
            name: value
            for name, value in tracker.current_slot_values().items()
            if value is not None
        }
        row.events = [_slim(event) for event in _last_turns(list(tracker.events))]

    async def keys(self) -> Iterable[str]:
        """Give the ids of all conversations."""
        return list(await current_session().scalars(select(Conversation.id)))


def _last_turns(events: list[Event]) -> list[Event]:
    """Give the events from the listen before the last-but-one message of the person."""
    turns = [number for number, event in enumerate(events) if isinstance(event, UserUttered)]
    if not turns:
        return []
    # The listen before the person's words; what opened the session would reset the slots.
    start = max(0, turns[-KEPT_TURNS:][0] - 1)
    return [event for event in events[start:] if not isinstance(event, SlotSet | SessionStarted)]


def _slim(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = event.as_dict()
    if isinstance(event, BotUttered):
        data["data"] = {}
    if isinstance(event, UserUttered):
        data["parse_data"] = {
            key: value
            for key, value in event.parse_data.items()
            if key in ("intent", "entities", "text", "message_id", "metadata")
        }
    # Which text it was: the consent that was shown is looked up by it.
    name = (data.pop("metadata", None) or {}).get("utter_action")
    if name:
        data["metadata"] = {"utter_action": name}
    return data
