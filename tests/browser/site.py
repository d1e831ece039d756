"""The service on a free port of this machine, run in a thread of its own beside the browser."""

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import pyotp
import pytest
from aiohttp import web

from bot import server
from bot.console import auth
from bot.console.state import COOKIE
from bot.server import Running, application, running
from bot.settings import Settings, read_settings
from connectors.web import limits
from tests.accounts import make_account

QUICKER = 100
PARTNER_SITES = "http://127.0.0.1:*"


class Site:
    """A running service, and hands to arrange what a test starts from."""

    def __init__(self, settings: Settings) -> None:
        self.url = ""
        self.parts: Running
        self._settings = settings
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self._cookies: dict[str, str] = {}
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the service's own loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def start(self) -> None:
        """Open everything and listen."""
        self._thread.start()
        self.run(self._open())

    async def _open(self) -> None:
        self.parts = await self._stack.enter_async_context(running(self._settings))
        app = application(self.parts, self._settings)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    def stop(self) -> None:
        """Close everything."""
        self.run(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def account(
        self, name: str, *, role: str = "counsellor", regions: tuple[str, ...] = ("AM25",)
    ) -> auth.NewAccount:
        """Make an account for the console."""
        now = self.parts.services.clock()
        return self.run(make_account(self.parts.database, name, now, role=role, regions=regions))

    def cookie(self, account: auth.NewAccount) -> Any:
        """Log an account in and give the cookie that a browser would have, as Playwright's."""
        if account.email not in self._cookies:
            self._cookies[account.email] = self.run(self._log_in(account))
        value = self._cookies[account.email]
        return {"name": COOKIE, "value": value, "url": f"{self.url}/console"}

    async def _log_in(self, account: auth.NewAccount) -> str:
        now = self.parts.services.clock()
        async with self.parts.database.transaction() as session:
            value = await auth.log_in(
                session, account.email, account.password, account.recovery_codes[0], now
            )
        assert value
        return value


def one_time_code(account: auth.NewAccount) -> str:
    """Give the code that the app on a phone shows now."""
    return pyotp.parse_uri(account.totp_uri).now()


@contextmanager
def site_on(model: Path, folder: Path) -> Iterator[Site]:
    """Serve a model with an empty database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "MODEL_FILE", model)
        # All tests come from one address: a minute of the limits passes in less than a second.
        patch.setattr(limits.Limits.__init__, "__defaults__", (_quick_clock,))
        site = Site(read_settings(folder, {"FRAME_ANCESTORS": PARTNER_SITES}))
        site.start()
        try:
            yield site
        finally:
            site.stop()


def _quick_clock() -> float:
    return time.monotonic() * QUICKER
