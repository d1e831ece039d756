"""Runs rasa-sdk actions in this process, behind Rasa's own action endpoint interface."""

import logging
from contextvars import ContextVar
from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions.care import with_care
from actions.variety import vary

log = logging.getLogger(__name__)

action_failed: ContextVar[list[str]] = ContextVar("action_failed")
"""Names of what went wrong in this turn. Rasa logs a failing action and answers nothing; the turn
must know, so that it fails as a whole."""


class InProcessActions(EndpointConfig):
    """An action endpoint whose request is a function call instead of HTTP."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action named in `json` and give its events and responses."""
        call = kwargs["json"]
        try:
            result = await self._executor.run(call)
            return with_care(call["tracker"], vary(call["tracker"]["events"], result))
        except Exception as error:
            action_failed.get().append(f"{call['next_action']}: {type(error).__name__}")
            log.exception("action_failed action=%s", call["next_action"])
            raise
