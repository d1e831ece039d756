"""The tables of handoffs: the request, who did what with it, and what must still be sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base

Term = String(80).with_variant(String(80, collation="C"), "postgresql")


URGENT, ORDINARY = 0, 1


class HandoffRow(Base):
    """A person's request to a regional partner, with exactly what the person agreed to share.

    `status`: a value of bot.handoff.model.Status. `region` is a code AMnn, or "NL" when unknown.
    `transcript_until`: the last message that belongs to the consented conversation.
    `contact`: "chat", or what the person typed to be reached by. `call_time`: when, in the person's
    own words, told after the request was made; a line each. `waiting_since`: since when
    someone waits for a first or next move of a counsellor. `accepted`: whether the person took
    the advice: yes, no, or None when nobody knows. `rank`: URGENT while the person wrote in distress and
    no counsellor has said that they saw it; those go before all others.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        # The inbox reads these alone: the wide rows behind them only for the page that is shown.
        Index(
            "ix_handoffs_queue",
            *("rank", "waiting_since", "id", "region", "status", "owner_id", "snoozed_until"),
            "priority",
        ),
        Index("ix_handoffs_newest", "created_at", "id", "region", "status", "priority"),
        Index("ix_handoffs_counts", "region", "status", "owner_id", "snoozed_until"),
        Index("ix_handoffs_owner", "owner_id", "status"),
        Index("ix_handoffs_waiting", "status", "waiting_since"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    region: Mapped[str] = mapped_column(String(6))
    partner_id: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(14))
    owner_id: Mapped[str | None] = mapped_column(String(36))
    profile: Mapped[dict[str, Any]]
    advice: Mapped[dict[str, Any]]
    consent_text: Mapped[str] = mapped_column(Text)
    consent_at: Mapped[datetime]
    consent_version: Mapped[str] = mapped_column(String(20))
    contact_name: Mapped[str | None] = mapped_column(String(80))
    contact: Mapped[str | None] = mapped_column(String(200))
    call_time: Mapped[str | None] = mapped_column(Text)
    transcript_until: Mapped[int]
    occupation: Mapped[str | None] = mapped_column(String(80))
    route: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(index=True)
    waiting_since: Mapped[datetime]
    first_action_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(30))
    accepted: Mapped[str | None] = mapped_column(String(8))
    priority: Mapped[str] = mapped_column(String(8), default="normal")
    rank: Mapped[int] = mapped_column(default=ORDINARY)
    labels: Mapped[list[Any]] = mapped_column(default=list)
    snoozed_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class HandoffTerm(Base):
    """A word by which a handoff is found, or `#label`. Prefixes are ranges: hence the C order."""

    __tablename__ = "handoff_terms"

    term: Mapped[str] = mapped_column(Term, primary_key=True)
    handoff_id: Mapped[str] = mapped_column(
        ForeignKey("handoffs.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class HandoffEvent(Base):
    """What was done with a handoff, by whom: moves, openings, notes, deliveries.

    The database refuses to change a row, or to delete one before its handoff is gone.
    """

    __tablename__ = "handoff_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    handoff_id: Mapped[str] = mapped_column(
        ForeignKey("handoffs.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(30))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Note(Base):
    """A private note of a counsellor; the person gets it in an export."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    handoff_id: Mapped[str] = mapped_column(
        ForeignKey("handoffs.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)


class OutboxRow(Base):
    """A delivery that must still happen, or did. Written in the transaction that caused it.

    `kind`: handoff, withdrawal or mail. `state`: pending, sent, dead (given up), or stopped: it need
    not go out any more, and `last_error` says why. `leased_until`: a worker is busy with it until
    then. `handoff_id` is empty once the person erased everything: only the reference then goes to
    the partner.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "next_try_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    handoff_id: Mapped[str | None] = mapped_column(
        ForeignKey("handoffs.id", ondelete="SET NULL"), index=True
    )
    partner_id: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    body: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(8), default="pending")
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(300))


class DeliveryAttempt(Base):
    """One try of a delivery: the HTTP status or the error, never what was sent."""

    __tablename__ = "delivery_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[str] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    status_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(300))


class PartnerSetting(Base):
    """How to reach a partner of the catalogue; an admin edits it in the console.

    Both keys are valid at once while they are being rotated. `paused`: keep deliveries waiting.
    `needs_approval`: nothing goes out before a counsellor approved it.
    """

    __tablename__ = "partner_settings"

    partner_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    endpoint: Mapped[str | None] = mapped_column(String(500))
    email: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(100))
    next_key: Mapped[str | None] = mapped_column(String(100))
    paused: Mapped[bool] = mapped_column(default=False)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(default=0)
    open_until: Mapped[datetime | None]


class PartnerCallback(Base):
    """A status callback that was taken, so that a replay is refused."""

    __tablename__ = "partner_callbacks"

    partner_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    callback_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]


class HandoffCount(Base):
    """What stays for the reports when a handoff is purged or erased: numbers, no person."""

    __tablename__ = "handoff_counts"

    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    region: Mapped[str] = mapped_column(String(6), primary_key=True)
    route: Mapped[str] = mapped_column(String(40), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
