"""A request that was made stays with its partner; after it was withdrawn "opnieuw" is a new one."""

from tests.conversations.conftest import Person

TOLD = "ik ben kassamedewerker, mbo 2, woon in Rotterdam en werk graag met mijn handen"


async def requested(person: Person) -> None:
    await person.says(TOLD)
    await person.says("geef mij advies")
    assert "Mag ik dit delen?" in await person.says("ik wil een mens spreken")
    assert "ZS-" in await person.says("ja, deel dit")


async def test_the_status_names_who_has_it_also_after_a_move(person: Person) -> None:
    await requested(person)
    assert "Groningen" in await person.says("ik woon nu in Groningen")
    await person.says("ja")

    answer = await person.says("bij wie ligt mijn aanvraag nu")

    assert "voor Werkcentrum Rijnmond" in answer
    assert "liever naar Werkcentrum Groningen" in answer


async def test_a_move_asks_one_thing_at_a_time(person: Person) -> None:
    await requested(person)

    answer = await person.says("ik woon nu in Groningen")

    assert "Zal ik dit erbij zetten" in answer
    assert "Wat wil je nu doen?" not in answer


async def test_again_after_a_withdrawal_is_a_new_request(person: Person) -> None:
    await requested(person)
    await person.says("trek mijn aanvraag in")

    answer = await person.says("doe toch maar opnieuw")

    assert "vergeet ik je antwoorden" not in answer
    assert "Ja" in " ".join(person.buttons)
    assert "Kassamedewerker" in await person.says("wat weet je van mij")


async def test_to_begin_again_after_a_withdrawal_still_asks_first(person: Person) -> None:
    await requested(person)
    await person.says("trek mijn aanvraag in")

    assert "vergeet ik je antwoorden" in await person.says("begin maar opnieuw")
