"""Who answers a message: the bot, or nobody while a counsellor has the conversation or it is paused."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rasa.core.channels.channel import UserMessage

from actions.services import Services, conversation, services
from bot.catalogue.folding import fold, has
from bot.clock import Clock
from bot.dialogue.away import is_away, is_shaken, take_back
from bot.dialogue.conversation import NO, TurnConversation
from bot.dialogue.distress import DISTRESS
from bot.dialogue.in_process_actions import action_failed
from bot.dialogue.meaning import FOR_A_PERSON, Meaning
from bot.errors import TurnFailed
from bot.storage.database import current_session
from bot.storage.tables import Conversation
from connectors.collecting_output import CollectingOutput
from connectors.message import Message

if TYPE_CHECKING:
    from rasa.core.agent import Agent

TURN_SECONDS = 20
"""For the bot to answer; before that a turn waits as long for its place (turn.py)."""
AWAY = timedelta(hours=24)
NEVER_WAITS = frozenset(
    {DISTRESS, "withdraw_handoff", "delete_data", "export_data", "ask_privacy"}
)
"""A person's safety and rights come first, also while a counsellor has the conversation."""
STATUS = "ask_handoff_status"
RESUME = "/greet"
"""To who was here before, it says that this is a machine, and repeats what was open."""
WELCOME = "utter_welcome"
"""Says that this is a machine, and how long what is said is kept."""


class Answering:
    """Gives the answer to a message, or what is said where the bot keeps silent.

    Args:
        patience: so long a counsellor who has a conversation may leave somebody waiting.
    """

    def __init__(
        self,
        agent: "Agent",
        meaning: Meaning,
        given: Services,
        clock: Clock,
        patience: timedelta,
    ) -> None:
        self._agent = agent
        self._meaning = meaning
        self._services = given
        self._clock = clock
        self._patience = patience

    async def answer(
        self, turn: TurnConversation, row: Conversation, text: str, paused: bool, said: str
    ) -> list[Message]:
        """Give what is said to a message; nothing where only the counsellor should answer it.

        Args:
            turn: what the actions may do to the conversation.
            text: what Rasa reads (bot/dialogue/meaning.py).
            paused: an admin has paused the bot.
            said: the words themselves, masked.

        Raises:
            TurnFailed: the bot took too long, an action failed, or nothing was said.
        """
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
        return [told, *await self.answer(turn, row, text if own else RESUME, False, said)]

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
        return await self._meaning.intent(text) in ("affirm", "deny")

    async def _ask_to_tap(self, turn: TurnConversation, text: str) -> Message | None:
        """Give what a counsellor asked with buttons again, to who says yes or no in other words.

        Consent counts only by its button (bot/console/consent.py); "ja is goed" must not be lost.
        """
        asked = await turn.asked_last()
        if asked is None or asked.sender == "bot" or turn.text in {b.title for b in asked.buttons}:
            return None
        if await self._meaning.intent(text) not in ("affirm", "deny"):
            return None
        if await turn.has_chosen(asked):
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
        if await self._meaning.intent(text) == DISTRESS:
            return []
        return [Message(sender="bot", text=self._agent.domain.responses[WELCOME][0]["text"])]

    async def _cannot_wait(self, row: Conversation, text: str, said: str = "") -> bool:
        """Tell whether the bot must act although a counsellor has the conversation, or it is paused."""
        if row.slots.get("stage") == "delete":
            return True
        intent = await self._meaning.intent(text)
        # "Wanneer hoor ik iets?" is for the counsellor; where the request is, the bot knows best.
        named = has(fold(said), self._services.labels["contact"]["status"])
        return intent in NEVER_WAITS or (bool(row.counsellor_id) and intent == STATUS and named)
