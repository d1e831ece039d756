"""One turn: one transaction, one lock, one answer for each message id."""

import asyncio
import hashlib
import hmac
import logging
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from sqlalchemy.exc import IntegrityError

from actions.services import Services
from bot.clock import Clock
from bot.dialogue.answering import RESUME, TURN_SECONDS, Answering
from bot.dialogue.away import PATIENCE
from bot.dialogue.conversation import TurnConversation
from bot.dialogue.distress import DISTRESS, heed
from bot.dialogue.meaning import MAX_TEXT, Meaning, rasa_text
from bot.dialogue.plain_text import plain
from bot.dialogue.reaching import blot, kept_of, private_of, reach_of
from bot.errors import Conflict, TurnFailed
from bot.observability.metrics import turn_timed
from bot.privacy.erasure import erase
from bot.privacy.masking import mask
from bot.storage import conversations as store
from bot.storage import handoffs, switches
from bot.storage.bell import Bell
from bot.storage.database import Database, again_on_conflict
from bot.storage.tables import Conversation, Incoming
from connectors.conversations import Started
from connectors.message import Message

if TYPE_CHECKING:
    from rasa.core.agent import Agent

log = logging.getLogger(__name__)

TURNS_AT_ONCE = 4
"""More at once and each takes longer, some much longer than others (docs/bench.md)."""
HEARTBEAT_SECONDS = 15


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Conversations:
    """All conversations of this process: start, take a turn, read, follow, erase.

    Args:
        patience: so long a counsellor who has a conversation may leave somebody waiting.
    """

    def __init__(
        self,
        database: Database,
        agent: "Agent",
        given: Services,
        clock: Clock,
        bell: Bell,
        *,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._database = database
        self._services = given
        self._clock = clock
        self._bell = bell
        self._meaning = Meaning(agent, given.labels)
        self._answering = Answering(agent, self._meaning, given, clock, patience)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._places = asyncio.Semaphore(TURNS_AT_ONCE)

    async def start(
        self, *, channel: str, address: str | None = None, message_id: str = "start"
    ) -> Started:
        """Open a conversation and give its id, its token and the welcome."""
        conversation_id, token = str(uuid.uuid4()), secrets.token_urlsafe(32)
        async with self._database.transaction() as session:
            now = self._clock()
            session.add(
                Conversation(
                    id=conversation_id,
                    token_hash=_hashed(token),
                    channel=channel,
                    address=address,
                    created_at=now,
                    last_seen_at=now,
                    slots={},
                    events=[],
                )
            )
        said = await self.take_turn(conversation_id, "", message_id=message_id, payload="/greet")
        return Started(id=conversation_id, token=token, messages=said)

    async def at_address(self, *, channel: str, address: str, message_id: str = "start") -> str:
        """Give the conversation of an address such as a Telegram chat, made when it is new."""
        async with self._database.transaction() as session:
            known = await store.by_address(session, channel, address)
        if known is not None:
            return known
        try:
            started = await self.start(channel=channel, address=address, message_id=message_id)
            return started.id
        except IntegrityError:
            # Another worker was first with the same address.
            return await self.at_address(channel=channel, address=address)

    async def authenticate(self, conversation_id: str, token: str) -> bool:
        """Tell whether the token opens this conversation, in constant time."""
        async with self._database.transaction() as session:
            known = await store.token_hash(session, conversation_id)
        return hmac.compare_digest(known or "", _hashed(token))

    async def take_turn(
        self,
        conversation_id: str,
        text: str,
        *,
        message_id: str | None = None,
        payload: str | None = None,
    ) -> tuple[Message, ...]:
        """Answer one message; the same message id gives the same answer and runs nothing twice."""
        key = plain(message_id or "")[:80] or str(uuid.uuid4())
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with turn_timed(), lock, self._place():
            try:
                said = await again_on_conflict(
                    lambda: self._turn(conversation_id, text[:MAX_TEXT], key, payload)
                )
            except Conflict:
                raise TurnFailed("conflict") from None
        await self._bell.ring(conversation_id)
        return said

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """Hold one of the places for a turn, in order of arrival.

        Raises:
            TurnFailed: none came free in time, as when the database answers nobody.
        """
        try:
            await asyncio.wait_for(self._places.acquire(), TURN_SECONDS)
        except TimeoutError:
            raise TurnFailed("busy") from None
        try:
            yield
        finally:
            self._places.release()

    async def resume(self, conversation_id: str) -> None:
        """Let the bot say where it was, as when a counsellor gives the conversation back.

        A turn that fails is only logged: the person was told already who answers from now on.
        """
        try:
            await self.take_turn(conversation_id, "", payload=RESUME)
        except TurnFailed as error:
            log.error("turn_failed reason=%s", error)

    async def _turn(
        self, conversation_id: str, said: str, key: str, payload: str | None
    ) -> tuple[Message, ...]:
        said = plain(said)
        text = mask(said)
        async with self._database.transaction(lock=conversation_id) as session:
            row = await store.load(session, conversation_id)
            answered = await store.answer_to(session, conversation_id, key)
            if answered is not None:
                return answered
            known = kept_of(row)
            reach = await reach_of(
                session, row, self._services.catalogue, said, text, typed=payload is None
            )
            text = reach.shown(text)
            says = reach.contact or reach.name or reach.wish
            if says and await self._meaning.is_despair(text):
                # "ik wil niet meer, bel me op 06 ...": the number comes after the person
                offered = reach.contact
                reach = replace(reach, contact=None, offered=offered, name=None, wish=False)
            private = private_of(row, reach)
            if text:
                words = [Message(sender="person", text=text)]
                store.append(session, row, words, self._clock(), private=private)
                await handoffs.heard(session, conversation_id, self._clock())
            first = row.last_seq
            payload = await self._meaning.payload_of(session, row, text, payload, reach)
            if reach.message and payload != reach.payload:
                reach = replace(reach, when=False, wish=False)  # a button by its name, or danger
            facts = self._services.catalogue
            turn = TurnConversation(session, row, facts, self._clock, reach, text)
            paused, before = await switches.is_paused(session), row.events
            read = rasa_text(text, payload)
            answers = await self._answering.answer(turn, row, read, paused, text)
            notice = self._services.labels[DISTRESS]["seen"]
            answers = await heed(session, row, before, self._clock(), answers, notice)
            private |= private_of(row, reach)  # a name may have come from an earlier message
            stored = store.append(session, row, answers, self._clock(), private=private)
            row.last_seen_at = self._clock()
            session.add(
                Incoming(
                    conversation_id=conversation_id,
                    message_id=key,
                    first_seq=first,
                    last_seq=row.last_seq,
                    at=self._clock(),
                )
            )
            if let_go := (known | turn.taken_back) - kept_of(row):
                await blot(session, row, let_go)
            if turn.erase_asked:
                await session.flush()
                await erase(session, conversation_id, self._clock())
            return stored

    async def banner(self) -> str:
        """Give the notice that an admin has put above every conversation, or nothing."""
        async with self._database.transaction() as session:
            return await switches.banner(session)

    async def history(self, conversation_id: str, *, after: int = 0) -> tuple[Message, ...]:
        """Give the messages with a `seq` above `after`."""
        async with self._database.transaction() as session:
            return await store.read(session, conversation_id, after=after)

    async def follow(
        self, conversation_id: str, *, after: int = 0
    ) -> AsyncIterator[Message | None]:
        """Give messages as they come, whoever writes them; None now and then as a heartbeat."""
        with self._bell.listen(conversation_id) as rung:
            while True:
                rung.clear()
                for message in await self.history(conversation_id, after=after):
                    after = message.seq or after
                    yield message
                try:
                    await asyncio.wait_for(rung.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield None

    async def export(self, conversation_id: str) -> dict[str, Any]:
        """Give everything that is stored of this person."""
        async with self._database.transaction() as session:
            return await store.export(session, conversation_id)

    async def erase(self, conversation_id: str) -> None:
        """Erase everything of this person from every table."""

        async def run() -> None:
            async with self._database.transaction(lock=conversation_id) as session:
                await erase(session, conversation_id, self._clock())

        await again_on_conflict(run)
        await self._bell.ring(conversation_id)
