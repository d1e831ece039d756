"""Who is turned down, bullied or was locked up is met kindly; nothing of it is written down."""

import pytest

from tests.conversations.conftest import Person


@pytest.mark.parametrize(
    "words",
    [
        "100 keer gesoliciteerd en 100 keer afgewezen",
        "ik heet mohammed en word nergens uitgenodigd",
        "ik word steeds afgewezen",
    ],
)
@pytest.mark.parametrize("work", [True, False], ids=["work", "nothing"])
async def test_who_is_turned_down_hears_what_can_be_done(
    person: Person, words: str, work: bool
) -> None:
    if work:
        await person.says("ik werk als kassamedewerker")

    answer = await person.says(words)

    assert "Het zegt niet dat je niets kunt" in answer
    assert "mensenrechten.nl" in await person.says("[Hulp bij discriminatie]")


@pytest.mark.parametrize(
    "words",
    [
        "ik word gepest op mijn werk en ben nu ziek thuis, burn out",
        "mijn collega's pesten me",
        "ik zit thuis met een burnout",
    ],
)
async def test_who_is_bullied_or_worn_out_hears_whom_to_ask(person: Person, words: str) -> None:
    answer = await person.says(words)

    assert "huisarts" in answer
    assert "Daar herken ik geen" not in answer
    assert "Praat met een loopbaanadviseur" in person.buttons


@pytest.mark.parametrize(
    "words",
    [
        "ik heb 2 jaar gezeten",
        "ik heb 3 jaar vastgezeten",
        "ik zat 4 jaar vast",
        "ik heb 5 jaar in de cel gezeten",
    ],
)
async def test_years_in_prison_are_no_years_of_work(person: Person, words: str) -> None:
    await person.says(words)
    await person.says("heftruckchauffeur")

    assert "Jaren" not in await person.says("wat weet je van mij")


@pytest.mark.parametrize(
    "words", ["ik heb 12 jaar achter de kassa gezeten", "ik heb 12 jaar bij de bank gezeten"]
)
async def test_who_sat_at_work_worked(person: Person, words: str) -> None:
    await person.says(words)

    assert "Jaren in dit werk: 12" in await person.says("wat weet je van mij")
