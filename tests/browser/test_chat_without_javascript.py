"""The same path by plain forms, for who has no JavaScript or a script that was blocked."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.dialogue import turn
from tests.browser.browsers import Browsers
from tests.browser.people import INTAKE, asks_for_a_human, begin, choices, is_known, newest


def tap(page: Page, title: str) -> None:
    """Tap one button; the page is loaded again with the answer."""
    before = newest(page).get_attribute("data-seq")
    choices(page).filter(has_text=title).first.click()
    expect(newest(page)).not_to_have_attribute("data-seq", str(before))


def test_the_whole_intake_goes_by_forms(plain_page: Page):
    begin(plain_page)
    expect(plain_page.locator("#log > li").first).to_contain_text("automatische assistent")
    for title in INTAKE:
        tap(plain_page, title)
    assert plain_page.locator(".card-advice").count() >= 3
    assert plain_page.locator(".card-advice details a").count() > 0

    # What was said before stands under its own heading.
    before = plain_page.get_by_role("region", name="Eerdere berichten")
    expect(before.get_by_text("Vraag 8 van 8")).to_be_visible()

    # The plan follows from the same conversation.
    plain_page.get_by_role("link", name="Mijn overstapplan").click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("overstapplan")
    assert plain_page.locator(".plan .card").count() >= 3
    with plain_page.expect_download() as download:
        plain_page.get_by_role("link", name="Bewaar als PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_typed_words_are_answered(plain_page: Page):
    begin(plain_page)
    plain_page.get_by_label("Jouw antwoord").fill("Ik werk in een winkel")
    plain_page.get_by_role("button", name="Stuur").click()
    expect(plain_page.locator(".from-person .text")).to_have_text("Ik werk in een winkel")
    expect(plain_page.locator("#log > .from-bot").first).to_be_visible()


def test_words_that_were_too_long_are_given_back_to_shorten(plain_page: Page):
    begin(plain_page)
    box = plain_page.get_by_label("Jouw antwoord")
    box.evaluate("one => one.removeAttribute('maxlength')")
    box.fill("lang " * 1000)
    with plain_page.expect_response("**/gesprek/bericht") as answer:
        plain_page.get_by_role("button", name="Stuur").click()
    assert answer.value.status == 413
    expect(plain_page.get_by_role("alert")).to_contain_text("te lang")
    expect(plain_page.get_by_label("Jouw bericht")).to_have_value(re.compile("lang lang"))
    plain_page.get_by_label("Jouw bericht").fill("kort")
    plain_page.get_by_role("button", name="Probeer opnieuw").click()
    expect(plain_page.locator(".from-person .text")).to_have_text("kort")


def test_a_tap_that_could_not_be_answered_can_be_tried_again(
    plain_page: Page, monkeypatch: pytest.MonkeyPatch
):
    begin(plain_page)
    monkeypatch.setattr(turn, "TURN_SECONDS", 0)
    with plain_page.expect_response("**/gesprek/bericht") as answer:
        choices(plain_page).first.click()
    assert answer.value.status == 503
    expect(plain_page.get_by_role("alert")).to_contain_text("Je bericht is niet verloren")
    monkeypatch.undo()
    plain_page.get_by_role("button", name="Probeer opnieuw").click()
    expect(newest(plain_page)).to_contain_text("Vraag 2 van 8")


def test_a_reload_sends_nothing_again(plain_page: Page):
    begin(plain_page)
    tap(plain_page, INTAKE[0])
    plain_page.reload()
    plain_page.reload()
    expect(plain_page.locator(".from-person")).to_have_count(1)


def test_someone_asks_for_a_human_and_gets_a_number(plain_page: Page):
    is_known(plain_page)
    reference = asks_for_a_human(plain_page)
    plain_page.reload()
    expect(newest(plain_page)).to_contain_text(reference)


def test_everything_is_erased_after_one_question(plain_page: Page):
    is_known(plain_page)
    wipe = plain_page.get_by_role("button", name="Ja, wis alles")
    expect(wipe).to_be_hidden()
    plain_page.get_by_text("Stop en wis").click()
    wipe.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Alles is gewist")
    assert plain_page.context.cookies() == []
    plain_page.goto("/")
    expect(plain_page.get_by_role("button", name="Begin het gesprek")).to_be_visible()
    assert plain_page.goto("/plan").status == 404


def test_the_data_of_a_conversation_can_be_kept(plain_page: Page):
    is_known(plain_page)
    with plain_page.expect_download() as download:
        plain_page.get_by_role("link", name="Bewaar gesprek").click()
    assert '"kassamedewerker"' in download.value.path().read_text("utf-8")


def test_the_page_that_explains_is_one_tap_away_and_leads_back(plain_page: Page):
    begin(plain_page)
    plain_page.get_by_role("link", name="Hoe werkt dit?").first.click()
    main = plain_page.get_by_role("main")
    for words in ("automatische assistent", "6 maanden", "werkcentrum.nl", "0800-0113"):
        expect(main).to_contain_text(words)
    plain_page.get_by_role("link", name="Naar het gesprek").click()
    expect(newest(plain_page)).to_contain_text("Vraag 1 van 8")


def test_with_and_without_javascript_the_same_conversation_goes_on(browsers: Browsers):
    page = browsers.new().new_page()
    is_known(page)
    reference = asks_for_a_human(page)
    plain = browsers.new(java_script_enabled=False, storage_state=page.context.storage_state())
    other = plain.new_page()
    other.goto("/")
    expect(newest(other)).to_contain_text(reference)


def test_a_conversation_that_is_gone_can_begin_anew(plain_page: Page):
    begin(plain_page)
    plain_page.context.clear_cookies()
    plain_page.get_by_label("Jouw antwoord").fill("Ik werk in een winkel")
    plain_page.get_by_role("button", name="Stuur").click()
    expect(plain_page.get_by_role("alert")).to_contain_text("Dit gesprek bestaat niet meer")
    plain_page.get_by_role("button", name="Begin een nieuw gesprek").click()
    expect(plain_page.locator("#log")).to_contain_text("automatische assistent")
