"""A question gets the answer to what it asks, in the light of what was said just before."""

import pytest

from tests.conversations.conftest import Person


@pytest.mark.parametrize(
    ("words", "hears"),
    [
        ("krijg ik een transitievergoeding als ik zelf weg ga?", "Meestal niet"),
        ("ontslagvergoeding als ik zelf ontslag neem?", "Meestal niet"),
        ("hoeveel ga ik erop achteruit", "Dat kan ik niet uitrekenen"),
        ("krijg ik mijn salaris door als ik leer", "naast je eigen baan"),
        ("krijg ik dan nog toeslagen", "toeslagen.nl"),
        ("verlies ik mijn wia als ik ga leren", "Dat beslist UWV"),
        ("mag ik met een wajong een opleiding doen?", "Dat beslist UWV"),
        ("wat als uwv nee zegt", "bezwaar"),
        ("en na de ww?", "gemeente"),
        ("wordt mijn schooldag doorbetaald?", "contract of cao"),
        ("wat zijn de o&o fondsen", "sparen werkgevers samen"),
        ("wat is een sociaal plan", "vakbond of ondernemingsraad"),
        ("wie betaalt de opleiding dan", "hangt van de route af"),
        ("wie betaalt de opvang", "kinderopvangtoeslag"),
        ("Kan ik tijdens het leren mijn zaak aanhouden?", "kvk.nl"),
        ("en als ik het bedrijf verkoop", "kvk.nl"),
    ],
)
@pytest.mark.parametrize("told", ["ik werk als kassamedewerker", "hoi"], ids=["work", "nothing"])
async def test_the_question_itself_is_answered(
    person: Person, told: str, words: str, hears: str
) -> None:
    await person.says(told)

    answer = await person.says(words)

    assert hears in answer
    assert "Bron: " in answer
    assert "Ik houd" not in answer


@pytest.mark.parametrize(
    ("first", "then", "hears"),
    [
        ("wat is levenlanglerenkrediet", "moet ik dat terugbetalen", "lening van DUO"),
        ("wat is levenlanglerenkrediet", "hoeveel rente", "2,33%"),
        ("wat verdien je als zonnepaneelmonteur", "en in het begin", "Loon in het begin"),
        ("wat kost een bbl", "en hbo deeltijd", "Hbo in deeltijd: "),
        ("wat verdient een data-analist", "en software developer", "Software developer"),
        ("word je gediscrimineerd met een hoofddoek", "waar kan ik dat melden", "melden via"),
        ("leest mijn baas mee", "en UWV?", "niet met je baas, en niet met UWV"),
        ("wat is een transitievergoeding", "ook als ik zelf ontslag neem", "Meestal niet"),
    ],
)
async def test_what_follows_is_about_what_was_said(
    person: Person, first: str, then: str, hears: str
) -> None:
    await person.says("ik werk als kassamedewerker")
    await person.says(first)

    answer = await person.says(then)

    assert hears in answer
    assert "Ik houd" not in answer


async def test_a_question_that_names_work_does_not_change_the_work(person: Person) -> None:
    await person.says("ik werk als bakker")

    answer = await person.says("moet ik veel staan bij verpakkingsoperator")

    assert answer.startswith("Verpakkingsoperator")
    assert "Ik houd" not in answer


async def test_a_route_beside_a_job_says_whose_the_wage_is(person: Person) -> None:
    await person.says("ik werk als kassamedewerker")

    answer = await person.says("vergelijk bbl en hbo deeltijd")

    assert "Hbo in deeltijd: Deze route geeft geen loon. Je leert naast een baan" in answer
    assert "Je krijgt geen loon" not in answer
