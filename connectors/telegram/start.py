"""Starts the Telegram channel: polling by default, a webhook when there is a secret for it."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.settings import Settings
from bot.storage.bell import Bell
from bot.storage.database import Database
from bot.storage.leader import alone
from bot.storage.pushes import Pushes
from connectors.conversations import Conversations
from connectors.telegram import webhook
from connectors.telegram.channel import ALLOWED, CHANNEL, TelegramChannel

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 300.0


async def start_telegram(
    stack: AsyncExitStack,
    app: web.Application,
    settings: Settings,
    conversations: Conversations,
    database: Database,
    bell: Bell,
    texts: dict[str, str],
) -> list[Coroutine[Any, Any, None]]:
    """Give the works that run beside the service. The bot is closed with the stack."""
    # The token is in every address that httpx would log.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # An answer that is no JSON would be logged whole: a page that repeats the address, or words.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    bot = Bot(
        settings.telegram_token or "",
        base_url=f"{settings.telegram_api}/bot",
        request=HTTPXRequest(connection_pool_size=32),
    )
    stack.push_async_callback(bot.shutdown)
    channel = TelegramChannel(bot, conversations, Pushes(database, CHANNEL), bell, texts)
    if not settings.telegram_secret:
        return [
            alone(database, "telegram-poll", channel.poll),
            alone(database, "telegram-push", channel.push),
        ]
    app[webhook.CHANNEL] = channel
    app[webhook.BOT] = bot
    app.add_routes(webhook.routes)
    return [_announce(bot, settings), alone(database, "telegram-push", channel.push)]


async def _announce(bot: Bot, settings: Settings) -> None:
    """Tell Telegram where the webhook is; try again until it takes that.

    What the error says is left out of the log: it may have the token.
    """
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            await bot.set_webhook(
                f"{settings.public_url}/webhooks/telegram",
                secret_token=settings.telegram_secret,
                allowed_updates=ALLOWED,
            )
            return
        except TelegramError as error:
            log.warning("telegram_webhook_failed error=%s", type(error).__name__)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
