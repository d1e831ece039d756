"""Whether one may do the work that was just read about is answered for that work."""

import pytest

from tests.conversations.conftest import Person

TOLD = "ik ben kassamedewerker, mbo 2, woon in Rotterdam en werk graag met mijn handen"


@pytest.mark.parametrize(
    "words", ["kan ik dat dan", "kan ik die doen dan", "mag ik dat gaan doen?"]
)
async def test_may_i_do_that_is_about_the_work_just_explained(person: Person, words: str) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")
    await person.says("wat doet een lasser")

    answer = await person.says(words)

    assert "\nLasser\n" in answer
    assert "Route: " in answer


async def test_may_i_do_that_is_about_the_route_just_explained(person: Person) -> None:
    await person.says(TOLD)
    await person.says("wat is een bbl")

    assert "Bbl" in await person.says("kan ik dat dan")


async def test_may_i_do_number_2_is_about_that_suggestion(person: Person) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")
    names = [title for title, payload in person.buttons.items() if "target_occupation" in payload]

    assert f"\n{names[1]}\n" in await person.says("kan ik nummer 2 wel doen")


async def test_may_i_do_what_was_refused_says_how_it_comes_back(person: Person) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")
    await person.says("zonnepaneelmonteur wil ik niet")
    await person.says("wat doet een zonnepaneelmonteur")

    assert "toch wel Zonnepaneelmonteur" in await person.says("kan ik dat dan")
