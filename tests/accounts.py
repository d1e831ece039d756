"""Accounts of the console for tests, and what the app on someone's phone shows."""

from datetime import datetime

import pyotp

from bot.console import auth
from bot.storage.database import Database


async def make_account(
    database: Database,
    name: str,
    now: datetime,
    *,
    role: str = "counsellor",
    regions: tuple[str, ...] = ("AM25",),
) -> auth.NewAccount:
    """Make an account."""
    async with database.transaction() as session:
        return auth.make_account(
            session,
            email=f"{name}@example.org",
            name=name.title(),
            role=role,
            regions=regions,
            now=now,
        )


def login_form(account: auth.NewAccount, now: datetime) -> dict[str, str]:
    """Give what someone fills in to log in at this moment."""
    code = pyotp.parse_uri(account.totp_uri).at(now)
    return {"email": account.email, "password": account.password, "code": code}
