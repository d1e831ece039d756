"""A counsellor and a person in the same conversation, each in a browser, with and without JavaScript."""


from playwright.sync_api import Page, expect

from bot.console.auth import NewAccount
from tests.browser.axe import violations
from tests.browser.browsers import Browsers
from tests.browser.console import QUESTION, open_request, write
from tests.browser.people import asks_for_a_human, choices, is_known, newest


def test_two_counsellors_and_a_person_at_once(
    browsers: Browsers, person: Page, anna: NewAccount, bram: NewAccount
):
    reference = asks_for_a_human(person)
    first, second = browsers.counsellor(anna), browsers.counsellor(bram)
    for page in (first, second):
        open_request(page, reference)

    # WHEN both pick it up, one gets it and the other is told who was first
    first.get_by_role("button", name="Pak op").click()
    expect(first.get_by_role("main")).to_contain_text("Opgepakt door Anna")
    with second.expect_response("**/claim") as refused:
        second.get_by_role("button", name="Pak op").click()
    assert refused.value.status == 409
    expect(second.get_by_role("heading", level=1)).to_have_text("Iemand was je voor")
    expect(second.get_by_role("alert")).to_contain_text("al opgepakt door Anna")

    # WHEN the counsellor writes, it stands in the person's open page without a reload
    person.evaluate("window.opened = true")
    write(first, QUESTION)
    expect(newest(person)).to_contain_text(QUESTION)
    expect(newest(person)).to_contain_text("Adviseur")
    expect(person.locator("#log")).to_contain_text("loopbaanadviseur. Ik ben even stil.")

    # WHEN the person answers, it stands in the console without a reload, and the bot is silent
    first.evaluate("window.opened = true")
    expect(first.locator(".facts")).to_contain_text("Wacht op persoon")
    person.get_by_label("Jouw antwoord").fill("Ja, dat is goed")
    person.get_by_label("Jouw antwoord").press("Enter")
    talk = first.get_by_role("log", name="Gesprek")
    expect(talk.get_by_role("listitem").last).to_contain_text("Ja, dat is goed")
    expect(newest(person)).to_contain_text("Ja, dat is goed")
    expect(first.locator(".facts")).to_contain_text("Wacht 0 minuten")

    # WHEN it is given back, the bot answers again
    assert first.evaluate("window.opened")
    first.get_by_role("button", name="Geef gesprek terug").click()
    expect(person.locator("#log")).to_contain_text("Ik help je weer verder")
    expect(newest(person)).to_contain_text("automatische assistent. We gaan verder waar we waren.")
    expect(choices(person).first).to_be_visible()
    person.get_by_role("button", name="Praat met een mens").last.click()
    expect(newest(person)).to_have_class("message from-bot")
    expect(newest(person)).to_contain_text(reference)
    assert person.evaluate("window.opened"), "the person's page was loaded again"


