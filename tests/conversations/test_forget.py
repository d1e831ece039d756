"""A number that a person takes away is gone from what was said too, which goes to the adviser."""

import json

import pytest

from tests.conversations.conftest import Person


@pytest.mark.parametrize(
    ("way", "name"), [("06 12345678", "nummer"), ("ria@voorbeeld.nl", "mailadres")]
)
async def test_a_contact_that_is_taken_away_is_kept_nowhere(
    person: Person, way: str, name: str
) -> None:
    await person.says("kapper in Breda")
    assert way in await person.says(f"kan iemand contact met mij opnemen: bel of mail me op {way}")
    assert way not in await person.says(f"haal mijn {name} weg")
    kept = await person.conversations.export(person.id)
    assert way not in json.dumps(kept, ensure_ascii=False)
