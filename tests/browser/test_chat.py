"""The chat page with JavaScript: taps, keys, a phone, no network."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from bot.dialogue import turn
from tests.browser.browsers import Browsers
from tests.browser.people import (
    INTAKE,
    answer_everything,
    begin,
    choices,
    is_known,
    newest,
    scripts_run,
    tap,
)


def focused(page: Page) -> str:
    """Give the name of what has the focus."""
    return page.evaluate("document.activeElement.tagName + '#' + document.activeElement.id")


def fits_the_screen(page: Page) -> bool:
    """Tell whether nothing is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_someone_taps_to_advice_with_sources(page: Page):
    begin(page)
    welcome = page.locator("#log > li").first
    expect(welcome).to_contain_text("automatische assistent")
    expect(welcome).to_contain_text("geen mens")
    address = page.url

    answer_everything(page)

    cards = page.locator(".card-advice")
    assert cards.count() >= 3
    for card in cards.all():
        sources = card.locator("details li")
        assert sources.count() > 0
        card.get_by_text("Bronnen").click()
        expect(sources.first).to_contain_text(re.compile(r"bekeken op \S*\d{4}"))
    expect(page.get_by_role("link", name="Mijn overstapplan")).to_be_visible()
    assert page.url == address, "the page was loaded again"
    # Everything that was said is there once, in order, also after a reload.
    there = page.locator(".message").evaluate_all("all => all.map(one => one.dataset.seq)")
    assert there == [str(number) for number in range(1, len(there) + 1)]
    page.reload()
    again = page.locator(".message").evaluate_all("all => all.map(one => one.dataset.seq)")
    assert again == there