def test_words_of_a_counsellor_come_also_while_the_person_is_sending(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    counsellor = browsers.counsellor(anna)
    open_request(counsellor, reference)
    counsellor.get_by_role("button", name="Pak op").click()
    write(counsellor, "Hoi!")
    expect(newest(person)).to_contain_text("Hoi!")

    held = []
    person.route("**/gesprek/bericht", lambda route: held.append((route, route.fetch())))
    person.get_by_label("Jouw antwoord").fill("Ik ben er")
    person.get_by_label("Jouw antwoord").press("Enter")
    talk = counsellor.get_by_role("log", name="Gesprek")
    expect(talk.get_by_role("listitem").last).to_contain_text("Ik ben er")
    write(counsellor, QUESTION)
    expect(talk.get_by_role("listitem").last).to_contain_text(QUESTION)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(person.locator("#log .text").filter(has_text=QUESTION)).to_have_count(1)
    expect(person.locator("#log .text").filter(has_text="Ik ben er")).to_have_count(1)


def test_what_is_typed_stays_while_the_conversation_refreshes(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    write(page, "Hoi!")
    field = page.get_by_label("Schrijf aan de persoon")
    field.press_sequentially("Ik denk ")
    person.get_by_label("Jouw antwoord").fill("Ben je er nog?")
    person.get_by_label("Jouw antwoord").press("Enter")
    talk = page.get_by_role("log", name="Gesprek")
    expect(talk.get_by_role("listitem").last).to_contain_text("Ben je er nog?")
    field.press_sequentially("na")
    expect(field).to_have_value("Ik denk na")
    expect(field).to_be_focused()


def test_choices_end_with_the_persons_own_words_and_a_refusal_is_told(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    taken = page.get_by_role("main").get_by_text("De aanvraag is nu van jou.")
    expect(taken).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    expect(taken).to_have_count(0)

    # WHEN the person does not tap a button of a question, but writes
    page.get_by_text("Naar een andere partner", exact=True).click()
    page.get_by_role("button", name="Vraag toestemming in het gesprek").click()
    expect(choices(person).first).to_have_text("Ja, deel dit")
    person.get_by_label("Jouw antwoord").fill("Wie zijn dat?")
    person.get_by_label("Jouw antwoord").press("Enter")
    expect(newest(person)).to_contain_text("Wie zijn dat?")
    expect(choices(person)).to_have_count(0)

    # WHEN the request is not for them, the person reads so and can go on
    page.get_by_text("Niet voor ons", exact=True).click()
    page.get_by_role("button", name="Sluit: niet voor ons").click()
    expect(page.get_by_role("status").first).to_contain_text("niet voor ons")
    expect(person.locator("#log")).to_contain_text("kan je hier niet mee helpen")
    expect(choices(person).first).to_be_visible()


def test_a_word_to_someone_who_left_waits_until_they_return(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    person.goto("about:blank")
    page = browsers.counsellor(anna)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    write(page, QUESTION)
    expect(page.get_by_role("log", name="Gesprek")).to_contain_text(QUESTION)
    person.goto("/")
    expect(newest(person)).to_contain_text(QUESTION)


def test_without_javascript_someone_looks_for_an_answer_with_a_button(
    browsers: Browsers, plain_page: Page, anna: NewAccount
):
    is_known(plain_page, "/affirm")
    reference = asks_for_a_human(plain_page)
    page = browsers.counsellor(anna)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    write(page, QUESTION)
    expect(plain_page.get_by_text(QUESTION)).to_have_count(0)
    plain_page.get_by_role("button", name="Kijk of er een nieuw bericht is").click()
    expect(newest(plain_page)).to_contain_text(QUESTION)
    write(page, "Of liever om 11 uur?")
    plain_page.get_by_role("button", name="Kijk of er een nieuw bericht is").click()
    expect(newest(plain_page)).to_contain_text("11 uur")
    expect(newest(plain_page)).to_be_in_viewport()
    expect(newest(plain_page)).to_have_id(plain_page.url.partition("#")[2])
    plain_page.get_by_role("button", name="Kijk of er een nieuw bericht is").click()
    told = plain_page.get_by_role("status").filter(has_text="Er is nog geen nieuw bericht")
    expect(told).to_be_in_viewport()


def test_without_javascript_a_counsellor_looks_for_an_answer_with_a_button(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna, java_script_enabled=False)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    write(page, QUESTION)
    expect(newest(person)).to_contain_text(QUESTION)
    person.get_by_label("Jouw antwoord").fill("Ja, dat is goed")
    person.get_by_label("Jouw antwoord").press("Enter")
    expect(newest(person)).to_contain_text("Ja, dat is goed")
    page.get_by_role("button", name="Kijk of er een nieuw bericht is").click()
    expect(page.get_by_role("log", name="Gesprek")).to_contain_text("Ja, dat is goed")


def test_another_partner_is_asked_for_in_the_chat_and_approved_after_the_yes(
    browsers: Browsers, person: Page, anna: NewAccount
):
    reference = asks_for_a_human(person)
    page = browsers.counsellor(anna)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    page.get_by_text("Naar een andere partner").click()
    page.get_by_role("button", name="Vraag toestemming in het gesprek").click()
    expect(newest(person)).to_contain_text("Mag ik je aanvraag delen met Werkcentrum (landelijk)?")
    choices(person).filter(has_text="Ja, deel dit").click()
    talk = page.get_by_role("log", name="Gesprek")
    expect(talk.get_by_role("listitem").last).to_contain_text("Ja, deel dit")
    page.reload()
    expect(page.get_by_role("region", name="Naar de partner")).to_contain_text("ja tegen")
    page.get_by_role("link", name="Bekijk en verstuur").first.click()
    expect(page.get_by_role("region", name="Waarheen")).to_contain_text("Werkcentrum (landelijk)")
    page.get_by_role("button", name="Keur goed en verstuur").click()
    expect(page.get_by_role("status")).to_contain_text("Goedgekeurd")


def test_what_a_person_erases_goes_from_the_open_page_of_a_counsellor(
    browsers: Browsers, person: Page, anna: NewAccount
):
    page = browsers.counsellor(anna)
    open_request(page, asks_for_a_human(person))
    page.get_by_role("button", name="Pak op").click()
    page.get_by_label("Schrijf aan de persoon").fill("Hoi")
    person.context.request.post("/gesprek/wis")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze aanvraag is er niet meer")
    expect(page.get_by_role("alert")).to_contain_text("De persoon heeft alles gewist")
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("main")).not_to_contain_text("Profiel")


def test_what_a_person_withdraws_goes_from_the_open_page_of_a_counsellor(
    browsers: Browsers, person: Page, anna: NewAccount
):
    page = browsers.counsellor(anna)
    open_request(page, asks_for_a_human(person))
    page.get_by_role("button", name="Pak op").click()
    page.get_by_label("Schrijf aan de persoon").fill("Hoi")
    person.context.request.post("/gesprek/bericht", form={"payload": "/withdraw_handoff"})
    expect(page.get_by_role("main")).to_contain_text("De persoon trok deze aanvraag in")
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", name="Profiel")).to_have_count(0)
    expect(page.get_by_label("Schrijf aan de persoon")).to_have_count(0)


def test_a_contact_and_distress_that_come_later_stand_on_the_open_page(
    browsers: Browsers, person: Page, anna: NewAccount
):
    page, reference = browsers.counsellor(anna), asks_for_a_human(person)
    open_request(page, reference)
    page.get_by_role("button", name="Pak op").click()
    for form in ({"text": "0612345678"}, {"payload": "/affirm"}, {"payload": "/distress"}):
        person.context.request.post("/gesprek/bericht", form=form)
    expect(page.locator("#bereikbaar")).to_contain_text("0612345678")
    expect(page.get_by_role("alert")).to_contain_text("iets wat op nood lijkt")
    assert violations(page) == []
    inbox = page.context.new_page()
    inbox.goto("/console/inbox?tab=mijn")
    expect(inbox.get_by_role("alert")).to_contain_text(reference)
    assert violations(inbox) == []
    page.get_by_role("button", name="Ik heb dit gezien").click()
    expect(page.get_by_role("alert")).to_be_empty()
