"""Logging in: argon2id passwords, one-time codes (TOTP) or recovery codes, sessions that end.

After five wrong tries each next one waits longer, up to fifteen minutes: nobody is locked out for
good, and nobody learns from text or time whether an account exists.
"""

import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.console_tables import Account, ConsoleSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
FREE_TRIES = 5
LONGEST_DELAY = timedelta(minutes=15)
STEP_SECONDS = 30
ROLES = ("counsellor", "coordinator", "admin")

_ADDRESS = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,120}")
_hasher = PasswordHasher()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is shown once, when an account is made or reset."""

    email: str
    password: str
    totp_uri: str
    recovery_codes: tuple[str, ...]

    @property
    def totp_key(self) -> str:
        """The secret of the second factor in groups of four, to type it into an app."""
        secret = pyotp.parse_uri(self.totp_uri).secret
        return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def is_address(email: str) -> bool:
    """Tell whether this can be someone's e-mail address."""
    return _ADDRESS.fullmatch(email) is not None


async def account_at(session: AsyncSession, email: str) -> Account | None:
    """Give the account with this address, if there is one."""
    row: Account | None = await session.scalar(
        select(Account).where(Account.email == email.strip().lower())
    )
    return row


def make_account(
    session: AsyncSession,
    *,
    email: str,
    name: str,
    role: str,
    regions: tuple[str, ...],
    now: datetime,
) -> NewAccount:
    """Add an account with a random password, a TOTP secret and eight recovery codes."""
    row = Account(
        id=str(uuid.uuid4()),
        email=email.strip().lower(),
        name=name or email.partition("@")[0],
        role=role,
        regions=list(regions),
        password_hash="",
        created_at=now,
    )
    session.add(row)
    return reset_account(row)


def reset_account(row: Account) -> NewAccount:
    """Give an account a new password, TOTP secret and recovery codes; the old ones end."""
    password = secrets.token_urlsafe(12)
    codes = tuple(secrets.token_hex(5) for _ in range(8))
    row.password_hash = _hasher.hash(password)
    row.totp_secret = pyotp.random_base32()
    row.totp_last = 0
    row.recovery_hashes = [_hash(code) for code in codes]
    row.failures = 0
    row.next_login_at = None
    uri = pyotp.TOTP(row.totp_secret).provisioning_uri(name=row.email, issuer_name="Zijstap")
    return NewAccount(row.email, password, uri, codes)


async def log_in(
    session: AsyncSession, email: str, password: str, code: str, now: datetime
) -> str | None:
    """Give the value of a new session's cookie, or None when anything is wrong."""
    account: Account | None = await session.scalar(
        select(Account).where(Account.email == email.strip().lower()).with_for_update()
    )
    waiting = account is not None and (
        account.disabled or (account.next_login_at is not None and account.next_login_at > now)
    )
    known = account.password_hash if account and not waiting else _nobody()
    right = _password_fits(known, password) and account is not None and not waiting
    if account is None or waiting:
        return None
    if not (right and _code_fits(account, code, now)):
        _count_failure(account, now)
        return None
    account.failures, account.next_login_at = 0, None
    value = secrets.token_urlsafe(32)
    session.add(
        ConsoleSession(
            id_hash=_hash(value), account_id=account.id, created_at=now, last_seen_at=now
        )
    )
    return value


@cache
def _nobody() -> str:
    """Give a hash to check against when there is no account, so that it takes as long."""
    return _hasher.hash(secrets.token_hex(8))


def _password_fits(known: str, password: str) -> bool:
    try:
        return _hasher.verify(known, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _code_fits(account: Account, code: str, now: datetime) -> bool:
    """Check a one-time code, each time step once; or use up a recovery code."""
    given = code.replace(" ", "")
    step = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(account.totp_secret or "")
    for candidate in (step - 1, step, step + 1):
        if candidate > account.totp_last and secrets.compare_digest(
            totp.at(candidate * STEP_SECONDS).encode(), given.encode()
        ):
            account.totp_last = candidate
            return True
    if _hash(given) in account.recovery_hashes:
        account.recovery_hashes = [
            item for item in account.recovery_hashes if item != _hash(given)
        ]
        return True
    return False


def _count_failure(account: Account, now: datetime) -> None:
    account.failures += 1
    if account.failures >= FREE_TRIES:
        delay = timedelta(seconds=2 ** min(account.failures - FREE_TRIES + 1, 12))
        account.next_login_at = now + min(delay, LONGEST_DELAY)


async def account_of(
    session: AsyncSession, value: str, now: datetime, *, touch: bool = True
) -> Account | None:
    """Give the account of a session's cookie, or None when it has ended.

    Args:
        touch: someone is there; a page that refreshes itself keeps no session alive.
    """
    row = await session.get(ConsoleSession, _hash(value)) if value else None
    if row is None:
        return None
    account = await session.get(Account, row.account_id)
    ended = now - row.last_seen_at > IDLE or now - row.created_at > ABSOLUTE
    if ended or account is None or account.disabled:
        await session.delete(row)
        return None
    if touch and now - row.last_seen_at > timedelta(minutes=1):
        row.last_seen_at = now
    return account


async def log_out(session: AsyncSession, value: str) -> None:
    """End one session."""
    await session.execute(delete(ConsoleSession).where(ConsoleSession.id_hash == _hash(value)))


async def end_sessions(session: AsyncSession, account_id: str) -> None:
    """End every session of an account."""
    await session.execute(delete(ConsoleSession).where(ConsoleSession.account_id == account_id))
