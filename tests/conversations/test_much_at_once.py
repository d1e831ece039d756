"""Several answers in one message, a yes to a choice, and words that must be explained first."""

from tests.conversations.conftest import Person

MUCH = (
    "chauffeur vrachtwagen 25 jaar, emmen, mbo 2, in loondienst, 40 uur, loon nodig, "
    "handen en machines, niet snachts"
)


async def test_everything_of_a_long_message_is_kept(person: Person) -> None:
    await person.says(MUCH)

    known = await person.says("wat weet je van mij")

    assert "Vrachtwagenchauffeur" in known
    assert "Jaren in dit werk: 25" in known
    assert "met de handen werken" in known
    assert "machines" in known
    assert "'s nachts werken" in known


async def test_a_yes_to_a_choice_of_work_keeps_the_likeliest(person: Person) -> None:
    assert "Welk werk lijkt het meest" in await person.says("ik doe iets met klanten")

    answer = await person.says("ja klopt")

    assert "Ik houd" in answer
    assert "Vraag 2" in answer


async def at_interests(person: Person) -> None:
    for words in ("ik werk als kok", "[Ik heb werk]", "[Geen diploma]", "[Sla over]"):
        await person.says(words)


async def test_who_asks_what_a_word_means_reads_it_and_nothing_is_stored(person: Person) -> None:
    await at_interests(person)

    answer = await person.says("ik weet niet wat betekent machines")

    assert "in een fabriek of werkplaats" in answer
    assert "Doet graag" not in await person.says("wat weet je van mij")


async def test_both_likings_of_a_newcomer_are_kept(person: Person) -> None:
    await at_interests(person)
    await person.says("ja machines en met mijn hand")

    known = await person.says("wat weet je van mij")

    assert "met de handen werken" in known
    assert "machines" in known
