"""Stores handoffs: made in the turn's transaction, moved by the one table of legal moves."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from bot.errors import HandoffNotFound
from bot.handoff.contact import joined, parts_of
from bot.handoff.correction import changed_fields
from bot.handoff.model import (
    CONSENT_VERSION,
    DECLINED,
    DISTRESS,
    OPEN,
    HandoffRequest,
    Move,
    Status,
    after,
)
from bot.privacy.masking import mask_these
from bot.storage.conversations import append
from bot.storage.handoff_tables import (
    ORDINARY,
    URGENT,
    HandoffEvent,
    HandoffRow,
    OutboxRow,
    PartnerSetting,
)
from bot.storage.tables import Conversation
from bot.storage.terms import index_terms
from connectors.message import Button, Message

# No vowels and no look-alikes: a reference is read aloud over the telephone.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"

STOPPED = frozenset({Status.WITHDRAWN, Status.EXPIRED})
"""From then on nothing of it goes out. A closed one that was approved still does."""


async def create(session: AsyncSession, request: HandoffRequest) -> HandoffRow:
    """Make the handoff, its first event, and the delivery when its partner can receive one."""
    row = HandoffRow(
        id=str(uuid.uuid4()),
        reference="ZS-" + "".join(secrets.choice(_LETTERS) for _ in range(7)),
        conversation_id=request.conversation_id,
        region=request.region,
        partner_id=request.partner_id,
        status=Status.REQUESTED,
        profile=request.profile,
        advice=request.advice,
        consent_text=request.consent_text,
        consent_at=request.consent_at,
        consent_version=CONSENT_VERSION,
        contact_name=request.contact_name,
        contact=request.contact,
        transcript_until=request.transcript_until,
        occupation=request.profile.get("occupation"),
        route=_first_route(request.advice),
        created_at=request.consent_at,
        waiting_since=request.consent_at,
    )
    session.add(row)
    await index_terms(session, row)
    note(session, row.id, "person", "requested", request.consent_at)
    if request.in_distress:
        mark_distress(session, row, request.consent_at)
    partner = await session.get(PartnerSetting, request.partner_id)
    if partner and (partner.endpoint or partner.email) and not partner.needs_approval:
        enqueue(session, row, request.partner_id, "handoff", request.consent_at)
    enqueue(session, row, "zijstap", "notify", request.consent_at)
    return row


def enqueue(
    session: AsyncSession,
    row: HandoffRow,
    partner_id: str,
    kind: str,
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> OutboxRow:
    """Add a delivery; the outbox worker finds it after the commit. `id` is the idempotency key."""
    body: dict[str, Any] = {"reference": row.reference}
    due = OutboxRow(
        id=str(uuid.uuid4()),
        handoff_id=row.id,
        partner_id=partner_id,
        kind=kind,
        body=body,
        created_at=now,
        next_try_at=not_before or now,
    )
    session.add(due)
    return due


def note(
    session: AsyncSession,
    handoff_id: str,
    actor: str,
    what: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down who did what: `actor` is person, partner:ID, system or an account id."""
    session.add(
        HandoffEvent(handoff_id=handoff_id, at=now, actor=actor, what=what, detail=detail or {})
    )


async def load(session: AsyncSession, handoff_id: str) -> HandoffRow:
    """Give a handoff.

    Raises:
        HandoffNotFound: there is none with this id.
    """
    row = await session.get(HandoffRow, handoff_id)
    if row is None:
        raise HandoffNotFound(handoff_id)
    return row


async def newest(
    session: AsyncSession, conversation_id: str, *, open_only: bool = False
) -> HandoffRow | None:
    """Give the newest handoff of a conversation, or None."""
    query = select(HandoffRow).where(HandoffRow.conversation_id == conversation_id)
    if open_only:
        query = query.where(HandoffRow.status.in_(sorted(OPEN)))
    found: HandoffRow | None = await session.scalar(
        query.order_by(HandoffRow.created_at.desc()).limit(1)
    )
    return found


async def heard(session: AsyncSession, conversation_id: str, now: datetime) -> None:
    """Take a person's word as the answer to what a counsellor asked, if one did."""
    row = await newest(session, conversation_id, open_only=True)
    if row is not None and row.status == Status.RETURNED:
        await move(session, row, Move.HEAR, "person", now)


