"""One service and one Chromium for all browser tests; each test gets browsers of its own."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.console.auth import NewAccount
from tests.browser.browsers import Browsers
from tests.browser.people import is_known
from tests.browser.site import Site, site_on
from tests.conftest import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000


@pytest.fixture(scope="package")
def site(rules_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a service; buttons need no language model, pictures show the real one."""
    real = ROOT / "models" / "zijstap.tar.gz"
    model = real if os.environ.get("SCREENSHOTS") == "1" else rules_model
    with site_on(model, tmp_path_factory.mktemp("site")) as opened:
        yield opened


# The package's scope and not the session's: Playwright keeps a loop running in this thread, and
# the tests of the other folders run loops of their own.
@pytest.fixture(scope="package")
def chromium(site: Site) -> Iterator[Browser]:
    """Give the browser; it starts after the service, which trains a model in this thread."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail("Chromium is not there: `make test` installs it")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browsers(chromium: Browser, site: Site) -> Iterator[Browsers]:
    """Give browsers with their own cookies; what goes wrong in a page fails the test."""
    opened = Browsers(chromium, site)
    yield opened
    opened.close()


@pytest.fixture
def context(browsers: Browsers) -> BrowserContext:
    """Give one browser with JavaScript."""
    return browsers.new()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give one page with JavaScript."""
    return context.new_page()


@pytest.fixture
def plain_page(browsers: Browsers) -> Page:
    """Give one page without JavaScript."""
    return browsers.new(java_script_enabled=False).new_page()


@pytest.fixture
def anna(site: Site) -> NewAccount:
    """Give a counsellor of West-Brabant."""
    return site.account(f"anna-{uuid.uuid4().hex[:6]}")


@pytest.fixture
def bram(site: Site) -> NewAccount:
    """Give another counsellor of West-Brabant."""
    return site.account(f"bram-{uuid.uuid4().hex[:6]}")


@pytest.fixture
def person(browsers: Browsers) -> Page:
    """Give someone in Breda who has advice."""
    page = browsers.new(viewport={"width": 360, "height": 740}).new_page()
    is_known(page, "/affirm")
    return page
