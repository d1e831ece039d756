"""Writes down what a coordinator or admin changes in the service."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.console_tables import Account, AuditEntry


def audit(
    session: AsyncSession, now: datetime, admin: Account, what: str, detail: dict[str, Any]
) -> None:
    """Add a line to the audit; the database lets nobody change it."""
    session.add(AuditEntry(at=now, actor=admin.id, what=what[:40], detail=detail))
