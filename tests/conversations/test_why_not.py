"""Who misses work in the advice hears why it is not there and what would change that."""

import pytest

from tests.conversations.conftest import Person

TOLD = "ik ben kassamedewerker, mbo 2, woon in Rotterdam en werk graag met mijn handen"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("waarom staat er geen ict bij", ""),
        ("waarom zit programmeur er niet bij?", "Software developer (mbo)"),
        ("ik mis systeembeheerder", "Systeembeheerder of netwerkbeheerder"),
        ("hoezo geen lasser", "Lasser"),
    ],
)
async def test_the_place_the_reason_and_what_would_change_it_are_said(
    person: Person, words: str, name: str
) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")

    answer = await person.says(words)

    assert answer.startswith(f"{name} staat op plaats" if name else "")
    assert "Dit zou dat veranderen" in answer or "verandert dat niet" in answer
    assert any("target_occupation" in payload for payload in person.buttons.values())
    assert "Bron:" not in answer
    assert "Dit werk laat ik weg" not in answer


async def test_what_was_refused_is_said_to_be(person: Person) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")
    await person.says("zonnepaneelmonteur wil ik niet")

    answer = await person.says("waarom staat zonnepaneelmonteur er niet bij")

    assert "Je zei dat je dit werk niet wilt." in answer
    assert "toch wel Zonnepaneelmonteur" in answer


async def test_a_why_about_a_question_stays_that(person: Person) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")

    assert "Je diploma bepaalt" in await person.says("waarom vraag je mijn diploma niet")
