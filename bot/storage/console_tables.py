"""The tables of the console: accounts, sessions, canned answers and switches."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class Account(Base):
    """A counsellor, coordinator or admin.

    `regions`: codes AMnn; empty means none, but an admin sees all. `totp_last`: the last time step
    that was used, so that a code works once. `failures` and `next_login_at`: the growing delay.
    `digest_on`: the last day that a daily mail was made. `shortcuts`: keys such as j and k work.
    """

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(12))
    regions: Mapped[list[Any]] = mapped_column(default=list)
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_last: Mapped[int] = mapped_column(default=0)
    recovery_hashes: Mapped[list[Any]] = mapped_column(default=list)
    disabled: Mapped[bool] = mapped_column(default=False)
    wants_mail: Mapped[bool] = mapped_column(default=True)
    wants_digest: Mapped[bool] = mapped_column(default=False)
    digest_on: Mapped[date | None]
    shortcuts: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    next_login_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ConsoleSession(Base):
    """A login. `id_hash`: SHA-256 of the cookie's value."""

    __tablename__ = "console_sessions"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class CannedAnswer(Base):
    """An answer that counsellors use often, with variables such as {naam}."""

    __tablename__ = "canned_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)


class Switch(Base):
    """A switch of the whole service: `bot_paused`, `banner`."""

    __tablename__ = "switches"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[dict[str, Any]]


class AuditEntry(Base):
    """Who changed an account, a partner or a switch; never what a person said."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
