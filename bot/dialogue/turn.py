"""One turn: one transaction, one lock, one answer for each message id."""

import asyncio
import hashlib
import hmac
import logging
import re
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import UserMessage
from sqlalchemy.exc import IntegrityError

from actions.services import Services, conversation, services
from bot.catalogue.folding import fold, has
from bot.clock import Clock
from bot.dialogue.away import PATIENCE, is_away, is_shaken, take_back
from bot.dialogue.conversation import NO, TurnConversation, is_notice
from bot.dialogue.distress import DISTRESS, heed
from bot.dialogue.emergency import danger
from bot.dialogue.in_process_actions import action_failed
from bot.dialogue.plain_text import plain
from bot.dialogue.reaching import blot, kept_of, private_of, reach_of, said_last
from bot.dialogue.typed_button import typed_payload
from bot.errors import Conflict, TurnFailed
from bot.handoff.asides import about, is_free
from bot.handoff.reach import Reach, is_masked
from bot.observability.metrics import turn_timed
from bot.privacy.erasure import erase
from bot.privacy.masking import mask
from bot.storage import conversations as store
from bot.storage import handoffs, switches
from bot.storage.bell import Bell
from bot.storage.database import Database, again_on_conflict, current_session
from bot.storage.tables import Conversation, Incoming
from connectors.collecting_output import CollectingOutput
from connectors.conversations import Started
from connectors.message import Message

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from sqlalchemy.ext.asyncio import AsyncSession

log = logging.getLogger(__name__)

