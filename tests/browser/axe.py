"""What axe finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()


def violations(page: Page) -> list[str]:
    """Give what axe finds in the light and the dark colours, one line each."""
    found = []
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        run = AXE.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        found += [
            f"{colours} {rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
            for rule in run.response["violations"]
            for node in rule["nodes"]
        ]
    return found
