"""Asking the person anew, for another partner than the one they said yes to.

A counsellor may not choose for the person: the question says exactly what would be shared with
whom, and only the yes of its own button counts. In other words it is no answer yet: the person is
then asked to tap (bot/dialogue/answering.py). The last of its two buttons before it is sent decides.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.catalogue.model import Partner
from bot.console.profile_words import profile_rows
from bot.console.state import Console
from bot.handoff.model import CONSENT_VERSION
from bot.handoff.routing import region_and_partner
from bot.storage.handoff_tables import HandoffEvent, HandoffRow
from bot.storage.tables import Conversation, StoredMessage
from connectors.message import Button, Message

ASKED = "consent_asked"


@dataclass(frozen=True, slots=True)
class Renewed:
    """A yes to another partner: the question that was shown, and when the person answered.

    `asked_seq` is the question: "dit gesprek tot nu toe" in it is what was said until then, however
    late the answer comes. `seq` is the answer.
    """

    partner: Partner
    text: str
    at: datetime
    asked_seq: int
    seq: int


async def choices(
    session: AsyncSession, console: Console, row: HandoffRow, conversation: Conversation
) -> dict[str, Any]:
    """Give the partners that may be asked about, the one asked last, and the yes if it came."""
    _, nearest = region_and_partner(console.catalogue, row.profile.get("place"))
    national = [item for item in console.catalogue.partners.values() if not item.regions]
    others = {item.id: item for item in (nearest, *national) if item.id != row.partner_id}
    asked = await _last_asked(session, row)
    return {
        "others": list(others.values()),
        "asked": console.catalogue.partners.get(str(asked.detail["partner"])) if asked else None,
        "renewed": await renewed(session, console, row),
    }


async def _last_asked(session: AsyncSession, row: HandoffRow) -> HandoffEvent | None:
    found: HandoffEvent | None = await session.scalar(
        select(HandoffEvent)
        .where(HandoffEvent.handoff_id == row.id, HandoffEvent.what == ASKED)
        .order_by(HandoffEvent.id.desc())
        .limit(1)
    )
    return found


async def renewed(session: AsyncSession, console: Console, row: HandoffRow) -> Renewed | None:
    """Give the person's yes to the last question about another partner, or None."""
    asked = await _last_asked(session, row)
    if asked is None or asked.detail["profile"] != fingerprint(row.profile):
        return None
    words = console.labels["console"]
    shown = await session.get(StoredMessage, (row.conversation_id, asked.detail["seq"]))
    answer = await session.scalar(
        select(StoredMessage)
        .where(
            StoredMessage.conversation_id == row.conversation_id,
            StoredMessage.seq > asked.detail["seq"],
            StoredMessage.sender == "person",
            StoredMessage.body["text"].as_string().in_([words["consent_yes"], words["consent_no"]]),
        )
        .order_by(StoredMessage.seq.desc())
        .limit(1)
    )
    partner = console.catalogue.partners.get(str(asked.detail["partner"]))
    if shown is None or answer is None or partner is None:
        return None
    if answer.body["text"] != words["consent_yes"]:
        return None
    return Renewed(partner, str(shown.body["text"]), answer.at, shown.seq, answer.seq)


def question(console: Console, row: HandoffRow, partner: Partner) -> Message:
    """Give the question that says exactly what would be shared with whom."""
    words = console.labels["console"]
    rows = profile_rows(row.profile, console.labels, console.catalogue)
    way = [(console.labels["contact"]["by"], row.contact or console.labels["contact"]["chat"])]
    name = [(console.labels["contact"]["name"], row.contact_name)] if row.contact_name else []
    summary = "\n".join(f"- {field}: {value}" for field, value in (*name, *way, *rows))
    text = words["consent_again"].format(partner=partner.name, summary=summary)
    yes = Button(title=words["consent_yes"], payload="/affirm")
    no = Button(title=words["consent_no"], payload="/deny")
    return Message(sender="counsellor", text=text, buttons=(yes, no))


def fingerprint(profile: dict[str, Any]) -> str:
    """Give what tells whether a profile is still the one that was shown."""
    return hashlib.sha256(json.dumps(profile, sort_keys=True).encode()).hexdigest()


def take(row: HandoffRow, given: Renewed) -> None:
    """Let the request be for the partner that the person said yes to."""
    row.partner_id = given.partner.id
    row.consent_text, row.consent_at = given.text, given.at
    row.consent_version = CONSENT_VERSION
    row.transcript_until = given.asked_seq
