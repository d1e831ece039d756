"""Age, health, origin and religion are never asked, and health words are not kept as such."""

import json
from dataclasses import fields

import pytest
import yaml

from bot.profile import Avoid, Profile
from bot.storage.tables import Conversation
from tests.conftest import ROOT
from tests.conversations.conftest import Person

SAID = (
    ("ik heb een hernia en kan niet meer tillen", "hernia"),
    ("ik ben overspannen geweest, een burn-out", "burn-out"),
    ("door mijn reuma kan ik niet lang staan", "reuma"),
    ("ik heb adhd en autisme", "autisme"),
    ("ik ben diabeet", "diabeet"),
    ("ik ben zwanger", "zwanger"),
    ("ik heb rugklachten", "rugklachten"),
    ("ik ben moslim en kom uit Syrië", "moslim"),
)
NEVER_ASKED = ("hoe oud", "leeftijd?", "gezondheid?", "ziek?", "geloof?", "afkomst?", "geboren?")


async def test_words_about_health_or_religion_are_not_in_what_is_remembered(
    person: Person,
) -> None:
    for sentence, word in SAID:
        await person.begins()
        await person.says(sentence)
        await person.says("ik werk als kapper in Breda")
        await person.says(sentence)
        given = await person.conversations.export(person.id)
        kept = json.dumps([given["profile"], given["memory"]], ensure_ascii=False).lower()
        assert word not in kept, sentence
        assert set(given["profile"].get("avoid", ())) <= set(Avoid)


def test_no_text_asks_for_age_health_origin_or_religion() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    texts = [one["text"].lower() for given in domain["responses"].values() for one in given]
    assert [text for text in texts for words in NEVER_ASKED if words in text] == []


def test_the_profile_has_no_place_for_them() -> None:
    assert {field.name for field in fields(Profile)} == {
        "occupation", "years", "situation", "education", "place", "interests", "hours",
        "needs_wage", "min_wage_month", "min_wage_is", "avoid", "refused",
    }  # fmt: skip


@pytest.mark.parametrize("with_counsellor", [False, True])
async def test_despair_goes_before_a_number(person: Person, with_counsellor: bool) -> None:
    await person.begins()
    await person.says("ik werk als kapper in Breda")
    assert "nummer" in await person.says("kan iemand me bellen")
    if with_counsellor:
        async with person.conversations._database.transaction() as session:
            (await session.get_one(Conversation, person.id)).counsellor_id = "anna"
    said = await person.says("ik wil niet meer leven, bel me op 06-12345678")
    assert "113" in said
