"""The console in a browser: logging in, the inbox, and a request from there to its outcome."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from bot.console.auth import NewAccount
from tests.browser.axe import violations
from tests.browser.browsers import Browsers
from tests.browser.console import QUESTION, open_request, write
from tests.browser.people import asks_for_a_human, is_known, newest
from tests.browser.site import Site, one_time_code


@pytest.mark.parametrize("javascript", [True, False])
def test_a_counsellor_logs_in_with_a_code_and_out_again(
    browsers: Browsers, anna: NewAccount, javascript: bool
):
    page = browsers.new(java_script_enabled=javascript).new_page()
    page.goto("/console/inbox")
    expect(page).to_have_url("/console/inloggen")

    def log_in(password: str) -> None:
        page.get_by_label("E-mailadres").fill(anna.email)
        page.get_by_label("Wachtwoord").fill(password)
        page.get_by_label("Code uit je app").fill(one_time_code(anna))
        page.get_by_role("button", name="Log in").click()

    log_in("niet het goede")
    expect(page.get_by_role("alert")).to_contain_text("Dat klopt niet")
    expect(page.get_by_label("E-mailadres")).to_have_value(anna.email)
    expect(page.get_by_label("Wachtwoord")).to_have_value("")
    log_in(anna.password)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    assert "password" not in page.url
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/console/inbox")
    expect(page).to_have_url("/console/inloggen")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_request_from_the_inbox_to_its_outcome(
    browsers: Browsers, person: Page, anna: NewAccount, javascript: bool
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna, java_script_enabled=javascript)
    row = page.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Kassamedewerker")
    expect(row).to_contain_text("West-Brabant")
    open_request(page, reference)

    # It says who it is about, what was advised and why, and what was agreed.
    main = page.get_by_role("main")
    for words in ("Breda", "mbo 4", "Toestemming", "Mag ik dit delen?"):
        expect(main).to_contain_text(words)
    assert page.locator(".advice > li").count() >= 3
    expect(page.get_by_label("Schrijf aan de persoon")).to_have_count(0)

    page.get_by_role("button", name="Pak op").click()
    write(page, QUESTION)
    expect(page.get_by_role("log", name="Gesprek")).to_contain_text(QUESTION)
    page.get_by_label("Nieuwe notitie").fill("Wil graag bij een klein bedrijf")
    page.get_by_role("button", name="Bewaar notitie").click()
    expect(page.get_by_role("region", name="Notities")).to_contain_text("klein bedrijf")
    # Nobody ends a request with an outcome that was not chosen.
    page.get_by_role("button", name="Rond af").click()
    expect(page.get_by_label("Uitkomst")).to_be_focused()
    page.get_by_label("Uitkomst").select_option(label="advies gegeven")
    page.get_by_role("button", name="Rond af").click()
    expect(main).to_contain_text("Afgerond")
    history = page.get_by_role("region", name="Wie deed wat")
    for words in ("opgepakt", "vraag gesteld", "afgerond"):
        expect(history).to_contain_text(words)

    # The person sees the words, and nothing of the note.
    expect(person.locator("#log")).to_contain_text(QUESTION)
    person.reload()
    expect(person.get_by_role("main")).not_to_contain_text("klein bedrijf")
    page.goto("/console/inbox?tab=afgerond")
    expect(page.get_by_role("link", name=reference)).to_be_visible()


def test_a_request_goes_back_to_the_inbox_for_a_colleague(
    browsers: Browsers, person: Page, anna: NewAccount, bram: NewAccount
):
    reference = asks_for_a_human(person)
    first = browsers.counsellor(anna)
    open_request(first, reference)
    first.get_by_role("button", name="Pak op").click()
    first.get_by_role("button", name="Leg terug").click()
    expect(first.get_by_role("main")).to_contain_text("Nog niemand heeft dit opgepakt")
    second = browsers.counsellor(bram)
    open_request(second, reference)
    second.get_by_role("button", name="Pak op").click()
    expect(second.get_by_role("main")).to_contain_text("Opgepakt door Bram")


def test_a_fixed_answer_is_made_once_and_sent_with_one_tap(
    browsers: Browsers, site: Site, person: Page, anna: NewAccount
):
    title = f"Afspraak {uuid.uuid4().hex[:6]}"
    lead = browsers.counsellor(site.account(f"lead-{uuid.uuid4().hex[:6]}", role="coordinator"))
    lead.get_by_role("link", name="Antwoorden").click()
    lead.get_by_label("Titel").fill(title)
    lead.get_by_label("Tekst.").fill("Je aanvraag {nummer} is bij {adviseur}.")
    lead.get_by_role("button", name="Voeg toe").click()
    expect(lead.get_by_role("main")).to_contain_text(title)

    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    page.get_by_text("Vaste antwoorden").click()
    expect(page.get_by_role("button", name="Zet in het tekstvak").first).to_be_visible()
    plain = browsers.counsellor(anna, java_script_enabled=False)
    open_request(plain, reference)
    plain.get_by_text("Vaste antwoorden").click()
    expect(plain.get_by_role("button", name="Verstuur dit antwoord").first).to_be_visible()
    expect(plain.get_by_role("button", name="Zet in het tekstvak")).to_have_count(0)
    form = page.locator("form").filter(has_text=title)
    form.get_by_role("button", name="Verstuur dit antwoord").click()
    expect(newest(person)).to_contain_text(f"Je aanvraag {reference} is bij Anna")

    lead.get_by_role("button", name=f"Verwijder {title}").click()
    expect(lead.get_by_role("main")).not_to_contain_text(title)


def test_the_inbox_fills_by_itself_and_keeps_what_is_typed(
    browsers: Browsers, person: Page, anna: NewAccount
):
    page = browsers.counsellor(anna)
    page.clock.install()
    page.reload()
    page.get_by_label("Zoek op nummer").focus()
    page.keyboard.type("kassa")
    reference = asks_for_a_human(person)
    expect(page.get_by_role("link", name=reference)).to_have_count(0)
    page.clock.fast_forward(16_000)
    expect(page.get_by_role("link", name=reference)).to_be_visible()
    expect(page.get_by_label("Zoek op nummer")).to_have_value("kassa")
    expect(page.get_by_label("Zoek op nummer")).to_be_focused()


def test_the_console_cannot_be_framed_and_fits_a_small_screen(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna, viewport={"width": 360, "height": 740})
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    for address in ("/console/inbox", f"/console/aanvraag/{reference}"):
        answer = page.goto(address)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_the_inbox_by_keyboard_alone(browsers: Browsers, site: Site, anna: NewAccount):
    for _ in range(2):
        person = browsers.new().new_page()
        is_known(person, "/affirm")
        asks_for_a_human(person)
    page = browsers.counsellor(anna)
    references = page.locator("a.reference").all_inner_texts()
    for key, number in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator("a.reference").nth(number)).to_be_focused()
    page.get_by_label("Zoek op nummer").focus()
    page.keyboard.type("jk")
    expect(page.get_by_label("Zoek op nummer")).to_have_value("jk")
    page.locator("a.reference").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(references[0])

    # WHEN they are switched off, a letter is only a letter
    page.goto("/console/mijn-account")
    page.get_by_label("Gebruik toetsen").uncheck()
    page.get_by_role("button", name="Bewaar").click()
    page.goto("/console/inbox")
    expect(page.get_by_text("Toetsen:")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator("a.reference").first).not_to_be_focused()


def test_the_title_of_the_tab_counts_what_is_new(
    browsers: Browsers, site: Site, person: Page
):
    name = f"tel-{uuid.uuid4().hex[:6]}"
    page = browsers.counsellor(site.account(name, regions=("AM25",)))
    page.goto("/console/mijn-account")
    before = int(page.locator("#teller").get_attribute("data-new") or 0)
    page.clock.install()
    page.reload()
    asks_for_a_human(person)
    page.clock.fast_forward(31_000)
    expect(page).to_have_title(f"({before + 1}) Mijn account - Zijstap")


def test_correcting_and_sending_without_javascript(
    browsers: Browsers, site: Site, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna, java_script_enabled=False)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    expect(page.get_by_role("status")).to_contain_text("nu van jou")

    # A mistake is said at its field; what was typed stays.
    page.get_by_role("link", name="Verbeter het profiel").click()
    page.get_by_label("Uren per week").fill("99")
    page.get_by_label("machines").check()
    page.get_by_role("button", name="Bekijk het nieuwe advies").click()
    expect(page.get_by_label("Uren per week")).to_have_value("99")
    expect(page.get_by_label("Uren per week")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Uren per week").fill("24")
    page.get_by_role("button", name="Bekijk het nieuwe advies").click()
    changed = page.get_by_role("row").filter(has_text="veranderd")
    expect(changed).to_have_count(2)
    page.get_by_role("button", name="Verander nog iets").click()
    expect(page.get_by_label("machines")).to_be_checked()
    page.get_by_role("button", name="Bekijk het nieuwe advies").click()
    page.get_by_role("button", name="Bewaar dit profiel").click()
    expect(page.get_by_role("region", name="Profiel")).to_contain_text("24")

    page.get_by_role("link", name="Bekijk en verstuur").first.click()
    expect(page.locator("#bericht")).to_contain_text('"hours": 24')
    page.get_by_role("button", name="Keur goed en verstuur").click()
    expect(page.get_by_role("main")).to_contain_text("Goedgekeurd")
    page.get_by_role("button", name="Ik heb het zelf doorgegeven").click()
    expect(page.get_by_role("region", name="Naar de partner")).to_contain_text("Zelf doorgegeven")
    page.get_by_role("link", name="Terug naar de inbox").click()
    page.get_by_label("Zoek op nummer").fill(reference[3:7].lower())
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("link", name=reference)).to_be_visible()


def test_a_session_that_ends_leaves_typed_words_and_leads_back_to_the_request(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    page.get_by_label("Schrijf aan de persoon").fill("Beste Roos")
    page.context.clear_cookies()
    expect(page.get_by_role("alert").filter(has_text="Je bent uitgelogd")).to_be_visible()
    expect(page.get_by_label("Schrijf aan de persoon")).to_have_value("Beste Roos")
    # Nothing of the person stays on the screen of who left.
    expect(page.locator("#bereikbaar")).to_be_hidden()
    assert violations(page) == []

    # WHEN they log in in another tab, that tab shows the request and this one goes on
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in").click()
    other = opened.value
    other.get_by_label("E-mailadres").fill(anna.email)
    other.get_by_label("Wachtwoord").fill(anna.password)
    other.get_by_label("Code uit je app").fill(one_time_code(anna))
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text(reference)
    expect(page.locator("#ended")).to_be_hidden()
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_role("log", name="Gesprek")).to_contain_text("Beste Roos")

    # WHEN nothing was typed, the page itself goes to the login page
    page.context.clear_cookies()
    page.wait_for_url("**/console/inloggen?next=%2Fconsole%2Faanvraag%2F*")
