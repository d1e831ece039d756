"""Runs rasa-sdk actions in this process, behind Rasa's own action endpoint interface."""

from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint whose request is a function call instead of HTTP."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action named in `json` and give its events and responses."""
        return await self._executor.run(kwargs["json"])
