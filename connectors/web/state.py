"""What the web handlers find in the application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.advice.plan import Plan
from bot.settings import Settings
from connectors.conversations import Conversations
from connectors.web.limits import Limits


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes the overstapplan of a profile (as JSON). `words`: its headings."""

    make: Callable[[dict[str, Any]], Plan]
    words: Mapping[str, str]


PLANNER = web.AppKey("planner", Planner)
CONVERSATIONS = web.AppKey("conversations", Conversations)
LIMITS = web.AppKey("limits", Limits)
SETTINGS = web.AppKey("settings", Settings)
LABELS: web.AppKey[dict[str, dict[str, Any]]] = web.AppKey("labels", dict)
