"""WCAG 2.2 AA as far as axe can see it, on every page and in both colour schemes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.console.auth import NewAccount
from tests.browser.axe import violations
from tests.browser.browsers import Browsers
from tests.browser.people import asks_for_a_human, begin, is_known
from tests.browser.site import Site

PAGES = ("Rapport", "Antwoorden", "Partners", "Accounts", "Schakelaars", "Mijn account")


def is_in_order(page: Page) -> None:
    """Check the language, the title, one h1, and headings that skip no level."""
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert page.title()
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map(one => Number(one.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    steps = zip(levels, levels[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps), levels


def focus_shows(page: Page) -> None:
    """Walk over the whole page by Tab; every stop is seen, has a name and has an outline."""
    page.locator(".skip").focus()
    page.keyboard.press("Tab")
    seen = page.evaluate_handle("new Set()")
    look = """(seen) => {
        const one = document.activeElement;
        if (one === document.body || seen.has(one)) return null;
        seen.add(one);
        const style = getComputedStyle(one), box = one.getBoundingClientRect();
        return [one.outerHTML.slice(0, 120), style.outlineStyle, parseFloat(style.outlineWidth),
                box.width, box.height];
    }"""
    for _ in range(200):
        stop = page.evaluate(look, seen)
        if stop is None:
            break
        html, style, width, *size = stop
        assert style != "none" and width >= 2, html
        assert min(size) >= 1, html
        page.keyboard.press("Tab")


def is_accessible(page: Page) -> None:
    """Check all of it."""
    page.wait_for_load_state()  # a busy machine shows a heading before its style sheet is there
    assert violations(page) == []
    is_in_order(page)
    focus_shows(page)


def test_axe_sees_what_is_wrong(page: Page):
    page.goto("/uitleg")
    page.evaluate("document.querySelector('h1').innerHTML += '<img src=\"data:,\">'")
    page.evaluate("document.querySelector('main p').style.color = '#999'")
    found = " ".join(violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found


@pytest.mark.parametrize("address", ["/", "/uitleg", "/gewist", "/bestaat-niet", "/plan"])
def test_pages_without_a_conversation(page: Page, address: str):
    page.goto(address)
    is_accessible(page)


def test_the_chat_at_the_welcome(page: Page):
    begin(page)
    is_accessible(page)
    page.get_by_text("Stop en wis").click()
    assert violations(page) == []


def test_the_chat_with_cards_and_the_consent(page: Page):
    is_known(page, "/affirm")
    for summary in page.locator(".card-advice summary").all():
        summary.click()
    is_accessible(page)
    asks_for_a_human(page)
    is_accessible(page)


def test_the_chat_after_a_send_that_failed(page: Page):
    begin(page)
    page.context.route("**/gesprek/bericht", lambda route: route.abort())
    page.get_by_role("button", name="Weet ik niet").click()
    expect(page.locator("#trouble")).to_contain_text("Kies het zo nog een keer")
    is_accessible(page)


def test_the_page_that_gives_back_words_when_the_script_was_blocked(page: Page):
    page.context.route("**/chat.js*", lambda route: route.abort())
    begin(page)
    box = page.get_by_label("Jouw antwoord")
    box.evaluate("one => one.removeAttribute('maxlength')")
    box.fill("lang " * 1000)
    page.get_by_role("button", name="Stuur").click()
    expect(page.get_by_role("alert")).to_contain_text("te lang")
    is_accessible(page)


def test_the_plan(page: Page):
    is_known(page, "/affirm")
    page.goto("/plan")
    assert page.locator(".card").count() >= 3
    is_accessible(page)


@pytest.fixture(scope="package")
def admin(site: Site) -> NewAccount:
    """Give an account that sees every page."""
    return site.account("toegankelijk", role="admin", regions=())


@pytest.fixture
def console(browsers: Browsers, admin: NewAccount) -> Iterator[Page]:
    """Give the inbox of an admin with one request in it."""
    person = browsers.new().new_page()
    is_known(person, "/affirm")
    asks_for_a_human(person)
    yield browsers.counsellor(admin)


def test_the_login_page_also_after_a_mistake(page: Page):
    page.goto("/console/inloggen")
    is_accessible(page)
    page.get_by_label("E-mailadres").fill("niemand@example.org")
    page.get_by_label("Wachtwoord").fill("verkeerd")
    page.get_by_label("Code uit je app").fill("123456")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("Dat klopt niet")
    is_accessible(page)


def test_every_page_of_the_console(console: Page):
    is_accessible(console)
    for name in PAGES:
        console.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name).click()
        expect(console.get_by_role("heading", level=1)).to_be_visible()
        is_accessible(console)
    console.goto("/console/aanvraag/ZS-BESTAATNIET")
    is_accessible(console)


def test_a_request_before_and_after_it_is_claimed(console: Page):
    console.get_by_role("row").nth(1).get_by_role("link").click()
    is_accessible(console)
    console.get_by_role("button", name="Pak op").click()
    expect(console.get_by_label("Schrijf aan de persoon")).to_be_visible()
    for summary in console.locator("summary").all():
        summary.click()
    is_accessible(console)
    address = console.url.partition("?")[0]
    console.goto(f"{address}/profiel")
    console.get_by_label("Uren per week").fill("99")
    console.get_by_role("button", name="Bekijk het nieuwe advies").click()
    expect(console.get_by_role("alert")).to_be_visible()
    is_accessible(console)
    console.get_by_label("Uren per week").fill("24")
    console.get_by_role("button", name="Bekijk het nieuwe advies").click()
    expect(console.get_by_role("heading", level=1)).to_contain_text("Verbeterd profiel")
    is_accessible(console)
    console.goto(f"{address}/goedkeuren")
    console.get_by_text("letter voor letter").click()
    is_accessible(console)


def test_someone_was_first_and_a_request_that_is_finished(
    browsers: Browsers, site: Site, console: Page
):
    other = browsers.counsellor(site.account("axe-eerst", role="admin"))
    other.goto("/console/inbox?tab=nieuw")
    link = other.get_by_role("row").nth(1).get_by_role("link")
    reference = link.inner_text()
    console.goto(f"/console/aanvraag/{reference}")
    link.click()
    other.get_by_role("button", name="Pak op").click()
    console.get_by_role("button", name="Pak op").click()
    expect(console.get_by_role("heading", level=1)).to_have_text("Iemand was je voor")
    is_accessible(console)
    other.get_by_label("Uitkomst").select_option(label="anders")
    other.get_by_role("button", name="Rond af").click()
    expect(other.get_by_role("main")).to_contain_text("Afgerond")
    is_accessible(other)


def test_the_console_on_a_phone(console: Page):
    console.set_viewport_size({"width": 390, "height": 844})
    for address in ("inbox?tab=alles", "beheer/partners", "beheer/accounts"):
        console.goto(f"/console/{address}")
        is_accessible(console)


def test_the_chat_with_the_words_of_a_counsellor(browsers: Browsers, site: Site, page: Page):
    is_known(page, "/affirm")
    reference = asks_for_a_human(page)
    counsellor = browsers.counsellor(site.account("axe-gesprek"))
    counsellor.goto(f"/console/aanvraag/{reference}")
    counsellor.get_by_role("button", name="Pak op").click()
    counsellor.get_by_label("Schrijf aan de persoon").fill("Hoi!")
    counsellor.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.locator("#log > li").last).to_contain_text("Hoi!")
    is_accessible(page)


def test_the_forms_of_an_admin_with_what_is_shown_once_and_what_is_wrong(console: Page):
    console.goto("/console/beheer/accounts")
    console.get_by_role("button", name="Maak account").click()
    expect(console.get_by_role("alert")).to_be_visible()
    is_accessible(console)
    console.get_by_label("E-mailadres").fill("nieuw@example.org")
    console.get_by_label("Naam").last.fill("Nieuw")
    console.get_by_role("group", name="Regio's").last.get_by_label("Zeeland").check()
    console.get_by_role("button", name="Maak account").click()
    expect(console.get_by_role("alert")).to_contain_text("één keer")
    is_accessible(console)
    console.goto("/console/beheer/partners/werkcentrum_am35")
    console.get_by_label("Adres van de webhook").fill("http://10.0.0.1/")
    console.get_by_role("button", name="Bewaar").click()
    expect(console.get_by_role("alert")).to_be_visible()
    is_accessible(console)
    console.get_by_label("Adres van de webhook").fill("https://partner.example/zijstap")
    console.get_by_role("button", name="Bewaar").click()
    expect(console.get_by_role("alert")).to_contain_text("één keer")
    is_accessible(console)
    console.goto("/console/beheer/antwoorden")
    console.get_by_label("Titel", exact=True).fill("Test")
    console.get_by_label("Tekst.").fill("Dag {iets}")
    console.get_by_role("button", name="Voeg toe").click()
    expect(console.get_by_role("alert")).to_be_visible()
    is_accessible(console)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_of_the_console_scrolls_sideways(console: Page, width: int):
    console.set_viewport_size({"width": width, "height": 740})
    reference = console.locator("a.reference").first.inner_text()
    addresses = ["inbox?tab=alles", f"aanvraag/{reference}", "rapport", "mijn-account"]
    addresses += [f"beheer/{name}" for name in ("antwoorden", "partners", "accounts")]
    for address in (*addresses, "beheer/partners/werkcentrum_am25", "beheer/schakelaars"):
        console.goto(f"/console/{address}")
        assert console.evaluate("document.documentElement.scrollWidth") <= width, address
        hidden = console.locator(".scroll").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
        )
        assert not hidden, f"{address} has something out of sight"