def mark_distress(session: AsyncSession, row: HandoffRow, now: datetime) -> None:
    """Let a request of somebody in distress go before all others, also one that was laid to rest."""
    row.rank, row.snoozed_until = URGENT, None
    note(session, row.id, "person", DISTRESS, now)


async def move(
    session: AsyncSession, row: HandoffRow, wanted: Move, actor: str, now: datetime
) -> None:
    """Make a move: status, times, event, and what it sets in motion.

    Raises:
        IllegalMove: the table of moves has no such move from this status.
    """
    before = Status(row.status)
    row.status = after(before, wanted)
    # Also a move that keeps the status writes the row, so that its version guards it too.
    flag_modified(row, "status")
    if _is_counsellor(actor) and row.first_action_at is None:
        row.first_action_at = now
    if wanted in (Move.RELEASE, Move.HEAR, Move.FAIL):
        row.waiting_since = now
    if Status(row.status) not in OPEN:
        row.closed_at = now
        row.outcome = row.outcome or row.status
        row.snoozed_until, row.rank = None, ORDINARY
    if wanted is Move.WITHDRAW or Status(row.status) not in OPEN or wanted is Move.RELEASE:
        await _give_conversation_back(session, row)
    if wanted is Move.WITHDRAW:
        await _forget(session, row)
    if row.status in STOPPED:
        await stop_deliveries(session, row, now, tell=wanted is Move.WITHDRAW)
    note(session, row.id, actor, wanted, now, {"from": before, "to": row.status})


async def close(
    session: AsyncSession, row: HandoffRow, outcome: str | None, actor: str, now: datetime
) -> None:
    """Finish a request; `tell_end` tells the person.

    Args:
        outcome: one of bot.handoff.model.OUTCOMES, or None when it is not known.

    Raises:
        IllegalMove: it cannot be closed from this status.
    """
    row.outcome = outcome
    await move(session, row, Move.CLOSE, actor, now)
    if outcome == DECLINED:
        await stop_deliveries(session, row, now, tell=False)


async def tell_end(
    session: AsyncSession, row: HandoffRow, now: datetime, told: Mapping[str, Any]
) -> None:
    """Tell the person in the conversation that a request is finished.

    Args:
        told: the labels' section `ended`: what the person hears at each outcome, and the buttons.
    """
    outcome = row.outcome
    conversation = await session.get(Conversation, row.conversation_id)
    if conversation is None:
        return
    words = told["text"].get(outcome, told["text"]["closed"])
    buttons = told["buttons"].get(outcome, told["buttons"]["closed"])
    message = Message(
        sender="system",
        text=words.format(reference=row.reference),
        buttons=tuple(Button(title=title, payload=payload) for title, payload in buttons.items()),
    )
    append(session, conversation, [message], now)


async def tell_delivered(
    session: AsyncSession, row: HandoffRow, words: str, partner: str, now: datetime
) -> None:
    """Tell the person, the first time only, that the partner has the request.

    Call it before the delivery that it is about is written down as sent.

    Args:
        words: the labels' text, with places for the reference and the partner.
        partner: its name.
    """
    before = await session.scalar(
        select(OutboxRow.id)
        .where(
            OutboxRow.handoff_id == row.id,
            OutboxRow.partner_id == row.partner_id,
            OutboxRow.kind == "handoff",
            OutboxRow.state == "sent",
        )
        .limit(1)
    )
    conversation = await session.get(Conversation, row.conversation_id)
    if before is not None or conversation is None or Status(row.status) not in OPEN:
        return
    text = words.format(reference=row.reference, partner=partner)
    append(session, conversation, [Message(sender="system", text=text)], now)


def _is_counsellor(actor: str) -> bool:
    return actor not in ("person", "system") and not actor.startswith("partner:")


async def _give_conversation_back(session: AsyncSession, row: HandoffRow) -> None:
    conversation = await session.get(Conversation, row.conversation_id)
    if conversation is not None:
        conversation.counsellor_id = None


