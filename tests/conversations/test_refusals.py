"""What a person does not want is left out of the advice at once, and can come back."""

import pytest

from tests.conversations.conftest import Person

TOLD = "ik ben kassamedewerker, mbo 2, woon in Rotterdam en werk graag met mijn handen"


async def advised(person: Person) -> list[str]:
    """Get the advice, and give the names of its suggestions."""
    await person.says(TOLD)
    await person.says("geef mij advies")
    return [title for title, payload in person.buttons.items() if "target_occupation" in payload]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("nummer 2 wil ik niet", 2),
        ("de eerste lijkt me niks", 1),
        ("haal de derde er maar uit", 3),
        ("{name} past niet bij mij", 3),
        ("nee liever geen {name}", 1),
    ],
)
async def test_a_suggestion_that_is_refused_makes_place_for_another(
    person: Person, words: str, number: int
) -> None:
    names = await advised(person)
    refused = names[number - 1]

    answer = await person.says(words.format(name=refused))

    assert f"Dit werk laat ik weg: {refused}." in answer
    assert f"Niet meer in je advies: {refused}. Je zei dat je dit werk niet wilt." in answer
    assert "Nieuw in je advies" in answer
    again = await person.says("[Laat mijn advies zien]")
    assert f". {refused}\n" not in again
    assert again.count("Volgende stap") == 3


async def test_a_fear_and_a_refusal_in_one_message_both_count(person: Person) -> None:
    await advised(person)

    answer = await person.says("zonnepaneelmonteur lijkt me niks ik heb hoogtevrees")

    assert "Dit werk laat ik weg: Zonnepaneelmonteur." in answer
    known = await person.says("wat weet je van mij")
    assert "Liever niet: op hoogte werken" in known
    assert "Werk dat je niet wilt: Zonnepaneelmonteur" in known


async def test_a_sort_of_work_is_left_out_and_comes_back_when_wanted(person: Person) -> None:
    await advised(person)

    answer = await person.says("ik wil geen monteur worden")
    assert "en nog " in answer
    assert "onteur" not in " ".join(
        title for title, payload in person.buttons.items() if "target_occupation" in payload
    )

    answer = await person.says("zonnepaneelmonteur toch wel")
    assert "dit werk doet weer mee: Zonnepaneelmonteur." in answer


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("dat is me te zwaar", "zwaar werk"),
        ("geen nachtdiensten", "'s nachts werken"),
        ("ik wil niet meer op een dak", "op hoogte werken"),
    ],
)
async def test_a_limit_is_kept_and_the_advice_follows(
    person: Person, words: str, limit: str
) -> None:
    await advised(person)

    answer = await person.says(words)

    assert "Je wilt liever niet" in answer or "verandert er in je advies" in answer
    assert f"Liever niet: {limit}" in await person.says("wat weet je van mij")


async def test_who_says_what_hurts_below_the_advice_sees_what_that_changes(person: Person) -> None:
    await advised(person)

    answer = await person.says("ik heb last van mijn rug, kan ik dit nog wel doen?")

    assert "niets over je gezondheid" in answer
    assert "in je advies:" in answer or "Je advies blijft hetzelfde" in answer


async def test_a_no_to_what_was_just_read_is_a_no_to_that(person: Person) -> None:
    names = await advised(person)
    await person.says(f"[{names[1]}]")

    assert f"Dit werk laat ik weg: {names[1]}." in await person.says("dat lijkt me toch niks")


async def test_a_no_without_a_name_below_the_cards_is_asked_back(person: Person) -> None:
    names = await advised(person)

    assert "Welk werk wil je niet?" in await person.says("dat lijkt me niks")
    assert f"Dit werk laat ik weg: {names[0]}." in await person.says(f"[{names[0]}]")


async def test_none_of_these_gives_other_work(person: Person) -> None:
    names = await advised(person)

    await person.says("geen van deze spreekt me aan")

    now = [title for title, payload in person.buttons.items() if "target_occupation" in payload]
    assert len(now) == 3
    assert not set(now).intersection(names)


async def test_starting_again_forgets_what_was_refused(person: Person) -> None:
    names = await advised(person)
    await person.says("nummer 1 wil ik niet")

    await person.says("opnieuw")
    await person.says("ja")

    assert await advised(person) == names


async def test_a_forged_refusal_is_ignored(person: Person) -> None:
    await advised(person)
    person.heard = await person.conversations.take_turn(
        person.id, "x", payload='/inform{"refused":"<b>"}'
    )
    assert "<b>" not in "\n".join(message.text for message in person.heard)


@pytest.mark.parametrize(
    ("words", "hears"),
    [
        ("hoe lang duurt nummer 2", "{name}\n"),
        ("wat kost nummer 2", "{name}\n"),
        ("wat verdien ik bij de tweede", "{name}"),
    ],
)
async def test_a_question_about_a_number_is_answered_for_that_suggestion(
    person: Person, words: str, hears: str
) -> None:
    names = await advised(person)

    assert hears.format(name=names[1]) in await person.says(words)


async def test_a_crisis_beside_a_wish_for_refused_work_is_heard(person: Person) -> None:
    await advised(person)
    assert "Dit werk laat ik weg" in await person.says("nummer 2 wil ik niet")

    answer = await person.says("ik wil alles terug, ik wil dood")

    assert "113" in answer
    assert "doet weer mee" not in answer
