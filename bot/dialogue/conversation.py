"""What the actions may do to the conversation of the running turn, inside its transaction."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.catalogue.model import Catalogue
from bot.clock import Clock
from bot.dialogue.distress import is_recent
from bot.handoff.contact import Contact, hint, replaced
from bot.handoff.model import DECLINED, HandoffRequest, Move, Status
from bot.handoff.reach import Reach
from bot.handoff.routing import region_and_partner
from bot.observability import metrics
from bot.storage import conversations, handoffs
from bot.storage.tables import Conversation, NotUnderstood
from connectors.message import Message

NO = "/deny"
LAST_SAID, QUESTION_COUNTS = 6, 3
"""So many messages back a question of yes or no is looked for, and so many that are no notice."""
LONGEST_TIME = 200
"""Characters of the words in which somebody says when to be called."""
LONGEST_MESSAGE = 1500
"""Characters of a message for the adviser; who sees it shown sees that the rest is not in it."""


class TurnConversation:
    """The port `actions.services.ConversationPort` on the turn's own session."""

    def __init__(
        self,
        session: AsyncSession,
        row: Conversation,
        catalogue: Catalogue,
        clock: Clock,
        reach: Reach | None = None,
        text: str = "",
    ) -> None:
        self._session = session
        self._row = row
        self._catalogue = catalogue
        self._clock = clock
        self.channel = row.channel
        reach = reach or Reach()
        self.contact = _plain(reach.contact)
        self.offered = _plain(reach.offered)
        self.name, self.told = reach.name, reach.told
        self.text = text
        self.when = (
            text[: LONGEST_MESSAGE if reach.message else LONGEST_TIME] if reach.when else None
        )
        self.taken_back: set[str] = set()
        self.erase_asked = False
        self.in_distress = is_recent(row, clock())

    async def asked_last(self) -> Message | None:
        """Give the question of yes or no that the last words but the person's were; else None."""
        said = await conversations.read(
            self._session, self._row.id, after=self._row.last_seq - LAST_SAID
        )
        latest = [one for one in said if not is_notice(one)][-QUESTION_COUNTS:]
        others = [one for one in latest if one.sender != "person"]
        asks = others and any(one.payload == NO for one in others[-1].buttons)
        return others[-1] if asks else None

    async def request_handoff(
        self,
        profile: dict[str, Any],
        advice: dict[str, Any],
        *,
        consent_text: str,
        contact: dict[str, str | None] | None,
    ) -> str:
        """Make the handoff in this turn's transaction and give its reference."""
        open_one = await handoffs.newest(self._session, self._row.id, open_only=True)
        if open_one is not None:
            return open_one.reference
        metrics.handoffs_requested.inc()
        region, partner = region_and_partner(self._catalogue, profile.get("place"))
        request = HandoffRequest(
            conversation_id=self._row.id,
            region=region.code if region else "NL",
            partner_id=partner.id,
            profile=profile,
            advice=advice,
            consent_text=consent_text,
            consent_at=self._clock(),
            transcript_until=self._row.last_seq,
            contact_name=contact["name"] if contact else None,
            contact=contact["way"] if contact else None,
            in_distress=self.in_distress,
        )
        return (await handoffs.create(self._session, request)).reference

    async def handoff_status(self) -> tuple[str, str] | None:
        """Give reference and status of the newest handoff, or None; "declined" is a status here."""
        row = await handoffs.newest(self._session, self._row.id)
        if row is None:
            return None
        declined = row.status == Status.CLOSED and row.outcome == DECLINED
        return row.reference, DECLINED if declined else row.status

    async def requested_on(self) -> date | None:
        """Give the day on which the open handoff was made, or None."""
        row = await handoffs.newest(self._session, self._row.id, open_only=True)
        return row.created_at.date() if row else None

    async def requested_of(self) -> str | None:
        """Give the id of the partner that the newest handoff is for, or None."""
        row = await handoffs.newest(self._session, self._row.id)
        return row.partner_id if row else None

    async def reached_by(self) -> str | None:
        """Give a hint of the number or address on the open handoff, or None."""
        row = await handoffs.newest(self._session, self._row.id, open_only=True)
        return hint(row.contact) if row and row.contact else None

    async def in_place_of(self, way: str) -> str | None:
        """Give a hint of the number or address on the open handoff that this one takes the place of."""
        row = await handoffs.newest(self._session, self._row.id, open_only=True)
        old = replaced(row.contact, way) if row else []
        return ", ".join(map(hint, old)) or None

    async def requested_profile(self) -> dict[str, Any] | None:
        """Give the profile of the open handoff, or None."""
        row = await handoffs.newest(self._session, self._row.id, open_only=True)
        return dict(row.profile) if row else None

    async def change_request(
        self,
        contact: dict[str, str | None],
        *,
        shown: str,
        profile: dict[str, Any] | None,
        advice: dict[str, Any] | None,
    ) -> str | None:
        """Keep how and when the person is reached, or who they are now, on the open handoff."""
        row = await handoffs.newest(self._session, self._row.id, open_only=True)
        now = self._clock()
        if row is None:
            return None
        if profile is not None and advice is not None:
            await handoffs.correct(self._session, row, profile, advice, "person", now)
        if not any(contact.values()):
            await handoffs.agreed_to(self._session, row, shown, now)
            return row.reference
        before = handoffs.private_of(row)
        await handoffs.change_contact(self._session, row, contact, shown, now)
        self.taken_back = before - handoffs.private_of(row)
        return row.reference

    async def withdraw_handoff(self) -> str | None:
        """Withdraw the newest open handoff; give its reference, or None when there is none."""
        row = await handoffs.newest(self._session, self._row.id, open_only=True)
        if row is None:
            return None
        self.taken_back = handoffs.private_of(row)
        await handoffs.move(self._session, row, Move.WITHDRAW, "person", self._clock())
        return row.reference

    def calm(self) -> None:
        """Take off the mark of distress; a request that has it keeps it, for its counsellor to judge."""
        self._row.distress_at = None
        self.in_distress = False

    async def not_understood(self, text: str, guess: str | None) -> None:
        """Keep a message that was not understood; it is masked already."""
        metrics.not_understood.inc()
        place = (self._row.slots.get("profile") or {}).get("place")
        region, _ = region_and_partner(self._catalogue, place)
        self._session.add(
            NotUnderstood(
                conversation_id=self._row.id,
                text=text[:500],
                guess=guess,
                region=region.code if region else "NL",
                at=self._clock(),
            )
        )

    async def has_chosen(self, question: Message) -> bool:
        """Tell whether a button of a question was chosen in an earlier message after it."""
        titles = {button.title for button in question.buttons}
        said = await conversations.read(self._session, self._row.id, after=question.seq or 0)
        return any(one.sender == "person" and one.text in titles for one in said)

    async def erase(self) -> None:
        """Erase everything of this person once the turn is done."""
        self.erase_asked = True


def is_notice(message: Message) -> bool:
    """Tell whether a message only tells something, and asks nothing."""
    return message.sender == "system" and not message.buttons


def _plain(contact: Contact | None) -> dict[str, str | None] | None:
    return asdict(contact) if contact else None
