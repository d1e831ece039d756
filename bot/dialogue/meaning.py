"""What Rasa reads in place of a person's words, where those must not be guessed at."""

import re
from typing import TYPE_CHECKING

from bot.dialogue.conversation import is_notice
from bot.dialogue.distress import DISTRESS
from bot.dialogue.emergency import danger
from bot.dialogue.reaching import said_last
from bot.dialogue.typed_button import typed_payload
from bot.handoff.asides import about, is_free
from bot.handoff.reach import Reach, is_masked
from bot.storage import conversations as store
from bot.storage import handoffs
from bot.storage.tables import Conversation

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from sqlalchemy.ext.asyncio import AsyncSession

MAX_TEXT = 4096
"""Characters of a message that are read."""
MOST_MESSAGES = 12
"""More than the bot ever says in one turn."""
DECLINED = "utter_handoff_declined"
FOR_A_PERSON = "/request_human"
"""The button that is always there, also while a counsellor has the conversation."""
DESPAIR = "/distress"
EMERGENCY = '/distress{"danger":"%s"}'
# What is read for words about a handoff; the first names their subject (bot/handoff/asides.py).
ASIDE, REFUSES = '/ask_handoff_status{"about":"%s"}', "/deny"
MARK = re.compile(r"\[(?:telefoon|e-mail|naam)\]")
_PAYLOAD = re.compile(r"/[a-z_]{2,40}(\{[\w\":., ’'()-]{0,300}\})?")


def rasa_text(text: str, payload: str | None) -> str:
    """Give what Rasa reads: a button's payload, or the words with a leading slash made harmless.

    A person who types `/restart` or `/inform{...}` must not reach Rasa as an intent.
    """
    if payload and _PAYLOAD.fullmatch(payload):
        return payload
    return text[:MAX_TEXT].lstrip("/／ \t\r\n\u200b\ufeff") or "?"


class Meaning:
    """Knows what a person's words stand for: by the words themselves, and by the model.

    Args:
        labels: the words of `data/labels.yml`.
    """

    def __init__(self, agent: "Agent", labels: dict[str, dict[str, str]]) -> None:
        self._agent = agent
        self._labels = labels

    async def payload_of(
        self,
        session: "AsyncSession",
        row: Conversation,
        text: str,
        payload: str | None,
        reach: Reach,
    ) -> str | None:
        """Give what Rasa reads instead of words that must not be guessed at, or None.

        Args:
            text: the words, masked; they are stored already, as the last of the conversation.
            payload: of the button that was tapped, or None.
            reach: what the words say of how to reach the person.
        """
        labels = self._labels
        if payload is None and (sure := danger(text, labels["emergency"])):
            return EMERGENCY % sure
        if payload is None and is_masked(text) and await self.is_despair(text):
            # Read by its words where those say it; a number in the middle may hide them.
            return None if await self.intent(text) == DISTRESS else DESPAIR
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
        labels, stage = self._labels, row.slots.get("stage")
        if row.counsellor_id:
            return None
        if DECLINED in said_last(row) and about(text, labels["after_refusal"]):
            return FOR_A_PERSON
        part = "at_consent" if stage == "consent" else "of_request"
        free = stage == "consent" or is_free(stage, offered)
        subject = about(text, labels[part]) if free else None
        if subject is None or await self.intent(text) == DISTRESS:
            return None
        if stage == "consent":
            return REFUSES if subject == "refuses" else ASIDE % subject
        newest = await handoffs.newest(session, row.id, open_only=True)
        return ASIDE % subject if newest else None

    async def is_despair(self, text: str) -> bool:
        """Tell whether a message is of distress, or a part of it before or after a number or a name."""
        parts = MARK.sub(". ", text)
        return DISTRESS in (await self.intent(text), await self.intent(parts))

    async def intent(self, text: str) -> str:
        """Name the intent that the model reads in words or in a payload."""
        parsed = await self._agent.parse_message(text)
        return str(parsed["intent"].get("name"))
