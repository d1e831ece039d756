"""A counsellor who has the conversation and goes away: the person is not left in silence."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.dialogue.waiting import Watch
from bot.server import Running
from bot.storage import conversations as store
from bot.storage import shared, switches
from bot.storage.console_tables import Account, ConsoleSession, Switch
from bot.storage.handoff_tables import HandoffEvent, HandoffRow
from bot.storage.tables import Conversation
from connectors.message import Button, Message
from tests.integration.test_turn import tell

PATIENCE = timedelta(minutes=30)
AWAY = "De adviseur is er nu even niet"
HOUR = timedelta(hours=1)


async def someone_with_a_counsellor(parts: Running, *said: tuple[str, str, timedelta]) -> str:
    """Give a conversation that a counsellor has, with what was said in it: sender, words, how long ago."""
    person = (await parts.conversations.start(channel="web")).id
    work, place = '/inform{"occupation":"kok"}', '/inform{"place":"Breda"}'
    await tell(parts, person, work, place, "/request_human", "/affirm")
    async with parts.database.transaction() as session:
        row = await session.get_one(Conversation, person)
        session.add(
            Account(
                id="anna", email="anna@voorbeeld.nl", name="Anna", role="admin",
                password_hash="", created_at=utc_now(),
            )
        )  # fmt: skip
        row.counsellor_id = "anna"
        for sender, text, ago in said:
            store.append(session, row, [Message(sender=sender, text=text)], utc_now() - ago)
    return person


async def is_logged_in(parts: Running, seen: timedelta = timedelta()) -> None:
    async with parts.database.transaction() as session:
        at = utc_now() - seen
        session.add(ConsoleSession(id_hash="x", account_id="anna", created_at=at, last_seen_at=at))


async def counsellor_of(parts: Running, person: str) -> str | None:
    async with parts.database.transaction() as session:
        return (await session.get_one(Conversation, person)).counsellor_id


async def read_by_counsellor(parts: Running) -> list[str]:
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
        return [message.text for message in await shared.readable(session, row)]


def watch(parts: Running) -> Watch:
    return Watch(parts.database, parts.services, parts.bell, parts.conversations.resume, PATIENCE)


async def test_who_writes_again_after_long_waiting_is_helped_on_by_the_bot(parts: Running):
    person = await someone_with_a_counsellor(
        parts, ("counsellor", "Hoi!", 2 * HOUR), ("person", "Kan ik je bellen?", HOUR)
    )
    await is_logged_in(parts)
    notice, *more = await parts.conversations.take_turn(person, "Hallo?")
    assert notice.sender == "system" and AWAY in notice.text
    # THEN it goes on where it was, and answers again from then on
    assert "Vraag 2" in more[-1].text
    assert await counsellor_of(parts, person) is None
    (following,) = await parts.conversations.take_turn(
        person, "", payload='/inform{"situation":"ww"}'
    )
    assert "Vraag 3" in following.text
    # THEN the counsellor reads what was meant for them, and not what is the bot's
    seen = await read_by_counsellor(parts)
    assert "Kan ik je bellen?" in seen and "Hallo?" in seen
    assert following.text not in seen
    async with parts.database.transaction() as session:
        given = await session.scalars(
            select(HandoffEvent.actor).where(HandoffEvent.what == "given_back")
        )
        assert list(given) == ["system"]


async def test_who_writes_to_a_counsellor_who_may_answer_is_not_disturbed(parts: Running):
    person = await someone_with_a_counsellor(parts, ("counsellor", "Schikt morgen?", 2 * HOUR))
    await is_logged_in(parts)
    for words in ("Ja, om 9 uur", "Of om 10 uur"):
        assert await parts.conversations.take_turn(person, words) == ()
    await watch(parts).look()
    assert await counsellor_of(parts, person) == "anna"


@pytest.mark.parametrize("seen", [None, HOUR])
async def test_who_writes_when_the_counsellor_went_home_hears_so_at_once(
    parts: Running, seen: timedelta | None
):
    person = await someone_with_a_counsellor(parts, ("counsellor", "Tot morgen!", HOUR))
    if seen:
        await is_logged_in(parts, seen)
    notice, *_ = await parts.conversations.take_turn(person, "Nog een vraag")
    assert AWAY in notice.text
    assert "Nog een vraag" in await read_by_counsellor(parts)


async def test_a_counsellor_who_logged_out_a_moment_ago_is_not_away_yet(parts: Running):
    last = ("counsellor", "Hoi!", timedelta(minutes=5))
    person = await someone_with_a_counsellor(parts, last)
    assert await parts.conversations.take_turn(person, "Hallo?") == ()


async def test_who_waits_without_writing_again_hears_it_too(parts: Running):
    person = await someone_with_a_counsellor(
        parts, ("counsellor", "Hoi!", 2 * HOUR), ("person", "Kan ik je bellen?", HOUR)
    )
    await is_logged_in(parts)
    before = await parts.conversations.history(person)
    await watch(parts).look()
    notice, *more = (await parts.conversations.history(person))[len(before) :]
    assert AWAY in notice.text and "Vraag 2" in more[-1].text
    assert notice.text in await read_by_counsellor(parts)
    # THEN once is enough
    await watch(parts).look()
    assert len(await parts.conversations.history(person)) == len(before) + 1 + len(more)


async def test_who_was_in_distress_is_not_asked_the_next_question(parts: Running):
    person = await someone_with_a_counsellor(
        parts, ("counsellor", "Hoi!", 2 * HOUR), ("person", "Ben je er?", HOUR)
    )
    (help_now,) = await parts.conversations.take_turn(person, "", payload="/distress")
    assert "113" in help_now.text and await counsellor_of(parts, person) == "anna"
    before = await parts.conversations.history(person)
    await watch(parts).look()
    (notice,) = (await parts.conversations.history(person))[len(before) :]
    assert AWAY in notice.text and "113" in notice.text


async def test_words_of_distress_are_answered_when_the_counsellor_is_away(parts: Running):
    person = await someone_with_a_counsellor(
        parts, ("counsellor", "Hoi!", 2 * HOUR), ("person", "Ben je er?", HOUR)
    )
    said = await parts.conversations.take_turn(person, "zo wil ik niet", payload="/distress")
    assert "113" in said[0].text
    assert "zo wil ik niet" in await read_by_counsellor(parts)


async def test_a_yes_to_a_counsellor_who_is_away_is_kept_and_answers_nothing_of_the_bot(
    parts: Running,
):
    person = await someone_with_a_counsellor(parts, ("counsellor", "Hoi!", 2 * HOUR))
    buttons = (Button("Ja, deel dit", "/affirm"), Button("Nee, niet delen", "/deny"))
    async with parts.database.transaction() as session:
        row = await session.get_one(Conversation, person)
        asked = Message(sender="counsellor", text="Mag ik dit delen?", buttons=buttons)
        store.append(session, row, [asked], utc_now() - HOUR)
    said = await parts.conversations.take_turn(person, "Ja, deel dit", payload="/affirm")
    assert AWAY in said[0].text and "Vraag 2" in said[-1].text
    assert "Ja, deel dit" in await read_by_counsellor(parts)


async def test_a_button_is_answered_itself(parts: Running):
    person = await someone_with_a_counsellor(
        parts, ("counsellor", "Hoi!", 2 * HOUR), ("person", "Ben je er?", HOUR)
    )
    said = await parts.conversations.take_turn(
        person, "Praat met een mens", payload="/request_human"
    )
    assert AWAY in said[0].text and "met nummer ZS-" in said[1].text


async def test_a_bot_that_is_paused_takes_nothing_back(parts: Running):
    person = await someone_with_a_counsellor(
        parts, ("counsellor", "Hoi!", 2 * HOUR), ("person", "Ben je er?", HOUR)
    )
    async with parts.database.transaction() as session:
        session.add(Switch(name=switches.PAUSED, value={"on": True}))
    await watch(parts).look()
    assert await parts.conversations.take_turn(person, "Hallo?") == ()
    assert await counsellor_of(parts, person) == "anna"


async def test_a_counsellor_who_comes_back_has_the_conversation_again(parts: Running):
    person = await someone_with_a_counsellor(
        parts, ("counsellor", "Hoi!", 2 * HOUR), ("person", "Ben je er?", HOUR)
    )
    await watch(parts).look()
    async with parts.database.transaction() as session:
        row = await session.get_one(Conversation, person)
        row.counsellor_id = "anna"
        store.append(session, row, [Message(sender="counsellor", text="Ja!")], utc_now())
    assert await parts.conversations.take_turn(person, "Fijn") == ()
