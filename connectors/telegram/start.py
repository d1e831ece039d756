"""Starts the Telegram channel: polling by default, a webhook when there is a secret for it."""

import logging
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.settings import Settings
from bot.storage.bell import Bell
from bot.storage.database import Database
from bot.storage.leader import alone
from bot.storage.pushes import Pushes
from connectors.conversations import Conversations
from connectors.telegram import webhook
from connectors.telegram.channel import ALLOWED, CHANNEL, TelegramChannel


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
    await bot.initialize()
    await bot.set_webhook(
        f"{settings.public_url}/webhooks/telegram",
        secret_token=settings.telegram_secret,
        allowed_updates=ALLOWED,
    )
    return [alone(database, "telegram-push", channel.push)]
