"""Numbers after the questions for hours and for money, as people type them."""

import pytest

from tests.conversations.conftest import Person

TOLD = "ik ben kassamedewerker, heb werk, mbo 2, woon in Rotterdam en werk graag met mijn handen"
HOURS, WAGE, AVOID, RETRY = "Hoeveel uur per week", "Moet je geld verdienen", "Vraag 8", "getal"


@pytest.mark.parametrize(
    ("words", "hears", "never"),
    [
        ("dertig zoiets", WAGE, HOURS),
        ("minstens 28 anders kan ik de huur niet betalen", AVOID, "schulden"),
        ("niet meer dan 25 want anders korten ze op mijn uitkering", WAGE, "UWV"),
        ("ik heb schulden", "0800-8115", WAGE),
        ("parttime", RETRY, "bbl"),
        ("mijn man werkt al 40", RETRY, WAGE),
        ("ik ben 34", RETRY, WAGE),
    ],
)
async def test_hours(person: Person, words: str, hears: str, never: str) -> None:
    assert HOURS in await person.says(TOLD)

    answer = await person.says(words)

    assert hears in answer
    assert never not in answer


@pytest.mark.parametrize(
    ("words", "hears"),
    [
        ("2000", AVOID),
        ("1k6", AVOID),
        ("uiteraard, wie niet", AVOID),
        ("ik woon op huisnummer 1024", "Heb je loon nodig"),
        ("verdien ik dan 2000?", WAGE),
        ("1500, maar voor mij hoeft het leven niet meer", "113"),
    ],
)
async def test_wage(person: Person, words: str, hears: str) -> None:
    await person.says(TOLD)
    assert WAGE in await person.says("32")

    assert hears in await person.says(words)
