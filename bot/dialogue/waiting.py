"""Looks now and then for who waits for a counsellor that is away, also when they write no more."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from actions.services import Services
from bot.dialogue.away import PATIENCE, is_away, is_shaken, take_back
from bot.errors import Conflict, ConversationNotFound
from bot.storage import conversations, switches
from bot.storage.bell import Bell
from bot.storage.database import Database, again_on_conflict
from bot.storage.tables import Conversation
from connectors.message import Message

log = logging.getLogger(__name__)

EVERY_SECONDS = 60


class Watch:
    """Tells who waits that the counsellor is away, and lets the bot go on.

    Args:
        resume: lets the bot say where it was in a conversation.
        patience: so long somebody may wait.
    """

    def __init__(
        self,
        database: Database,
        given: Services,
        bell: Bell,
        resume: Callable[[str], Awaitable[None]],
        patience: timedelta = PATIENCE,
    ) -> None:
        self._database = database
        self._services = given
        self._bell = bell
        self._resume = resume
        self._patience = patience

    async def run(self) -> None:
        """Look for ever; a database that cannot be reached is tried again at the next round."""
        while True:
            try:
                await self.look()
            except (SQLAlchemyError, OSError) as error:
                log.warning("watch_failed error=%s", type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Look once at every conversation that a counsellor has."""
        async with self._database.transaction() as session:
            if await switches.is_paused(session):
                return  # the bot could not go on
            with_counsellor = Conversation.counsellor_id.is_not(None)
            ids = list(await session.scalars(select(Conversation.id).where(with_counsellor)))
        for conversation_id in ids:
            await self._look_at(conversation_id)

    async def _look_at(self, conversation_id: str) -> None:
        try:
            goes_on = await again_on_conflict(lambda: self._take_back(conversation_id))
        except (Conflict, ConversationNotFound):
            return  # somebody writes in it right now, or it was erased
        if goes_on is None:
            return
        log.info("counsellor_away conversation=%s", conversation_id)
        await self._bell.ring(conversation_id)
        if goes_on:
            await self._resume(conversation_id)

    async def _take_back(self, conversation_id: str) -> bool | None:
        """Tell the person; gives whether the bot goes on, None when nobody waits too long."""
        now, words = self._services.clock(), self._services.labels["system"]
        async with self._database.transaction(lock=conversation_id) as session:
            row = await conversations.load(session, conversation_id)
            if row.counsellor_id is None or not await is_away(session, row, now, self._patience):
                return None
            shaken = is_shaken(row, now)
            text = words["adviser_away_distress" if shaken else "adviser_away"]
            # Said while it is still the counsellor's, so that they read it too.
            said = [Message(sender="system", text=text)]
            conversations.append(session, row, said, now)
            await take_back(session, row, now)
            return not shaken