async def _forget(session: AsyncSession, row: HandoffRow) -> None:
    """Keep of a withdrawn request that it was there, and the text that the person said yes to.

    In that text stands no more how the person is called and reached. The route stays for the reports.
    """
    row.consent_text = mask_these(row.consent_text, private_of(row))
    row.profile, row.advice, row.labels = {}, {}, []
    row.contact = row.contact_name = row.call_time = row.occupation = None
    await index_terms(session, row)


def private_of(row: HandoffRow) -> set[str]:
    """Give how the person of a request is called and reached; a number and an address apart."""
    return {one for one in (row.contact_name, *parts_of(row.contact)) if one}


async def correct(
    session: AsyncSession,
    row: HandoffRow,
    profile: dict[str, Any],
    advice: dict[str, Any],
    actor: str,
    now: datetime,
) -> list[str]:
    """Let a request say another profile with its advice; give the names of what changed.

    To which partner it goes stays: that is what the person said yes to.
    """
    fields = changed_fields(row.profile, profile)
    row.profile, row.advice = profile, advice
    row.occupation, row.route = profile.get("occupation"), _first_route(advice)
    note(session, row.id, actor, "profile_corrected", now, {"fields": fields})
    await index_terms(session, row)
    return fields


def _first_route(advice: Mapping[str, Any]) -> str | None:
    suggestions = advice.get("suggestions") or [{}]
    routes = suggestions[0].get("routes") or [{}]
    found: str | None = routes[0].get("id")
    return found


async def change_contact(
    session: AsyncSession,
    row: HandoffRow,
    given: Mapping[str, str | None],
    shown: str,
    now: datetime,
) -> None:
    """Keep how and when to reach the person, with the text they said yes to; see `agreed_to`.

    Args:
        given: `way`, `name` and `when`; what is not given stays, and a time comes below the others.
            A number comes in the place of a number, and beside an address.
    """
    before = private_of(row)
    row.contact = joined(row.contact, given.get("way"))
    row.contact_name = given.get("name") or row.contact_name
    if when := given.get("when"):
        row.call_time = f"{row.call_time}\n{when}" if row.call_time else when
    taken_back = before - private_of(row)
    row.consent_text = mask_these(row.consent_text, taken_back)
    note(session, row.id, "person", "contact_changed", now)
    await index_terms(session, row)
    await agreed_to(session, row, shown, now)


async def agreed_to(session: AsyncSession, row: HandoffRow, shown: str, now: datetime) -> None:
    """Keep the text that a person said yes to later; who has the request gets it anew."""
    row.consent_text = f"{row.consent_text}\n\n{shown}"
    have = await session.scalar(
        select(OutboxRow.id)
        .where(
            OutboxRow.handoff_id == row.id,
            OutboxRow.kind == "handoff",
            OutboxRow.partner_id == row.partner_id,
            # One that is under way may hold the old number.
            or_(OutboxRow.state == "sent", OutboxRow.leased_until > now),
        )
        .limit(1)
    )
    if have is not None:
        enqueue(session, row, row.partner_id, "handoff", now)


async def stop_deliveries(
    session: AsyncSession, row: HandoffRow, now: datetime, *, tell: bool
) -> None:
    """Stop what was not sent; `tell`: every partner that may have it, once, to delete it.

    The update waits for a worker that is taking the same delivery, so that afterwards it is known
    whether one is under way; the word to delete it then goes out after that one.
    """
    await session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.handoff_id == row.id,
            OutboxRow.kind == "handoff",
            OutboxRow.state.in_(["pending", "dead"]),
        )
        .values(state="stopped", last_error=str(row.status))
        .execution_options(synchronize_session="fetch")
    )
    if not tell:
        return
    told = select(OutboxRow.partner_id).where(
        OutboxRow.handoff_id == row.id, OutboxRow.kind == "withdrawal"
    )
    have = await session.execute(
        select(OutboxRow.partner_id, func.max(OutboxRow.leased_until))
        .where(
            OutboxRow.handoff_id == row.id,
            OutboxRow.kind == "handoff",
            or_(OutboxRow.state == "sent", OutboxRow.tries > 0),
            OutboxRow.partner_id.not_in(told),
        )
        .group_by(OutboxRow.partner_id)
    )
    for partner_id, busy_until in have.all():
        enqueue(session, row, partner_id, "withdrawal", now, not_before=busy_until)
