"""The pictures of docs/img, made anew by SCREENSHOTS=1 with the trained model."""

import os

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsers import Browsers
from tests.browser.people import asks_for_a_human, begin, choices, is_known, newest, tap
from tests.browser.site import Site
from tests.conftest import ROOT

IMAGES = ROOT / "docs" / "img"
PHONE = {"width": 390, "height": 800}
DESK = {"width": 1200, "height": 860}
HOST_PAGE = """<!doctype html><html lang="nl"><head><title>Partner</title></head>
<body><h1>Werk en leren in jouw regio</h1><p>Verandert je werk? Kijk wat er kan.</p>
<p><a href="/gesprek" data-zij-widget>Chat over zij-instroom</a></p>
<script src="/widget.js"></script></body></html>"""

pytestmark = pytest.mark.skipif(
    os.environ.get("SCREENSHOTS") != "1", reason="pictures are made with SCREENSHOTS=1"
)


def picture(page: Page, name: str) -> None:
    """Write one picture."""
    IMAGES.mkdir(exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")


def says(page: Page, text: str) -> None:
    """Type and send."""
    before = newest(page).get_attribute("data-seq")
    page.get_by_label("Jouw antwoord").fill(text)
    page.get_by_role("button", name="Stuur").click()
    expect(newest(page)).not_to_have_attribute("data-seq", str(before))
    expect(choices(page).first).to_be_visible()


def test_pictures_of_the_chat(browsers: Browsers):
    page = browsers.new(viewport=PHONE).new_page()
    page.goto("/")
    picture(page, "begin")
    begin(page)
    picture(page, "chat-welkom")
    says(page, "Ik ben kassamedewerker")
    tap(page, "Mijn baan verdwijnt misschien")
    picture(page, "chat-vragen")
    is_known(page, "/affirm")
    picture(page, "chat-advies")
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto("/plan")
    picture(page, "plan")


def test_picture_of_the_dark_colours(browsers: Browsers):
    page = browsers.new(viewport=PHONE, color_scheme="dark").new_page()
    is_known(page, "/affirm")
    picture(page, "chat-donker")


def test_picture_of_the_launcher(browsers: Browsers, site: Site):
    page = browsers.new(viewport={"width": 1000, "height": 760}).new_page()
    page.route("**/partner", lambda route: route.fulfill(body=HOST_PAGE, content_type="text/html"))
    page.goto("/partner")
    page.get_by_role("button", name="Chat over zij-instroom").click()
    chat = page.frame_locator("iframe")
    chat.get_by_role("button", name="Begin het gesprek").click()
    expect(chat.locator("#choices button").first).to_be_visible()
    picture(page, "widget")


def test_pictures_of_the_console(browsers: Browsers, site: Site):
    references = []
    for more in ((), ('/inform{"occupation":"vrachtwagenchauffeur"}',)):
        person = browsers.new(viewport=PHONE).new_page()
        is_known(person, *more, "/affirm")
        references.append(asks_for_a_human(person))
    anna = site.account("anna", role="coordinator")
    page = browsers.counsellor(anna, viewport=DESK)
    picture(page, "console-inbox")
    page.goto("/console/inloggen")
    picture(page, "console-inloggen")
    page.goto(f"/console/aanvraag/{references[0]}")
    page.get_by_role("button", name="Pak op").click()
    picture(page, "console-aanvraag")
    write_to_the_person(page, "Hoi! Bel je morgen om 10 uur?")
    picture(page, "console-gesprek")
    page.goto(f"/console/aanvraag/{references[0]}/profiel")
    page.get_by_label("Uren per week").fill("24")
    page.get_by_label("Hoogste diploma").select_option("mbo2")
    page.get_by_role("button", name="Bekijk het nieuwe advies").click()
    picture(page, "console-profiel")
    page.goto(f"/console/aanvraag/{references[0]}/goedkeuren")
    picture(page, "console-versturen")
    page.set_viewport_size(PHONE)
    page.goto("/console/inbox?tab=alles")
    picture(page, "console-telefoon")
    page.set_viewport_size(DESK)
    page.goto("/console/beheer/antwoorden")
    page.get_by_label("Titel", exact=True).fill("Afspraak")
    page.get_by_label("Tekst.").fill("Hoi! Je aanvraag {nummer} is bij mij. Groet, {adviseur}")
    page.get_by_role("button", name="Voeg toe").click()
    picture(page, "console-antwoorden")
    page.goto("/console/rapport")
    picture(page, "console-rapport")


def write_to_the_person(page: Page, text: str) -> None:
    """Write, and bring the conversation into view."""
    page.get_by_label("Schrijf aan de persoon").fill(text)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_role("log", name="Gesprek")).to_contain_text(text)
    page.get_by_role("region", name="Gesprek", exact=True).evaluate("one => one.scrollIntoView()")


def test_picture_of_a_partner(browsers: Browsers, site: Site):
    page = browsers.counsellor(site.account("beheer", role="admin"), viewport=DESK)
    page.goto("/console/beheer/partners/werkcentrum_am25")
    page.get_by_label("Adres van de webhook").fill("https://partner.example/zijstap")
    page.get_by_role("button", name="Bewaar").click()
    page.goto("/console/beheer/partners/werkcentrum_am25")
    picture(page, "console-partner")
