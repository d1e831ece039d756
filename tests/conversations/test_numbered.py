"""Who names a suggestion of the advice by its number reads about that one.

A number is of the whole advice; "de tweede" is the second of what was shown last.
"""

import pytest

from tests.conversations.conftest import Person

TOLD = "ik ben kapper, mbo 4, woon in Utrecht en hou van computers"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("vertel meer over de tweede", 5),
        ("meer over nummer 3", 3),
        ("2", 2),
        ("de eerste", 4),
        ("de derde lijkt me wel wat", 6),
        ("de vierde", 4),
        ("nummer 5", 5),
    ],
)
async def test_a_number_is_the_suggestion_of_that_number(
    person: Person, words: str, number: int
) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")
    names = [title for title, payload in person.buttons.items() if "target_occupation" in payload]
    await person.says("[Laat meer werk zien]")
    names += [title for title, payload in person.buttons.items() if "target_occupation" in payload]

    await person.says(words)

    assert person.heard[0].text.startswith(f"{names[number - 1]}\n")


@pytest.mark.parametrize("words", ["heb je nog iets anders", "andere banen?"])
async def test_who_asks_for_something_else_gets_more_work(person: Person, words: str) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")

    assert "\n4. " in f"\n{await person.says(words)}"


async def test_a_number_without_advice_is_no_suggestion(person: Person) -> None:
    await person.says("ik werk als kapper")

    await person.says("de tweede")

    assert not any(message.cards for message in person.heard)
