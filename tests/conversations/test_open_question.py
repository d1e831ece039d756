"""Answers in everyday words that the open question makes clear."""

import pytest

from tests.conversations.conftest import Person

UNTIL_LIKES = "ik ben kassamedewerker, baan verdwijnt, mbo 2, woon in Breda"


async def test_who_has_no_work_any_more_is_asked_for_a_benefit(person: Person) -> None:
    await person.says("ik ben kassamedewerker")
    assert "uitkering" in await person.says("nee, geen werk meer")


@pytest.mark.parametrize(
    ("words", "liked"),
    [("vroeger wou ik elektricien worden", True), ("mijn broer wou altijd lasser worden", False)],
)
async def test_work_that_was_once_wished_is_shown_and_liked(
    person: Person, words: str, liked: bool
) -> None:
    await person.says(UNTIL_LIKES)
    heard = await person.says(words)
    assert ("elektra" in heard, "Hoeveel uur" in heard) == (liked, liked)


async def test_rather_not_goes_on(person: Person) -> None:
    await person.says("ik ben kassamedewerker, baan verdwijnt")
    assert "woon je" in await person.says("liever niet")
