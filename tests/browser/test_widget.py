"""The launcher on somebody else's page: a link that becomes a button with the chat in a frame."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsers import Browsers
from tests.browser.people import INTAKE, scripts_run
from tests.browser.site import Site

HOST_PAGE = """<!doctype html><html lang="nl"><head><meta charset="windows-1252"><title>Werkcentrum</title>
<link rel="icon" href="data:,"><style>button{{color:red}}</style></head>
<body><h1>Werkcentrum</h1><p>Meer weten?</p>
<a class="knop" href="{url}/gesprek" data-zij-widget>Chat over zij-instroom</a>
<p><a href="#anders">Iets anders</a></p>
<script defer src="{url}/widget.js"></script></body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    """A web server that writes nothing to the terminal."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(site: Site, tmp_path: Path) -> Iterator[str]:
    """Give the address of a partner's page on another origin."""
    (tmp_path / "index.html").write_text(HOST_PAGE.format(url=site.url))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def launcher(page: Page):  # noqa: ANN201
    """Give the button that opens and closes the chat."""
    return page.get_by_role("button", name="Chat over zij-instroom")


def test_the_link_becomes_a_button_that_opens_and_closes_the_chat(page: Page, host: str):
    page.goto(host)
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="Chat over zij-instroom")).to_have_count(0)
    assert page.locator("iframe").count() == 0, "the chat is loaded before it is asked for"

    launcher(page).focus()
    page.keyboard.press("Enter")
    expect(launcher(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_title("Chat over zij-instroom")).to_be_visible()
    opened = page.locator(f"#{launcher(page).get_attribute('aria-controls')}")
    expect(opened.get_by_role("button", name="Sluit de chat")).to_be_focused()

    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()
    expect(launcher(page)).to_be_focused()
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")


def test_the_keyboard_alone_goes_from_the_cross_into_the_chat_and_types(page: Page, host: str):
    page.goto(host)
    launcher(page).focus()
    page.keyboard.press("Enter")
    cross = page.get_by_role("button", name="Sluit de chat")
    expect(cross).to_be_focused()
    chat = page.frame_locator("iframe")
    begin = chat.get_by_role("button", name="Begin het gesprek")
    expect(begin).to_be_visible()

    _tab_until(page, begin)
    page.keyboard.press("Enter")
    box = chat.get_by_label("Jouw antwoord")
    expect(box).to_be_visible()
    cross.focus()
    _tab_until(page, box)
    page.keyboard.type("kassa")
    expect(box).to_have_value("kassa")

    for key in ("Space", "Enter"):
        cross.focus()
        page.keyboard.press(key)
        expect(page.locator("iframe")).to_be_hidden()
        launcher(page).press("Enter")
        expect(cross).to_be_focused()


def _tab_until(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus, at most as often as a page has things to stop at."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => document.hasFocus() && it === document.activeElement"):
            return
    raise AssertionError("Tab does not come there")


def test_escape_inside_the_chat_closes_it_and_the_conversation_stays(page: Page, host: str):
    page.goto(host)
    launcher(page).click()
    chat = page.frame_locator("iframe")
    chat.get_by_role("button", name="Begin het gesprek").click()
    expect(chat.get_by_role("button", name=INTAKE[0])).to_be_visible()
    scripts_run(chat)
    chat.get_by_role("button", name=INTAKE[0]).click()
    expect(chat.locator("#log > li").last).to_contain_text("Vraag 2 van 8")
    chat.get_by_label("Jouw antwoord").press("Escape")
    expect(page.locator("iframe")).to_be_hidden()
    expect(launcher(page)).to_be_focused()

    launcher(page).click()
    expect(chat.locator("#log > li").last).to_contain_text("Vraag 2 van 8")


def test_the_cross_closes_the_chat_and_covers_nothing(page: Page, host: str):
    page.goto(host)
    launcher(page).click()
    cross = page.get_by_role("button", name="Sluit de chat")
    expect(cross).to_have_text("\u00d7")
    # The room for the cross is made by a script of the page in the frame.
    expect(page.frame_locator("iframe").locator("html")).to_contain_class("framed")
    link = page.frame_locator("iframe").get_by_role("link", name="Hoe werkt dit?").first
    left, right = link.bounding_box(), cross.bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"]

    # Also far down the conversation nothing that is said lies under it.
    chat = page.frame_locator("iframe")
    chat.get_by_role("button", name="Begin het gesprek").click()
    for title in INTAKE[:3]:
        chat.get_by_role("button", name=title).click()
        expect(chat.get_by_role("button", name=title)).to_have_count(0)
    expect(chat.locator("#log > li").last).to_contain_text("Vraag 4 van 8")
    inside = page.locator("iframe").element_handle().content_frame()
    assert inside
    inside.wait_for_function("document.documentElement.scrollTop > 0")
    head = chat.get_by_role("banner").bounding_box()
    assert head and head["y"] + head["height"] >= right["y"] + right["height"]
    cross.click()
    expect(page.locator("iframe")).to_be_hidden()
    expect(launcher(page)).to_be_focused()


def test_on_a_phone_the_chat_fills_the_screen(browsers: Browsers, host: str):
    page = browsers.new(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto(host)
    launcher(page).tap()
    box = page.locator("iframe").bounding_box()
    assert box and box["width"] >= 355 and box["height"] >= 735
    page.get_by_role("button", name="Sluit de chat").tap()
    expect(page.locator("iframe")).to_be_hidden()


def test_without_javascript_the_link_opens_the_chat_page(plain_page: Page, host: str, site: Site):
    plain_page.goto(host)
    plain_page.get_by_role("link", name="Chat over zij-instroom").click()
    expect(plain_page).to_have_url(f"{site.url}/gesprek")
    expect(plain_page.get_by_role("button", name="Begin het gesprek")).to_be_visible()


def test_a_page_of_somebody_who_was_not_named_cannot_frame_the_chat(
    browsers: Browsers, host: str, site: Site
):
    # The settings name 127.0.0.1; localhost is another site to a browser.
    page = browsers.new().new_page()
    page.goto(host.replace("127.0.0.1", "localhost"))
    launcher(page).click()
    refused = page.frame_locator("iframe").get_by_role("button", name="Begin het gesprek")
    page.wait_for_timeout(500)
    assert refused.count() == 0
    assert any("frame-ancestors" in problem for problem in browsers.problems)
    browsers.problems.clear()
