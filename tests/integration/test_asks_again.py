"""Who asks for a person while a request is under way hears where it is, and can do something."""

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.handoff.model import Move
from bot.server import Running
from bot.storage import handoffs
from bot.storage.handoff_tables import HandoffRow
from tests.integration.test_turn import tell

MESSAGE = '/request_human{"about":"message"}'
WORDS = "Ik heb een zoontje en kan alleen in de ochtend"


async def someone_with_a_request(parts: Running) -> str:
    person = (await parts.conversations.start(channel="web")).id
    work, place = '/inform{"occupation":"kok"}', '/inform{"place":"Breda"}'
    await tell(parts, person, work, place, "/request_human", "/affirm")
    return person


async def the_request(parts: Running) -> HandoffRow:
    async with parts.database.transaction() as session:
        return (await session.scalars(select(HandoffRow))).one()


async def test_who_asks_for_a_person_hears_where_the_request_is_and_what_can_be_done(
    parts: Running,
):
    person = await someone_with_a_request(parts)
    (said,) = await parts.conversations.take_turn(person, "", payload="/request_human")
    row = await the_request(parts)
    assert row.reference in said.text and "een adviseur gaat ernaar kijken" in said.text
    assert f"{row.created_at:%d-%m-%Y}" in said.text
    assert "weet ik niet" in said.text and "werkcentrum.nl" in said.text
    assert [one.payload for one in said.buttons] == [
        MESSAGE, '/request_human{"phone":"asked"}', "/want_switch", "/withdraw_handoff"
    ]  # fmt: skip


async def test_a_message_for_the_adviser_goes_with_the_request_after_a_yes(parts: Running):
    person = await someone_with_a_request(parts)
    said = await tell(parts, person, "/request_human", MESSAGE)
    assert "Typ hier" in said[-1]
    (asked,) = await parts.conversations.take_turn(person, WORDS)
    assert "Zal ik dit erbij zetten?" in asked.text and WORDS in asked.text
    assert (await the_request(parts)).call_time is None
    said = await tell(parts, person, "/affirm")
    assert "Dit staat nu bij je aanvraag" in said[0] and "Vraag 2" in said[-1]
    row = await the_request(parts)
    assert row.call_time == WORDS and WORDS in row.consent_text


async def test_a_message_with_a_number_gives_both(parts: Running):
    person = await someone_with_a_request(parts)
    await tell(parts, person, MESSAGE)
    (asked,) = await parts.conversations.take_turn(person, "Mijn zus heeft 06-12345678, bel haar")
    assert "Bereikbaar via: 06-12345678" in asked.text and "Mijn zus heeft" in asked.text


@pytest.mark.parametrize("leaves", ["/skip", "/withdraw_handoff", "/want_switch"])
async def test_who_leaves_the_message_shares_nothing(parts: Running, leaves: str):
    person = await someone_with_a_request(parts)
    await tell(parts, person, MESSAGE)
    await parts.conversations.take_turn(person, "Laat maar", payload=leaves)
    assert (await the_request(parts)).call_time is None
    await parts.conversations.take_turn(person, "", payload="/deny")
    assert (await the_request(parts)).call_time is None


async def test_words_after_another_answer_are_no_message(parts: Running):
    person = await someone_with_a_request(parts)
    await tell(parts, person, MESSAGE, "/distress")
    said = await parts.conversations.take_turn(person, "het gaat wel")
    assert "erbij zetten" not in " ".join(one.text for one in said)


async def test_danger_is_no_message(parts: Running):
    person = await someone_with_a_request(parts)
    await tell(parts, person, MESSAGE)
    said = await parts.conversations.take_turn(person, "mijn man ademt niet meer")
    assert "112" in said[0].text


async def test_a_message_without_a_request_starts_one(parts: Running):
    person = await someone_with_a_request(parts)
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
        await handoffs.move(session, row, Move.WITHDRAW, "person", utc_now())
    said = await tell(parts, person, MESSAGE)
    assert "Mag ik dit delen?" in said[-1]
