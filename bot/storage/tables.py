"""The tables of conversations: what was said, and the little that the dialogue remembers.

All times are UTC. JSON columns hold plain data. Everything of a person hangs on `conversations.id`
and goes with it (ON DELETE CASCADE).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: Json, list[Any]: Json}


class Conversation(Base):
    """One person's conversation in one channel.

    `version` guards against two turns at once; `counsellor_id` is set while a counsellor has the
    conversation and the bot keeps silent; `delivered_seq` is how far a channel that pushes
    (Telegram) has come; `blocked`: the person blocked the bot there; `distress_at`: when they last
    wrote in distress.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)
    last_seq: Mapped[int] = mapped_column(default=0)
    delivered_seq: Mapped[int] = mapped_column(default=0)
    blocked: Mapped[bool] = mapped_column(default=False)
    distress_at: Mapped[datetime | None]
    counsellor_id: Mapped[str | None] = mapped_column(String(36))
    slots: Mapped[dict[str, Any]] = mapped_column(default=dict)
    events: Mapped[list[Any]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class StoredMessage(Base):
    """A message as it was shown. `body`: the contract's message JSON without `seq`.

    `with_counsellor`: said while a counsellor had the conversation. `masked`: what others than the
    person read in place of the text, where it holds how the person is called or reached.
    """

    __tablename__ = "messages"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(12))
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    with_counsellor: Mapped[bool] = mapped_column(default=False, server_default=false())
    masked: Mapped[str | None] = mapped_column(Text)


class Incoming(Base):
    """A message id that was answered: its answer is the messages after `first_seq` to `last_seq`."""

    __tablename__ = "incoming"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    message_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    first_seq: Mapped[int]
    last_seq: Mapped[int]
    at: Mapped[datetime]


class NotUnderstood(Base):
    """A masked message that the bot did not understand, kept to improve it.

    `region`: the person's, as far as it was known; "NL" otherwise.
    """

    __tablename__ = "not_understood"
    __table_args__ = (Index("ix_not_understood_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    text: Mapped[str] = mapped_column(Text)
    guess: Mapped[str | None] = mapped_column(String(60))
    region: Mapped[str] = mapped_column(String(6), default="NL")
    at: Mapped[datetime]
