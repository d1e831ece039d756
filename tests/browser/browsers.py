"""Browsers for one test: each with its own cookies, and with eyes for errors in the page."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from bot.console.auth import NewAccount
from tests.browser.site import Site


class Browsers:
    """Opens browsers on the site; `close` fails when a page had an error or asked elsewhere."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self._chromium = chromium
        self._site = site
        self._contexts: list[BrowserContext] = []
        self.problems: list[str] = []

    def new(self, **options: Any) -> BrowserContext:
        """Open a browser, as Playwright's `new_context`."""
        # Without smooth scrolling a test need not wait for it.
        common = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "reduced_motion": "reduce"}
        context = self._chromium.new_context(base_url=self._site.url, **(common | options))
        context.set_default_timeout(15_000)
        context.on("page", self._watch)
        context.on("request", self._only_this_machine)
        self._contexts.append(context)
        return context

    def counsellor(self, account: NewAccount, **options: Any) -> Page:
        """Open the inbox as someone who is logged in."""
        context = self.new(**options)
        context.add_cookies([self._site.cookie(account)])
        page = context.new_page()
        page.goto("/console/inbox")
        return page

    def close(self) -> None:
        """Close all of them."""
        for context in self._contexts:
            context.close()
        assert self.problems == []

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused or broken request is what some tests are about; a broken rule of the
        # Content-Security-Policy or of the script never is.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _only_this_machine(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "http://localhost:", "data:")):
            self.problems.append(f"third party: {request.url}")
