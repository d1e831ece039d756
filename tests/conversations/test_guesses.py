"""What a person may have meant is offered only when it makes sense at that moment."""

from tests.conversations.conftest import Person

NEVER = {"Hallo zeggen", "Ja", "Nee", "Bedankt", "Iets anders", "Ik ben werkgever"}
NEVER |= {"Ik vertel iets over mezelf"}
NEEDS_QUESTION = {"Sla deze vraag over", "Dat weet ik niet", "Waarom vraag je dat?"}
NEEDS_ADVICE = {"Wat verandert er als iets anders is?", "Plan bewaren", "Wat is dit voor werk?"}
NEEDS_REQUEST = {"Hoe staat het met mijn aanvraag?", "Mijn aanvraag intrekken"}
NEEDS_ANSWERS = {"Opnieuw beginnen", "Ik wil iets verbeteren", "Vorige vraag"}
VAGUE = (
    "hoe zit dat nou met dat gedoe van school en centen",
    "en dat met die papieren dan, tellen ze of moet ik wachten",
    "¿ ¿ ¿",
    "ja maar met zo'n dinges erbij wordt het dan anders of niet",
    "dat lukt toch niet zomaar",
    "nou vooruit dan toch maar zoiets",
    "kunnen ze dat wel allemaal zo doen dan",
    "hygiene",
    "zeg maar hoe of wat",
)


async def offered(person: Person, before: tuple[str, ...]) -> tuple[set[str], int]:
    """Say each vague thing after the same words; give what was offered, and how often."""
    found: set[str] = set()
    times = 0
    for words in VAGUE:
        await person.begins()
        for one in before:
            await person.says(one)
        if "Wat bedoel je?" in await person.says(words):
            assert len(person.buttons) >= 2
            found |= set(person.buttons)
            times += 1
    return found, times


async def test_at_the_first_question(person: Person) -> None:
    found, times = await offered(person, ())
    assert times >= 3
    assert not found & (NEVER | NEEDS_ADVICE | NEEDS_REQUEST | NEEDS_ANSWERS)


async def test_beside_the_advice_no_question_is_open(person: Person) -> None:
    told = ("ik ben kapper, mbo 4, woon in Utrecht en hou van computers", "geef mij advies")
    found, times = await offered(person, told)
    assert times >= 3
    assert not found & (NEVER | NEEDS_QUESTION | NEEDS_REQUEST)
