"""Words of distress mark the request of who wrote them, whoever has the conversation."""

import json

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.handoff.model import DISTRESS, Move, Status
from bot.server import Running
from bot.storage import handoffs
from bot.storage.handoff_tables import ORDINARY, URGENT, HandoffEvent, HandoffRow
from bot.storage.tables import Conversation
from tests.integration.test_turn import tell

PLACE = '/inform{"place":"Breda"}'


async def with_a_request(parts: Running, *before: str) -> str:
    """Give a conversation with a request that was made after these payloads."""
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, *before, PLACE, "/request_human", "/affirm")
    assert await request_of(parts) is not None
    return person


async def request_of(parts: Running) -> HandoffRow | None:
    async with parts.database.transaction() as session:
        found: HandoffRow | None = await session.scalar(select(HandoffRow))
        return found


async def rank_of(parts: Running) -> int:
    row = await request_of(parts)
    assert row is not None
    return row.rank


@pytest.mark.parametrize("has_counsellor", [False, True])
async def test_distress_marks_the_open_request(parts: Running, has_counsellor: bool):
    person = await with_a_request(parts)
    assert await rank_of(parts) == ORDINARY
    if has_counsellor:
        async with parts.database.transaction() as session:
            (await session.get_one(Conversation, person)).counsellor_id = "anna"
    said = await parts.conversations.take_turn(person, "zo wil ik niet", payload="/distress")
    assert "113" in said[0].text
    assert await rank_of(parts) == URGENT
    async with parts.database.transaction() as session:
        events = await session.scalars(
            select(HandoffEvent).where(HandoffEvent.what == DISTRESS)
        )
        # It says that something was written, and nothing of what.
        assert [(event.actor, event.detail) for event in events] == [("person", {})]


async def test_what_is_said_to_a_counsellor_afterwards_marks_nothing_anew(parts: Running):
    person = await with_a_request(parts)
    await tell(parts, person, "/distress")
    async with parts.database.transaction() as session:
        (await session.get_one(Conversation, person)).counsellor_id = "anna"
        (await session.scalars(select(HandoffRow))).one().rank = ORDINARY
    await parts.conversations.take_turn(person, "Morgen kan ik wel")
    assert await rank_of(parts) == ORDINARY


async def test_a_request_made_after_distress_is_marked(parts: Running):
    person = await with_a_request(parts, "/distress")
    assert await rank_of(parts) == URGENT
    exported = await parts.conversations.export(person)
    assert json.dumps(exported["conversation"]["distress_at"]) != "null"


def words(parts: Running, name: str) -> str:
    return str(parts.services.labels["distress"][name])


async def test_the_consent_says_that_an_adviser_sees_it_and_only_then(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    (asked,) = await tell(parts, person, PLACE, "/request_human")
    assert words(parts, "shared") not in asked
    # Who read the consent before is shown it anew, with what comes along now.
    await tell(parts, person, "/distress")
    (again,) = await tell(parts, person, "/request_human")
    assert words(parts, "shared") in again and "Mag ik dit delen?" in again
    # After a side question too: that text was seen.
    await tell(parts, person, "/ask_bot", "/affirm")
    row = await request_of(parts)
    assert row is not None and row.rank == URGENT
    assert words(parts, "shared") in row.consent_text


async def test_a_consent_that_was_read_before_the_distress_is_shown_anew(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, "/request_human", "/distress", "/ask_bot")
    await tell(parts, person, "/affirm")
    row = await request_of(parts)
    assert row is not None and row.rank == URGENT
    assert words(parts, "shared") in row.consent_text


async def test_who_has_a_request_hears_that_an_adviser_sees_it(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    (answer,) = await tell(parts, person, "/distress")
    assert words(parts, "seen") not in answer
    person = await with_a_request(parts)
    (answer,) = await tell(parts, person, "/distress")
    assert "113" in answer and answer.endswith(words(parts, "seen"))
    (answer,) = await tell(parts, person, '/distress{"danger":"sure"}')
    assert "112" in answer and answer.endswith(words(parts, "seen"))


async def test_a_withdrawn_request_keeps_no_mark(parts: Running):
    person = await with_a_request(parts)
    await tell(parts, person, "/distress")
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
        await handoffs.move(session, row, Move.WITHDRAW, "person", utc_now())
        assert (row.status, row.rank) == (Status.WITHDRAWN, ORDINARY)
    assert person


@pytest.mark.parametrize(
    "words", ["mijn man ademt niet meer", "bel 06-12345678, mijn man ademt niet meer"]
)
async def test_danger_is_answered_while_a_counsellor_has_the_conversation(
    parts: Running, words: str
):
    person = await with_a_request(parts)
    async with parts.database.transaction() as session:
        (await session.get_one(Conversation, person)).counsellor_id = "anna"
    said = await parts.conversations.take_turn(person, words)
    assert "112" in said[0].text
