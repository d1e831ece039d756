"""Rasa's tracker store on our own tables, inside the turn's transaction.

Rasa's own stores swallow a database error into memory and answer as if nothing happened; this one
lets the error be an error, so that the turn fails as a whole.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func, select

from bot.storage.database import current_session
from bot.storage.tables import TrackerEvent

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain


class TurnTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Reads and appends the events of a conversation with the session of the running turn."""

    def __init__(self, domain: "Domain | None" = None) -> None:
        super().__init__(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Give the tracker of a conversation, or None when it has no events yet."""
        rows = await current_session().scalars(
            select(TrackerEvent.event)
            .where(TrackerEvent.conversation_id == sender_id)
            .order_by(TrackerEvent.position)
        )
        events = [Event.from_parameters(row) for row in rows]
        if not events:
            return None
        return DialogueStateTracker.from_events(
            sender_id, [event for event in events if event], self.domain.slots
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet."""
        session = current_session()
        stored = await session.scalar(
            select(func.count())
            .select_from(TrackerEvent)
            .where(TrackerEvent.conversation_id == tracker.sender_id)
        )
        for position, event in enumerate(tracker.events):
            if position >= (stored or 0):
                session.add(
                    TrackerEvent(
                        conversation_id=tracker.sender_id,
                        position=position,
                        event=event.as_dict(),
                    )
                )

    async def keys(self) -> Iterable[str]:
        """Give the ids of all conversations with events."""
        found = await current_session().scalars(select(TrackerEvent.conversation_id).distinct())
        return list(found)