MAX_TEXT = 4096
TURN_SECONDS = 20
TURNS_AT_ONCE = 4
"""More at once and each takes longer, some much longer than others (docs/bench.md)."""
AWAY = timedelta(hours=24)
HEARTBEAT_SECONDS = 15
NEVER_WAITS = frozenset(
    {DISTRESS, "withdraw_handoff", "delete_data", "export_data", "ask_privacy"}
)
"""A person's safety and rights come first, also while a counsellor has the conversation."""
STATUS = "ask_handoff_status"
RESUME = "/greet"
"""To who was here before, it says that this is a machine, and repeats what was open."""
FOR_A_PERSON = "/request_human"
"""The button that is always there, also while a counsellor has the conversation."""
WELCOME = "utter_welcome"
"""Says that this is a machine, and how long what is said is kept."""
DECLINED = "utter_handoff_declined"
MOST_MESSAGES = 12
"""More than the bot ever says in one turn."""
DESPAIR = "/distress"
EMERGENCY = '/distress{"danger":"%s"}'
# What is read for words about a handoff; the first names their subject (bot/handoff/asides.py).
ASIDE, REFUSES = '/ask_handoff_status{"about":"%s"}', "/deny"
MARK = re.compile(r"\[(?:telefoon|e-mail|naam)\]")
_PAYLOAD = re.compile(r"/[a-z_]{2,40}(\{[\w\":., ’'()-]{0,300}\})?")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def rasa_text(text: str, payload: str | None) -> str:
    """Give what Rasa reads: a button's payload, or the words with a leading slash made harmless.

    A person who types `/restart` or `/inform{...}` must not reach Rasa as an intent.
    """
    if payload and _PAYLOAD.fullmatch(payload):
        return payload
    return text[:MAX_TEXT].lstrip("/／ \t\r\n\u200b\ufeff") or "?"


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
        self._agent = agent
        self._services = given
        self._clock = clock
        self._bell = bell
        self._patience = patience
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
            if says and await self._is_despair(text):
                # "ik wil niet meer, bel me op 06 ...": the number comes after the person
                offered = reach.contact
                reach = replace(reach, contact=None, offered=offered, name=None, wish=False)
            private = private_of(row, reach)
            if text:
                words = [Message(sender="person", text=text)]
                store.append(session, row, words, self._clock(), private=private)
                await handoffs.heard(session, conversation_id, self._clock())
            first = row.last_seq
            payload = await self._meant(session, row, text, payload, reach)
            if reach.message and payload != reach.payload:
                reach = replace(reach, when=False, wish=False)  # a button by its name, or danger
            facts = self._services.catalogue
            turn = TurnConversation(session, row, facts, self._clock, reach, text)
            paused, before = await switches.is_paused(session), row.events
            answers = await self._answer(turn, row, rasa_text(text, payload), paused, text)
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

    async def _meant(
        self,
        session: "AsyncSession",
        row: Conversation,
        text: str,
        payload: str | None,
        reach: Reach,
    ) -> str | None:
        """Give what Rasa reads instead of words that must not be guessed at, or None."""
        labels = self._services.labels
        if payload is None and (sure := danger(text, labels["emergency"])):
            return EMERGENCY % sure
        if payload is None and is_masked(text) and await self._is_despair(text):
            # Read by its words where those say it; a number in the middle may hide them.
            return None if await self._intent(text) == DISTRESS else DESPAIR
        if payload or reach.contact:
            return reach.payload if reach.contact else payload
        said = await store.read(
            session, row.id, after=row.last_seq - MOST_MESSAGES, until=row.last_seq - 1
        )
        # A notice in between, as that the partner has the request, asks nothing and ends no question.
        others = (one for one in said if one.sender != "bot" and not is_notice(one))
        since = max((one.seq or 0 for one in others), default=0)
        offered = [
            (button.title, button.payload)
            for item in said
            if (item.seq or 0) > since
            for button in item.buttons
        ]
        leading = labels["question"]["button"].split()
        typed = typed_payload(text, offered, leading, labels["typed"]) or reach.payload
        return typed or await self._aside(session, row, text, [one for _, one in offered])

    async def _aside(
        self, session: "AsyncSession", row: Conversation, text: str, offered: list[str]
    ) -> str | None:
        """Give what Rasa reads for words about the consent that is open, or a request that was sent."""
        labels, stage = self._services.labels, row.slots.get("stage")
        if row.counsellor_id:
            return None
        if DECLINED in said_last(row) and about(text, labels["after_refusal"]):
            return FOR_A_PERSON
        part = "at_consent" if stage == "consent" else "of_request"
        free = stage == "consent" or is_free(stage, offered)
        subject = about(text, labels[part]) if free else None
        if subject is None or await self._intent(text) == DISTRESS:
            return None
        if stage == "consent":
            return REFUSES if subject == "refuses" else ASIDE % subject
        newest = await handoffs.newest(session, row.id, open_only=True)
        return ASIDE % subject if newest else None

    async def _answer(
        self, turn: TurnConversation, row: Conversation, text: str, paused: bool, said: str
    ) -> list[Message]:
        reaching = not paused and await self._is_of_reach(turn, row, text)
        if row.counsellor_id and (again := await self._ask_to_tap(turn, text)):
            return [again]
        waits = bool(row.counsellor_id or paused) and not reaching
        if waits and not await self._cannot_wait(row, text, said):
            if not paused and await self._is_left(row):
                return await self._take_over(turn, row, text, said)
            return self._silent(row, text)
        opening = await self._opening(row, text)
        output = CollectingOutput()
        services.set(self._services)
        conversation.set(turn)
        failures: list[str] = []
        action_failed.set(failures)
        message = UserMessage(text, output, row.id, input_channel=output.name())
        try:
            await asyncio.wait_for(self._agent.handle_message(message), TURN_SECONDS)
        except TimeoutError:
            raise TurnFailed("timeout") from None
        if failures or not output.messages:
            raise TurnFailed(failures[0] if failures else "no answer")
        # Between a person and a counsellor the bot says this one thing, and does not go on.
        if reaching:
            first, asks = output.messages[:1], row.slots.get("stage") == "reach"
            return first if asks else await self._without_ways_on(row, first)
        return [*opening, *await self._without_ways_on(row, output.messages)]

    def _silent(self, row: Conversation, text: str) -> list[Message]:
        """Give what is said in place of an answer: nothing, where a counsellor reads the words."""
        words = self._services.labels["system"]
        if row.counsellor_id and not text.startswith(FOR_A_PERSON):
            return []
        closed = "bot_closed" if text == RESUME else "bot_paused"
        told = words["has_adviser" if row.counsellor_id else closed]
        return [Message(sender="system", text=told)]

    async def _is_left(self, row: Conversation) -> bool:
        """Tell whether the counsellor who has the conversation will not answer soon."""
        has = row.counsellor_id is not None
        return has and await is_away(current_session(), row, self._clock(), self._patience)

    async def _take_over(
        self, turn: TurnConversation, row: Conversation, text: str, said: str
    ) -> list[Message]:
        """Say that the counsellor is away, and go on; the words themselves wait for the counsellor.

        A button asks something of the bot, but a yes or no was meant for who asked. Over distress no
        question comes back: there the words are answered.
        """
        await take_back(current_session(), row, self._clock())
        told = Message(sender="system", text=self._services.labels["system"]["adviser_away"])
        button = text.startswith("/") and not text.startswith(("/affirm", NO))
        own = button or is_shaken(row, self._clock())
        return [told, *await self._answer(turn, row, text if own else RESUME, False, said)]

    async def _without_ways_on(self, row: Conversation, said: list[Message]) -> list[Message]:
        """Leave out, while a counsellor has the conversation, buttons that the bot will not answer."""
        if not row.counsellor_id:
            return said
        kept = []
        for message in said:
            left = [one for one in message.buttons if await self._cannot_wait(row, one.payload)]
            if left:  # who may say yes may say no
                left = [one for one in message.buttons if one in left or one.payload == NO]
            kept.append(replace(message, buttons=tuple(left)))
        return kept

    async def _is_of_reach(self, turn: TurnConversation, row: Conversation, text: str) -> bool:
        """Tell whether a counsellor who has the conversation must be given a contact or a name.

        What is masked in their chat reaches them only so: it is asked, and a yes puts it with the
        request. Only a yes right after that question, or another of the bot, is for the bot: a
        later one is for the counsellor.
        """
        if not row.counsellor_id or turn.contact is not None or turn.told:
            return bool(row.counsellor_id)
        asked = await turn.asked_last()
        if asked is None or asked.sender != "bot":
            return False
        return await self._intent(text) in ("affirm", "deny")

    async def _ask_to_tap(self, turn: TurnConversation, text: str) -> Message | None:
        """Give what a counsellor asked with buttons again, to who says yes or no in other words.

        Consent counts only by its button (bot/console/consent.py); "ja is goed" must not be lost.
        """
        asked = await turn.asked_last()
        if asked is None or asked.sender == "bot" or turn.text in {b.title for b in asked.buttons}:
            return None
        if await self._intent(text) not in ("affirm", "deny") or await turn.has_chosen(asked):
            return None  # "ok top" after the button: that counts, and is not asked twice
        words = self._services.labels["system"]["tap"]
        return Message(sender="system", text=words, buttons=asked.buttons)

    async def _opening(self, row: Conversation, text: str) -> list[Message]:
        """Give what must be said before the answer, as that this is a machine."""
        if row.events or text == RESUME:
            if self._clock() - row.last_seen_at < AWAY:
                return []
            # Who comes back after a day hears it again, and that nothing is lost.
            return [Message(sender="bot", text=self._services.labels["system"]["welcome_back"])]
        # The conversation began while the bot was paused, so nothing welcomed the person.
        if await self._intent(text) == DISTRESS:
            return []
        return [Message(sender="bot", text=self._agent.domain.responses[WELCOME][0]["text"])]

    async def _cannot_wait(self, row: Conversation, text: str, said: str = "") -> bool:
        """Tell whether the bot must act although a counsellor has the conversation, or it is paused."""
        if row.slots.get("stage") == "delete":
            return True
        intent = await self._intent(text)
        # "Wanneer hoor ik iets?" is for the counsellor; where the request is, the bot knows best.
        named = has(fold(said), self._services.labels["contact"]["status"])
        return intent in NEVER_WAITS or (bool(row.counsellor_id) and intent == STATUS and named)

    async def _is_despair(self, text: str) -> bool:
        """Tell whether a message is of distress, or a part of it before or after a number or a name."""
        parts = MARK.sub(". ", text)
        return DISTRESS in (await self._intent(text), await self._intent(parts))

    async def _intent(self, text: str) -> str:
        parsed = await self._agent.parse_message(text)
        return str(parsed["intent"].get("name"))

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