def test_the_whole_intake_goes_by_keyboard_alone(page: Page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ga naar de inhoud")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(choices(page).first).to_be_visible()
    scripts_run(page)
    for title in INTAKE:
        expect(choices(page).filter(has_text=title).first).to_be_visible()
        walk_to(page, title)
        before = newest(page).get_attribute("data-seq")
        page.keyboard.press("Enter")
        expect(newest(page)).not_to_have_attribute("data-seq", str(before))
        expect(page.locator("#status")).to_be_empty()
        assert focused(page) == "TEXTAREA#text", "the focus was lost"
    expect(page.locator(".card-advice").first).to_be_visible()


def walk_to(page: Page, title: str) -> None:
    """Press Shift+Tab or Tab until the button has the focus, and see that it shows."""
    backwards = focused(page) == "TEXTAREA#text"
    for _ in range(40):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.locator(":focus").inner_text().startswith(title):
            break
    else:
        pytest.fail(f"no way by keyboard to {title}")
    outline = page.locator(":focus").evaluate("one => getComputedStyle(one).outlineStyle")
    assert outline != "none"
    expect(page.locator(":focus")).to_be_in_viewport(ratio=1)


def test_enter_sends_and_shift_enter_makes_a_new_line(page: Page):
    begin(page)
    box = page.get_by_label("Jouw antwoord")
    box.press_sequentially("Ik werk")
    box.press("Shift+Enter")
    box.press_sequentially("in een winkel")
    expect(box).to_have_value("Ik werk\nin een winkel")
    box.press("Enter")
    expect(page.locator(".from-person .text")).to_have_text("Ik werk\nin een winkel")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


BROKEN_WORDS = """() => {
  const broken = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.parentNode.closest("a")) continue;
    for (const word of node.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


def test_the_plan_breaks_no_word_on_the_narrowest_screen(page: Page):
    is_known(page)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/plan")
    expect(page.get_by_role("main")).to_contain_text("Kassamedewerker")
    assert page.evaluate(BROKEN_WORDS) == []


@pytest.mark.parametrize("width", [360, 320])
def test_nothing_is_wider_than_a_phone(browsers: Browsers, width: int):
    phone = browsers.new(viewport={"width": width, "height": 740}, has_touch=True)
    page = phone.new_page()
    page.goto("/")
    assert fits_the_screen(page)
    begin(page)
    assert fits_the_screen(page)
    is_known(page, "/affirm")
    page.locator(".card-advice summary").first.click()
    assert fits_the_screen(page)
    page.goto("/plan")
    assert fits_the_screen(page)


def test_taps_on_a_phone_are_large_enough(browsers: Browsers):
    page = browsers.new(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    begin(page)
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is None or (box["height"] >= 44 and box["width"] >= 44), button.inner_text()


def test_a_tap_on_a_phone_does_not_open_the_keyboard(browsers: Browsers):
    phone = browsers.new(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    begin(page)
    choices(page).filter(has_text=INTAKE[0]).tap()
    expect(newest(page)).to_contain_text("Vraag 2 van 8")
    expect(page.locator("#status")).to_be_empty()
    assert focused(page) == "OL#log"
    # Who types, types on.
    page.get_by_label("Jouw antwoord").fill("Ik heb werk")
    page.get_by_role("button", name="Stuur").tap()
    expect(page.get_by_label("Jouw antwoord")).to_have_value("")
    expect(page.get_by_label("Jouw antwoord")).to_be_focused()


def test_nothing_moves_for_who_asked_for_rest(browsers: Browsers):
    context = browsers.new(reduced_motion="reduce")
    page = context.new_page()
    begin(page)
    moving = """() => [...document.querySelectorAll('*')].filter((one) => {
        const style = getComputedStyle(one);
        return style.scrollBehavior === 'smooth' || style.animationName !== 'none'
            || parseFloat(style.transitionDuration) > 0;
    }).map((one) => one.tagName)"""
    assert page.evaluate(moving) == []


def test_a_send_without_network_keeps_the_words_and_goes_once_later(
    page: Page, context: BrowserContext
):
    begin(page)
    refused: list[str] = []

    def once(route: Route) -> None:
        if refused:
            route.continue_()
            return
        refused.append(route.request.post_data or "")
        route.abort("internetdisconnected")

    context.route("**/gesprek/bericht", once)
    box = page.get_by_label("Jouw antwoord")
    box.fill("Ik werk in een winkel")
    box.press("Enter")
    expect(page.locator("#trouble")).to_contain_text("Het versturen lukt nu niet")
    expect(box).to_have_value("Ik werk in een winkel")
    expect(page.locator(".from-person")).to_have_count(0)

    box.press("Enter")
    expect(page.locator(".from-person .text")).to_have_text("Ik werk in een winkel")
    expect(page.locator("#trouble")).to_be_empty()
    assert len(refused) == 1


def test_a_tap_without_network_speaks_of_no_text_and_can_be_tapped_again(
    page: Page, context: BrowserContext
):
    begin(page)
    context.route("**/gesprek/bericht", lambda route: route.abort("internetdisconnected"))
    choices(page).first.click()
    status = page.locator("#trouble")
    expect(status).to_contain_text("Het versturen lukt nu niet")
    expect(status).not_to_contain_text("tekst")
    context.unroute("**/gesprek/bericht")
    choices(page).first.click()
    expect(newest(page)).to_contain_text("Vraag 2 van 8")


def test_a_turn_that_failed_is_said_in_words_and_can_be_tried_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
):
    begin(page)
    monkeypatch.setattr(turn, "TURN_SECONDS", 0)
    choices(page).first.click()
    expect(page.locator("#trouble")).to_contain_text("Je bericht is niet verloren")
    expect(page.locator(".from-person")).to_have_count(0)
    monkeypatch.undo()
    choices(page).first.click()
    expect(newest(page)).to_contain_text("Vraag 2 van 8")


@pytest.mark.parametrize("tapped", [True, False])
def test_what_goes_wrong_is_seen_on_a_phone_and_a_lost_conversation_can_begin_anew(
    browsers: Browsers, tapped: bool
):
    phone = browsers.new(viewport={"width": 390, "height": 664}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    begin(page)
    trouble = page.get_by_role("alert")

    def say() -> None:
        if tapped:
            choices(page).first.click()
        else:
            page.get_by_label("Jouw antwoord").fill("Ik werk in een winkel")
            page.get_by_role("button", name="Stuur").click()

    phone.route("**/gesprek/bericht", lambda route: route.abort("internetdisconnected"))
    say()
    expect(trouble).to_contain_text("Het versturen lukt nu niet")
    expect(trouble).to_be_in_viewport(ratio=1)
    phone.unroute("**/gesprek/bericht")
    phone.clear_cookies()
    say()
    expect(trouble).to_contain_text("Dit gesprek bestaat niet meer")
    expect(trouble).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Begin een nieuw gesprek").click()
    expect(page.get_by_role("button", name="Begin het gesprek")).to_be_visible()


def lose_first_answer(context: BrowserContext) -> list[int]:
    """Let the first message reach the service and its answer never come back."""
    lost: list[int] = []

    def route(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
            return
        lost.append(answer.status)
        route.abort("connectionreset")

    context.route("**/gesprek/bericht", route)
    return lost


def test_an_answer_that_was_lost_on_the_way_comes_by_itself(page: Page, context: BrowserContext):
    begin(page)
    lost = lose_first_answer(context)
    choices(page).filter(has_text=INTAKE[0]).click()
    expect(newest(page)).to_contain_text("Vraag 2 van 8")
    expect(page.locator("#trouble")).to_be_empty()
    expect(page.locator(".from-person")).to_have_count(1)
    assert lost == [200]


def test_the_same_words_again_after_a_lost_answer_are_one_message(
    page: Page, context: BrowserContext
):
    context.route("**/gesprek/live*", lambda route: route.abort())
    begin(page)
    lost = lose_first_answer(context)
    choices(page).filter(has_text=INTAKE[0]).click()
    expect(page.locator("#trouble")).to_contain_text("Kies het zo nog een keer")
    choices(page).filter(has_text=INTAKE[0]).click()
    expect(newest(page)).to_contain_text("Vraag 2 van 8")
    expect(page.locator(".from-person")).to_have_count(1)
    assert lost == [200]


def test_other_words_after_a_lost_answer_are_not_lost(page: Page, context: BrowserContext):
    context.route("**/gesprek/live*", lambda route: route.abort())
    begin(page)
    lose_first_answer(context)
    choices(page).filter(has_text=INTAKE[0]).click()
    expect(page.locator("#trouble")).to_contain_text("Kies het zo nog een keer")
    box = page.get_by_label("Jouw antwoord")
    box.fill("Ik zit achter de kassa")
    box.press("Enter")
    expect(page.locator(".from-person .text")).to_have_text([INTAKE[0], "Ik zit achter de kassa"])
    expect(box).to_have_value("")


def test_a_turn_is_announced_once(page: Page):
    begin(page)
    page.evaluate(
        """() => {
            window.announced = 0;
            new MutationObserver((all) => { window.announced += all.length; })
                .observe(document.getElementById('log'), { childList: true });
        }"""
    )
    tap(page, INTAKE[0])
    assert page.evaluate("window.announced") == 1


def test_naughty_words_stay_words(page: Page):
    begin(page)
    words = "<img src=x onerror=alert(1)><b>hoi</b> \"'&amp;"
    page.get_by_label("Jouw antwoord").fill(words)
    page.get_by_role("button", name="Stuur").click()
    expect(page.locator(".from-person .text")).to_have_text(words)
    page.reload()
    expect(page.locator(".from-person .text")).to_have_text(words)
    assert page.locator(".message img").count() == 0
