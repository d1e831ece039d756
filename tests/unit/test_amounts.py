"""The number that answers a question for hours or for money, among other words."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.amounts import Amount, hours_in, in_digits, names_other_money, wage_in
from bot.dialogue.in_context import in_context
from nlu.dutch_numbers import DutchNumbers
from nlu.lexicon import load_lexicon
from tests.conftest import ROOT

WORDS = yaml.safe_load(Path(ROOT / "data" / "labels.yml").read_text("utf-8"))["labels"]["context"]
NUMBERS = DutchNumbers(load_lexicon(Path(ROOT / "data" / "nlu_lexicon.yml"))["numbers"])


def digits(text: str) -> str:
    return in_digits(text, NUMBERS)


def read(text: str, intent: str, asked: str, *entities: dict[str, Any]) -> tuple[Any, Any]:
    """Give the intent and the kinds and values that are found."""
    named = {"name": intent, "confidence": 0.9}
    parsed = {"text": text, "intent": named, "intent_ranking": [named], "entities": list(entities)}
    made = in_context(parsed, asked, WORDS, (), digits)
    return made["intent"]["name"], [(one["entity"], one["value"]) for one in made["entities"]]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("dus twintig in de week", "dus 20 in de week"),
        ("tweeduizend bruto maar 2.450 is goed", "2000 bruto maar 2450 is goed"),
        ("1k6 of 2k of 1,8k", "1600 of 2000 of 1800"),
        ("vierentwintig, van half 9 tot 16.30", "24, van half 9 tot 16.30"),
        ("ach, na vier uur", "ach, na vier uur"),
    ],
)
def test_numbers_are_written_in_digits(text: str, written: str) -> None:
    assert digits(text) == written


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("minstens 28 anders kan ik de huur niet betalen", "28"),
        ("Van het UWV moet ik 40, zelf wil ik 24", "24"),
        ("40 mag, zelf liever 32", "32"),
        ("zelf wil ik 20, van het uwv moet ik 36", "20"),
        ("na vier uur ben ik kapot dus twintig in de week", "20"),
        ("dertig zoiets", "30"),
        ("ik heb 3 kinderen, 20 is het maximum", "20"),
        ("36 is te veel, 24 lukt", "24"),
        ("meer dan 30 wil ik niet", "30"),
        ("24, meer wil ik niet", "24"),
        ("geen 40 maar 30", "30"),
        ("80 procent", "32"),
        ("60% graag", "24"),
        ("0,6 fte", "24"),
        ("80 procent van mijn loon", None),
        ("ik ben pas 19", None),
        ("mijn vrouw werkt 24", None),
        ("24 want mijn vrouw werkt", "24"),
        ("het is hier 30 graden", None),
    ],
)
def test_hours_are_found_among_other_words(text: str, hours: str | None) -> None:
    assert hours_in(digits(text), WORDS) == hours


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("2000", 2000),
        ("1k6", 1600),
        ("tussen 1600 en 1900", 1600),
        ("1600-1900", 1600),
        ("Met twee kinderen en 900 huur? reken maar uit... 2200", 2200),
        ("Het water staat me aan de lippen qua rekeningen, dus 2100", 2100),
        ("dus ja 1900 min", 1900),
        ("onder de 1600 verzuip ik", 1600),
        ("tweeduizend bruto zou fijn zijn maar 1700 red ik ook", 1700),
        ("ik verdien nu 2600 maar met 2100 red ik het ook", 2100),
        ("drieduizend is ideaal, 2200 kan ook", 2200),
        ("1500 is te weinig, 1900 moet het zijn", 1900),
        ("minder dan 1700 kan niet", 1700),
        ("De hypotheek is 1100 dus 2300", 2300),
        ("ik betaal 900 huur en moet 1900 verdienen", 1900),
        ("als ik mijn huur betaal heb ik 2000 nodig", 2000),
        ("mijn man verdient 2100 dus 900 is genoeg", 900),
        ("2000 nee wacht 1800", 1800),
        ("1976", 1976),
    ],
)
def test_the_amount_that_is_needed_is_found(text: str, euros: int) -> None:
    amount = wage_in(digits(text), WORDS)
    assert amount is not None
    assert amount.value == euros


@pytest.mark.parametrize(
    "text",
    [
        "de huur is 950",
        "900 euro huur",
        "ik heb 5000 spaargeld",
        "ik ben van 1984",
        "sinds 2019 zit ik thuis",
        "ik werk daar vanaf het begin in 1998",
        "1012 AB",
        "huisnummer 1024",
        "mijn man verdient 3000",
        "ik kreeg vroeger 2800",
        "ik rij 500 km",
        "ik heb 2 kinderen",
        "450 per week",
        "2000 is te weinig",
        "geen 2000",
        "verdien ik dan 2000?",
        "ik heb er al 300 brieven op zitten hoor",
    ],
)
def test_what_is_paid_or_counted_is_no_wage(text: str) -> None:
    assert wage_in(digits(text), WORDS) is None


def test_an_amount_is_net_or_gross_where_that_is_said() -> None:
    assert wage_in("2000 bruto zou fijn zijn, 1700 netto red ik", WORDS) == Amount(
        1700, True, True
    )
    assert wage_in("2000 bruto is fijn, 1700 red ik ook", WORDS) == Amount(1700, True, False)
    assert wage_in("1800", WORDS) == Amount(1800, False, None)


def test_money_that_is_no_wage_is_told_from_money_of_another_time() -> None:
    assert names_other_money("nee, ik krijg 1300 uitkering", WORDS)
    assert not names_other_money("450 per week", WORDS)
    assert not names_other_money("1300 is genoeg", WORDS)
    benefit = {"entity": "wage", "value": "1300", "start": 13, "end": 17}
    assert read("nee, ik krijg 1300 uitkering", "deny", "needs_wage", benefit) == ("inform", [])
    weekly = {"entity": "wage", "value": "1950", "start": 0, "end": 3}
    assert read("450 per week", "inform", "needs_wage", weekly)[1] == [("wage", "1950")]


def test_a_number_answers_its_question_and_no_other() -> None:
    assert read("dus 2000", "nlu_fallback", "needs_wage") == ("inform", [("wage", "2000")])
    assert read("dus 2000", "nlu_fallback", "hours") == ("nlu_fallback", [])
    assert read("dertig zoiets", "nlu_fallback", "hours") == ("inform", [("hours", "30")])
    assert read("dertig zoiets", "nlu_fallback", "avoid")[1] == []
    assert read("geen idee, 1800 misschien", "dont_know", "needs_wage")[1] == [("wage", "1800")]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is 1800 haalbaar", "nlu_fallback"),
        ("krijg je 1500 bij een bbl", "nlu_fallback"),
        ("weet niet of 2000 genoeg is", "dont_know"),
        ("voor 2000 hoef ik niet meer verder", "distress"),
        ("krijg ik loon, ik dacht 2000", "ask_salary"),
    ],
)
def test_a_question_a_doubt_and_despair_are_no_amount(text: str, intent: str) -> None:
    assert read(text, intent, "needs_wage") == (intent, [])


def test_what_is_earned_now_opens_no_question() -> None:
    said = "verdien nu 2600 maar kan met 2000 rondkomen"
    earned = {"entity": "wage", "value": "2600", "start": 11, "end": 15}
    assert read(said, "inform", "needs_wage", earned) == ("inform", [("wage", "2000")])


def test_an_answer_with_its_reason_is_no_question() -> None:
    for said, hours in (
        ("niet meer dan 25 want anders gaan ze korten op m'n uitkering", "25"),
        ("max 22 anders word ik gekort", "22"),
    ):
        assert read(said, "ask_benefit", "hours") == ("inform", [("hours", hours)])
    asks = "wordt mijn uitkering minder bij 25"
    assert read(asks, "ask_benefit", "hours") == ("ask_benefit", [])


def test_an_amount_that_would_do_outweighs_one_with_a_unit_and_no_need_at_all() -> None:
    gross = {"entity": "wage", "value": "2000", "start": 0, "end": 11}
    said = "tweeduizend bruto zou fijn zijn maar 1700 red ik ook"
    assert read(said, "nlu_fallback", "needs_wage", gross)[1] == [("wage", "1700")]
    none = {"entity": "wage", "value": "not_needed", "start": 0, "end": 10}
    said = "hoeft niet, 2000 zou wel fijn zijn"
    assert read(said, "inform", "needs_wage", none)[1] == [("wage", "not_needed")]
    said = "hoeft niet veel, 1200 is genoeg"
    assert read(said, "inform", "needs_wage", none)[1] == [("wage", "1200")]


def test_work_that_is_near_the_words_of_an_amount_was_not_told() -> None:
    near = {
        "entity": "occupation",
        "value": "docent",
        "start": 0,
        "end": 10,
        "ranking": ["docent"],
    }
    assert read("80 procent", "inform", "hours", near)[1] == [("hours", "32")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("uiteraard, wie niet", "needed"),
        ("tuurlijk", "needed"),
        ("logisch", "needed"),
        ("natuurlijk niet", "not_needed"),
        ("nee zeker niet", "not_needed"),
        ("natuurlijk hoeft dat niet", "not_needed"),
        ("mn ww loopt gewoon door, daar kan ik van rondkomen", "not_needed"),
        ("alsof iemand gratis kan leven, wat een domme vraag", "needed"),
        ("niemand kan zonder inkomen toch", "needed"),
    ],
)
def test_a_yes_or_no_to_a_wage_in_other_words(text: str, value: str) -> None:
    mocked = {"entity": "wage", "value": "not_needed", "start": 13, "end": 23}
    given = [mocked] if text.startswith("alsof") else []
    assert set(read(text, "nlu_fallback", "needs_wage", *given)[1]) == {("wage", value)}


def test_who_cannot_live_of_it_has_not_said_no() -> None:
    assert read("daar kan ik niet van rondkomen", "inform", "needs_wage")[1] == []


@pytest.mark.parametrize(
    "text", ["parttime", "liefst in deeltijd", "alleen onder schooltijd", "zo veel mogelijk uren"]
)
def test_hours_without_a_number_are_asked_for(text: str) -> None:
    assert read(text, "ask_part_time", "hours") == ("inform", [])
    assert read(text, "ask_part_time", "avoid") == ("ask_part_time", [])


def test_a_question_about_part_time_is_one() -> None:
    for said in ("kan dat ook parttime", "is bbl parttime te doen"):
        assert read(said, "ask_part_time", "hours") == ("ask_part_time", [])
