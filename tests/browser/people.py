"""Someone in the web chat, with or without JavaScript: begins, taps, reads."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.scenario import INTAKE

KNOWN = (
    '/inform{"occupation":"kassamedewerker"}',
    '/inform{"situation":"at_risk"}',
    '/inform{"education":"mbo4"}',
    '/inform{"place":"Breda"}',
    '/inform{"interest":"computers"}',
    '/inform{"hours":"32"}',
    '/inform{"wage":"needed"}',
    '/inform{"avoid":"heavy"}',
)


def begin(page: Page) -> None:
    """Open the site and begin a conversation."""
    page.goto("/")
    page.get_by_role("button", name="Begin het gesprek").click()
    expect(choices(page).first).to_be_visible()
    scripts_run(page)


def scripts_run(where: Page | FrameLocator) -> None:
    """Wait for the scripts: a page shows before they run, and until then a tap sends the form.

    A page that is "interactive" is read, but its deferred scripts may still have to run.
    """
    where.locator("html").evaluate(
        """(html) => new Promise((go) => document.readyState === "complete"
            ? go() : window.addEventListener("load", () => go()))"""
    )


def choices(page: Page) -> Locator:
    """Give the buttons of the last answer."""
    return page.get_by_role("group", name="Kies een antwoord").get_by_role("button")


def newest(page: Page) -> Locator:
    """Give the last message."""
    return page.locator("#log > li").last


def tap(page: Page, title: str) -> None:
    """Tap one button and wait for the answer."""
    before = int(newest(page).get_attribute("data-seq") or 0)
    choices(page).filter(has_text=title).first.click()
    arrived(page, before)


def arrived(page: Page, before: int) -> None:
    """Wait until something came after this message that the person did not say."""
    page.wait_for_function(
        """(before) => document.getElementById("status").textContent === ""
            && [...document.querySelectorAll("#log > li:not(.from-person)")]
                .some((one) => Number(one.dataset.seq) > before)""",
        arg=before,
    )


def answer_everything(page: Page) -> None:
    """Tap through the questions to the advice."""
    for title in INTAKE:
        tap(page, title)


def is_known(page: Page, *more: str) -> None:
    """Arrange a conversation in which all is answered, quicker than by hand; then look at it."""
    page.context.request.post("/gesprek/begin")
    for payload in (*KNOWN, *more):
        answer = page.context.request.post("/gesprek/bericht", form={"payload": payload})
        assert answer.ok, answer.text()
    page.goto("/")


WRITE_BACK_AND_SHARE = re.compile("Ja, deel dit|dit gesprek$")


def asks_for_a_human(page: Page) -> str:
    """Ask for a person, to write back in the chat, agree to share, and give the reference."""
    page.get_by_role("button", name="Praat met een mens").last.click()
    agreed = False
    for _ in range(3):
        button = choices(page).filter(has_text=WRITE_BACK_AND_SHARE).first
        number = newest(page).filter(has_text="ZS-")
        expect(button.or_(number).first).to_be_visible()
        if number.count():
            break
        agreed = agreed or "Mag ik dit delen?" in newest(page).inner_text()
        before = newest(page).get_attribute("data-seq")
        button.click()
        expect(newest(page)).not_to_have_attribute("data-seq", str(before))
        expect(page.locator("#status")).to_be_empty()
    assert agreed, "nobody was asked before something was shared"
    text = newest(page).inner_text()
    return text[text.index("ZS-") :].split()[0].rstrip(".")
