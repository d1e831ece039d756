"""How heavy the pages are: what a phone on a slow line has to fetch."""

import gzip

from playwright.sync_api import Page

from tests.browser.people import begin, choices, tap
from tests.browser.site import Site

LAUNCHER = 3 * 1024
CHAT_PAGE = 25 * 1024


def zipped(body: bytes) -> int:
    """Give the size after gzip, as a reverse proxy sends it."""
    return len(gzip.compress(body, 9))


def fetched_by(page: Page, address: str) -> dict[str, int]:
    """Open a page and give the gzip size of everything that it fetched, by address.

    The bodies are fetched again with the page's own cookies: the browser lets go of a body
    once a later navigation has replaced it, and a test must not depend on who is first.
    """
    addresses: list[str] = []
    page.on("requestfinished", lambda request: addresses.append(request.url))
    page.goto(address, wait_until="load")
    return {
        url: zipped(page.request.get(url).body())
        for url in dict.fromkeys(addresses)
        if "/gesprek/live" not in url and not url.startswith("data:")
    }


def test_the_launcher_is_at_most_3_kilobytes(page: Page, site: Site):
    answer = page.request.get(f"{site.url}/widget.js")
    assert answer.ok
    assert 0 < zipped(answer.body()) <= LAUNCHER


def test_the_chat_page_is_at_most_25_kilobytes(page: Page):
    begin(page)
    sizes = fetched_by(page, "/gesprek")
    kinds = {address.partition("?")[0].rpartition(".")[2] for address in sizes}
    assert {"css", "js"} <= kinds
    assert sum(sizes.values()) <= CHAT_PAGE, sizes


def test_a_turn_is_at_most_2_kilobytes(page: Page):
    begin(page)
    with page.expect_response("**/gesprek/bericht") as answer:
        tap(page, choices(page).first.inner_text())
    body = answer.value.body()
    assert b"Vraag 2 van 8" in body
    assert zipped(body) <= 2 * 1024
