"""Takes Telegram's updates over a webhook, with its secret."""

import hmac
import json

from aiohttp import web
from telegram import Bot

from connectors.telegram.channel import TelegramChannel, readable
from connectors.web.problems import Problem
from connectors.web.state import SETTINGS

CHANNEL = web.AppKey("telegram_channel", TelegramChannel)
BOT = web.AppKey("telegram_bot", Bot)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

routes = web.RouteTableDef()


@routes.post("/webhooks/telegram", name="telegram")
async def telegram(request: web.Request) -> web.Response:
    """Take one update; 200 only when its turn is stored, so that Telegram sends it again if not."""
    secret = request.app[SETTINGS].telegram_secret
    channel = request.app.get(CHANNEL)
    if not secret or channel is None:
        raise Problem(404, "http_404")
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
        raise Problem(403, "no_token")
    try:
        data = json.loads(await request.read())
    except (ValueError, RecursionError):
        data = None
    if update := readable(data, request.app[BOT]):
        await channel.take([update])
    return web.Response()
