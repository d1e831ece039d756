"""Someone in the console: opens a request, writes to the person."""

from playwright.sync_api import Page, expect

QUESTION = "Bel je morgen om 10 uur?"


def open_request(page: Page, reference: str) -> None:
    """Open a request from the inbox."""
    page.goto("/console/inbox?tab=alles")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)


def write(page: Page, text: str) -> None:
    """Write to the person."""
    page.get_by_label("Schrijf aan de persoon").fill(text)
    page.get_by_role("button", name="Verstuur", exact=True).click()
