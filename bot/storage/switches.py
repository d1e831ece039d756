"""The switches of the whole service that an admin sets in the console."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.console_tables import Switch

PAUSED, BANNER = "bot_paused", "banner"


async def is_paused(session: AsyncSession) -> bool:
    """Tell whether the bot must be silent for everyone."""
    return bool((await _value(session, PAUSED)).get("on"))


async def banner(session: AsyncSession) -> str:
    """Give the notice above every conversation; empty when there is none."""
    return str((await _value(session, BANNER)).get("text", ""))


async def _value(session: AsyncSession, name: str) -> dict[str, Any]:
    row = await session.get(Switch, name)
    return row.value if row is not None else {}
