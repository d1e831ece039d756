"""Nothing leaves before a yes, and what leaves is what the person saw; with any profile."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from actions import services as action_services
from actions.talk import summary_text
from bot.handoff.model import CONSENT_VERSION
from bot.handoff.outbox import OutboxWorker
from bot.server import Running
from bot.settings import Settings
from bot.storage.handoff_tables import HandoffRow, OutboxRow, PartnerSetting
from bot.storage.outbox import StoredOutbox
from connectors.message import Message
from connectors.partners.sender import PartnerSender
from tests.partner import Partner

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FACTS = {
    "occupation": ("kassamedewerker", "bankmedewerker", "vrachtwagenchauffeur"),
    "situation": ("employed", "at_risk", "ww", "bijstand"),
    "education": ("none", "vmbo", "mbo2", "mbo4", "hbo"),
    "place": ("Breda",),
    "interest": ("hands_on", "computers", "helping"),
    "hours": ("24", "32", "36"),
    "wage": ("needed",),
    "avoid": ("heavy", "nights"),
}
ASIDES = ("/ask_privacy", "/help", "/ask_bot", '/ask_route{"route":"bbl"}', "/ask_chances")
TOLD_IN_WORDS = {"version", "type", "reference", "region"}
"""Of the payload; who made it and for which region, not about the person."""


@dataclass
class Talk:
    """A person in a conversation, with the partner that would get a request."""

    parts: Running
    partner: Partner
    outbox: OutboxWorker
    id: str = ""

    async def begins(self) -> None:
        """Open a conversation."""
        self.id = (await self.parts.conversations.start(channel="web")).id

    async def taps(self, *payloads: str, text: str = "") -> tuple[Message, ...]:
        """Tap buttons one after another and give the answer to the last."""
        said: tuple[Message, ...] = ()
        for payload in payloads:
            said = await self.parts.conversations.take_turn(self.id, text, payload=payload)
        return said

    async def stored(self, table: Any) -> int:
        """Give how many rows a table has."""
        async with self.parts.database.transaction() as session:
            return int(await session.scalar(select(func.count()).select_from(table)) or 0)


@pytest.fixture
async def talk(parts: Running, settings: Settings) -> AsyncIterator[Talk]:
    """Give someone who has not said anything, with a partner everywhere."""
    partner = Partner()
    sender = PartnerSender(settings, parts.services.clock)
    async with partner.server() as there:
        async with parts.database.transaction() as session:
            for partner_id in ("werkcentrum_am25", "werkcentrum_landelijk"):
                session.add(
                    PartnerSetting(
                        partner_id=partner_id,
                        endpoint=str(there.make_url("/aanvragen")),
                        key=partner.key,
                    )
                )
        outbox = OutboxWorker(StoredOutbox(parts.database), sender, parts.services.clock)
        yield Talk(parts, partner, outbox)
        await sender.close()


async def tells_something(talk: Talk, chance: random.Random) -> None:
    """Let the person tell some things about themselves, in any order."""
    for name in chance.sample(list(FACTS), chance.randint(0, len(FACTS))):
        await talk.taps(f'/inform{{"{name}":"{chance.choice(FACTS[name])}"}}')


async def asks_for_a_person(talk: Talk, chance: random.Random) -> str:
    """Ask for a person, with or without a telephone number; give the text that asks consent."""
    said = await talk.taps("/request_human")
    if "Mag ik dit delen?" not in said[-1].text:
        said = await talk.taps(chance.choice(("/skip", '/inform{"place":"Breda"}')))
    if chance.random() < 0.5:
        await talk.taps('/inform{"phone":"asked"}')
        said = await talk.parts.conversations.take_turn(talk.id, "Ria, 06-12345678")
    consents = [one.text for one in said if "Mag ik dit delen?" in one.text]
    assert len(consents) == 1, said
    return consents[0]


async def test_what_a_partner_gets_is_what_the_person_saw(talk: Talk):
    chance = random.Random(11)
    action_services.services.set(talk.parts.services)
    for _ in range(12):
        await talk.begins()
        await tells_something(talk, chance)
        consent = await asks_for_a_person(talk, chance)
        for aside in chance.sample(ASIDES, chance.randint(0, 2)):
            said = await talk.taps(aside)
            consent = next(
                (one.text for one in said if "Dit delen we dan" in one.text), consent
            )
        await talk.taps("/affirm", text="Ja, deel dit")
        await talk.taps("/help", text="na het ja")
        await talk.outbox.deliver_due()
        body = talk.partner.received[-1]

        # THEN the text that was shown is the text that is kept
        assert body["consent"]["text"] == consent
        assert body["consent"]["version"] == CONSENT_VERSION

        # AND each part of what is sent was announced in it
        assert set(body) == TOLD_IN_WORDS | {
            "consent", "contact", "profile", "advice", "transcript",
        }  # fmt: skip
        for line in summary_text(body["profile"]).splitlines():
            assert line in consent
        if body["contact"]["by"] == "chat":
            assert "alleen dit gesprek" in consent
            assert body["contact"]["name"] is None
        else:
            assert body["contact"]["by"] in consent
            assert body["contact"]["name"] in consent
        assert "- het advies dat bij je past, ook wat je nog niet zag" in consent
        assert "dit gesprek tot nu toe" in consent
        said_then = [one["text"] for one in body["transcript"]]
        assert said_then[-1] == "Ja, deel dit"
        assert "na het ja" not in said_then


async def test_nothing_leaves_and_nothing_is_made_without_a_yes(talk: Talk):
    chance = random.Random(12)
    endings = (("/deny",), ("/goodbye",), ("/help", "/ask_bot"), ("/restart",), ())
    for ending in endings:
        await talk.begins()
        await tells_something(talk, chance)
        await asks_for_a_person(talk, chance)
        await talk.taps(*ending)
        await talk.outbox.deliver_due()
    assert talk.partner.received == []
    assert await talk.stored(HandoffRow) == await talk.stored(OutboxRow) == 0


async def test_a_yes_that_brings_something_new_is_asked_again_with_that_in_it(talk: Talk):
    await talk.begins()
    await talk.taps('/inform{"place":"Breda"}', "/request_human")
    said = await talk.taps('/affirm{"hours":"24"}')
    assert await talk.stored(HandoffRow) == 0
    assert "24" in said[-1].text
    assert "Mag ik dit delen?" in said[-1].text
    await talk.taps("/affirm")
    await talk.outbox.deliver_due()
    assert talk.partner.received[-1]["profile"]["hours"] == 24


async def test_an_address_that_was_taken_back_does_not_go_along(talk: Talk):
    # GIVEN someone who gave an address and a name, and then wants to be answered here
    await talk.begins()
    await talk.taps('/inform{"occupation":"kapper"}', '/inform{"place":"Breda"}', "/request_human")
    await talk.taps('/inform{"phone":"asked"}')
    words = "mijn mail is geheim.adres@example.nl en ik heet Kees"
    shown = await talk.parts.conversations.take_turn(talk.id, words)
    assert "Kees" in shown[-1].text
    await talk.taps('/inform{"phone":"asked"}', "/skip")
    await talk.taps("/affirm", text="Ja, deel dit")
    await talk.outbox.deliver_due()

    # THEN the partner gets the name alone, and the address stands nowhere any more
    body = talk.partner.received[-1]
    assert body["contact"] == {"name": "Kees", "by": "chat"}
    assert "geheim.adres" not in str(body)
    assert "Kees" not in str(body["transcript"])
    assert "[e-mail]" in str(body["transcript"])
    assert "geheim.adres" not in str(await talk.parts.conversations.export(talk.id))


async def test_a_partner_gets_a_time_to_call_that_was_told_later(talk: Talk):
    await talk.begins()
    await talk.taps('/inform{"place":"Breda"}', "/request_human", '/inform{"phone":"asked"}')
    await talk.parts.conversations.take_turn(talk.id, "06-12345678")
    await talk.taps("/affirm", text="Ja, deel dit")
    await talk.outbox.deliver_due()
    assert "when" not in talk.partner.received[-1]["contact"]
    await talk.parts.conversations.take_turn(talk.id, "bel me liever donderdag")
    await talk.outbox.deliver_due()
    assert len(talk.partner.received) == 1
    await talk.taps("/affirm")
    await talk.outbox.deliver_due()
    body = talk.partner.received[-1]
    assert body["contact"]["when"] == "bel me liever donderdag"
    assert '- Wanneer: "bel me liever donderdag"' in body["consent"]["text"]


async def test_a_number_that_another_replaced_does_not_go_along(talk: Talk):
    await talk.begins()
    await talk.taps('/inform{"place":"Breda"}', "/request_human", '/inform{"phone":"asked"}')
    await talk.parts.conversations.take_turn(talk.id, "Ria, 06-12345678")
    await talk.taps("/affirm", text="Ja, deel dit")
    await talk.outbox.deliver_due()
    assert "06-12345678" in talk.partner.received[-1]["consent"]["text"]
    await talk.parts.conversations.take_turn(talk.id, "bel maar op 06-87654321")
    await talk.taps("/affirm")
    await talk.outbox.deliver_due()
    body = talk.partner.received[-1]
    assert body["contact"] == {"name": "Ria", "by": "06-87654321"}
    assert "12345678" not in str(body)
