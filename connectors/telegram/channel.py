"""The Telegram channel: takes turns from updates, and pushes what must still be sent.

An update's offset moves only after its turn is stored, and a message counts as delivered only
after Telegram took it: a crash repeats, and the stored ids make the repeat harmless.
"""

import asyncio
import logging
from collections import defaultdict
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.errors import TurnFailed
from bot.storage.bell import Bell
from bot.storage.pushes import Pending, Pushes
from connectors.conversations import Conversations
from connectors.message import Message
from connectors.telegram.rendering import TelegramText, render
from connectors.telegram.updates import Heard, read

log = logging.getLogger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 25
PAUSE_SECONDS = 2.0
CHANNEL = "telegram"


class TelegramChannel:
    """One bot. `texts`: the fixed sentences for what is not text (data/labels.yml, telegram)."""

    def __init__(
        self,
        bot: Bot,
        conversations: Conversations,
        pushes: Pushes,
        bell: Bell,
        texts: dict[str, str],
    ) -> None:
        self._bot = bot
        self._conversations = conversations
        self._pushes = pushes
        self._bell = bell
        self._texts = texts
        self._offset: int | None = None

    async def poll(self) -> None:
        """Ask Telegram for updates for ever."""
        while True:
            try:
                await self.poll_once()
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except Conflict:
                # Telegram gives updates to a webhook of before, or to another process that polls.
                log.warning("telegram_poll_conflict: taking the webhook away, if there is one")
                await self._quietly(self._bot.delete_webhook())
                await asyncio.sleep(PAUSE_SECONDS)
            except (TelegramError, TurnFailed, OSError) as error:
                log.warning("telegram_poll_failed error=%s", type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)
            except Exception:
                log.exception("telegram_poll_failed")
                await asyncio.sleep(PAUSE_SECONDS)

    async def poll_once(self) -> None:
        """Ask once, take what came, and confirm it at the next call."""
        wanted = {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED}
        if self._offset is not None:
            wanted["offset"] = self._offset
        # Raw, because one update that cannot be read must not hold up all others.
        raw: Any = await self._bot.do_api_request(
            "getUpdates", api_kwargs=wanted, read_timeout=POLL_SECONDS + 10
        )
        await self.take([update for item in raw if (update := readable(item, self._bot))])
        self._offset = max((item["update_id"] + 1 for item in raw), default=self._offset)

    async def take(self, updates: list[Update]) -> None:
        """Take updates: in order within a chat, chats beside each other."""
        by_chat: dict[str, list[Heard]] = defaultdict(list)
        for update in sorted(updates, key=lambda item: item.update_id):
            heard = read(update)
            if heard is not None:
                by_chat[heard.chat].append(heard)
        await asyncio.gather(*(self._take_in_order(chat) for chat in by_chat.values()))

    async def _take_in_order(self, heard: list[Heard]) -> None:
        for item in heard:
            await self._take_one(item)

    async def _take_one(self, heard: Heard) -> None:
        if heard.callback_id:
            await self._quietly(self._bot.answer_callback_query(heard.callback_id))
        if heard.special in ("group", "no_text"):
            await self._quietly(self._bot.send_message(heard.chat, self._texts[heard.special]))
            return
        hello = heard.payload == "/greet"
        conversation_id = await self._conversations.at_address(
            channel=CHANNEL,
            address=heard.chat,
            message_id=heard.message_id if hello else "start",
        )
        await self._pushes.blocked(conversation_id, blocked=heard.special == "blocked")
        if heard.special is None:
            await self._answer(conversation_id, heard)

    async def _answer(self, conversation_id: str, heard: Heard) -> None:
        """Take the turn; one that fails must not hold up this chat and all others for ever."""
        try:
            await self._conversations.take_turn(
                conversation_id, heard.text, payload=heard.payload, message_id=heard.message_id
            )
        except TurnFailed as error:
            log.error("turn_failed reason=%s", error)
            await self._quietly(self._bot.send_message(heard.chat, self._texts["failed"]))

    async def _quietly(self, call: Any) -> None:
        """Do what may fail without harm: a spinner that stays, a hint that is missed."""
        try:
            await call
        except TelegramError as error:
            log.info("telegram_side_call_failed error=%s", type(error).__name__)

    async def push(self) -> None:
        """Send what must be sent, whenever the bell rings, for ever."""
        with self._bell.listen() as rung:
            while True:
                rung.clear()
                try:
                    pause = await self.push_pending()
                except Exception:
                    log.exception("telegram_push_failed")
                    pause = PAUSE_SECONDS
                try:
                    await asyncio.wait_for(rung.wait(), pause or POLL_SECONDS)
                except TimeoutError:
                    continue

    async def push_pending(self) -> float | None:
        """Send everything that is due; give the seconds to wait when something must be tried again."""
        pauses = await asyncio.gather(
            *(self._push_one(pending) for pending in await self._pushes.pending())
        )
        return max((pause for pause in pauses if pause), default=None)

    async def _push_one(self, pending: Pending) -> float | None:
        try:
            for message in await self._pushes.messages(pending):
                if message.sender != "person":
                    await self._say(pending, message)
                await self._pushes.delivered(pending.conversation_id, message.seq or 0)
        except RetryAfter as error:
            return _seconds(error)
        except Forbidden:
            await self._pushes.blocked(pending.conversation_id, blocked=True)
        except NetworkError:
            return PAUSE_SECONDS
        return None

    async def _say(self, pending: Pending, message: Message) -> None:
        """Send one message; one that Telegram will never take must not hold up the next ones."""
        try:
            for text in render((message,)):
                await self._send(pending.address, text)
        except BadRequest as error:
            log.error("telegram_refused conversation=%s", pending.conversation_id)
            if "chat not found" in str(error).lower():
                raise Forbidden(str(error)) from error

    async def _send(self, chat: str, text: TelegramText) -> None:
        rows = [[InlineKeyboardButton(title, callback_data=data)] for title, data in text.buttons]
        await self._bot.send_message(
            chat, text.text, reply_markup=InlineKeyboardMarkup(rows) if rows else None
        )


def readable(data: Any, bot: Bot) -> Update | None:
    """Give the update, or None when it cannot be read: then it can't be read later either."""
    try:
        return Update.de_json(data, bot)
    except (ValueError, TypeError, KeyError, OverflowError, OSError, AttributeError):
        log.warning("telegram_update_unreadable")
        return None


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait.total_seconds() if hasattr(wait, "total_seconds") else wait)
