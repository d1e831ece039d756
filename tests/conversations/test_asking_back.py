"""A message that the bot is not sure of: it asks which of a few meanings it is, and keeps it."""

import json

from tests.conversations.conftest import Person

VAGUE = [
    "hoe zit dat nou met dat gedoe van school en centen",
    "en dat met die papieren dan, tellen ze of moet ik wachten",
    "ja maar met zo'n dinges erbij wordt het dan anders of niet",
    "mijn 0612345678 of zo, kan dat ook later dan of hoe gaat dat",
]
SAFE = ["hallo", "dank je wel", "ja", "nee", "weet ik niet", "sla maar over", "help", "doei", "oké"]


async def asked_back(person: Person) -> list[str]:
    """Say vague things; give those after which the bot asked what was meant."""
    unsure = []
    for words in VAGUE:
        await person.begins()
        if "Wat bedoel je?" in await person.says(words):
            unsure.append(words)
            assert 2 <= len(person.buttons) <= 4
            assert "/request_human" in person.buttons.values()
    return unsure


async def test_a_vague_message_is_answered_with_two_or_three_meanings(person: Person) -> None:
    assert len(await asked_back(person)) >= 2


async def test_the_chosen_meaning_is_answered(person: Person) -> None:
    (*_, words) = await asked_back(person)
    await person.begins()
    await person.says(words)
    answer = await person.says(f"[{next(iter(person.buttons))}]")
    assert answer and "Wat bedoel je?" not in answer
    assert person.buttons


async def test_the_second_time_in_a_row_a_person_is_offered(person: Person) -> None:
    first, second, *_ = await asked_back(person)
    await person.begins()
    await person.says(first)
    assert "Zal ik je met een mens in contact brengen?" in await person.says(second)


async def test_what_was_not_understood_is_kept_masked_with_the_best_guess(person: Person) -> None:
    words = (await asked_back(person))[-1]
    await person.begins()
    await person.says(words)
    kept = (await person.conversations.export(person.id))["not_understood"]
    assert len(kept) == 1 and kept[0]["guess"]
    assert "0612345678" not in json.dumps(kept)


async def test_small_talk_and_short_answers_are_never_asked_about(person: Person) -> None:
    for words in SAFE:
        await person.begins()
        assert "Wat bedoel je?" not in await person.says(words), words
