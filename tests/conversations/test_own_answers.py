"""Questions that have an answer of their own in the catalogue get that one, with its source."""

import pytest

from tests.conversations.conftest import Person

TOLD = "ik ben kassamedewerker, mbo 2, woon in Rotterdam en werk graag met mijn handen"


@pytest.mark.parametrize(
    ("words", "hears"),
    [
        ("krijg ik mijn reiskosten vergoed", "contract of cao"),
        ("krijg ik reisgeld als ik naar school moet?", "contract of cao"),
        ("moet ik het terugbetalen als ik stop", "juridischloket.nl"),
        ("wat is een studiekostenbeding", "juridischloket.nl"),
        ("heb ik een rijbewijs nodig", "rijbewijs B"),
        ("ik heb geen rijbewijs, kan dat", "rijbewijs B"),
        ("heb ik een vog nodig", "Justis"),
        ("ik heb een strafblad, kan ik dan nog iets", "Justis"),
        ("kan een bbl in 16 uur per week?", "850 uur"),
        ("kan ik de bbl parttime doen", "850 uur"),
        ("nemen ze mij wel aan met een hoofddoek", "mensenrechten.nl"),
        ("ik word gediscrimineerd bij solliciteren", "mensenrechten.nl"),
        ("is een cursus met baangarantie te vertrouwen", "Niemand kan je zeker een baan beloven"),
        ("ze vragen 3000 euro voor een cursus en beloven een baan", "Niemand kan je zeker"),
    ],
)
@pytest.mark.parametrize("advised", [True, False], ids=["advised", "asked"])
async def test_the_question_gets_its_own_answer(
    person: Person, words: str, hears: str, advised: bool
) -> None:
    await person.says(TOLD)
    if advised:
        await person.says("geef mij advies")

    answer = await person.says(words)

    assert hears in answer
    assert "Bron: " in answer
