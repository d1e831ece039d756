"""A turn: one transaction, one answer for each message id, on SQLite and PostgreSQL."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from actions import services as action_services
from bot.dialogue.conversation import TurnConversation
from bot.dialogue.meaning import rasa_text
from bot.dialogue.turn import TURNS_AT_ONCE
from bot.errors import ConversationNotFound, TurnFailed
from bot.server import Running
from bot.storage import switches
from bot.storage.console_tables import Switch
from bot.storage.handoff_tables import HandoffRow
from bot.storage.tables import Conversation as ConversationRow
from bot.storage.tables import StoredMessage
from connectors.conversations import Started
from connectors.message import Message

BACKGROUND = (
    '/inform{"occupation":"kassamedewerker"}',
    '/inform{"situation":"at_risk"}',
    '/inform{"education":"mbo4"}',
    '/inform{"place":"Breda"}',
    '/inform{"interest":"computers"}',
    '/inform{"hours":"32"}',
    '/inform{"wage":"needed"}',
    '/inform{"avoid":"heavy"}',
)


async def tell(parts: Running, conversation_id: str, *payloads: str) -> list[str]:
    """Tap buttons one after another and give the bot's texts to the last."""
    said = ()
    for payload in payloads:
        said = await parts.conversations.take_turn(conversation_id, "", payload=payload)
    return [message.text for message in said]


async def test_a_new_conversation_says_that_it_is_automatic_and_asks_one_question(parts: Running):
    started = await parts.conversations.start(channel="web")
    assert "automatische assistent" in started.messages[0].text
    assert sum(message.text.count("?") > 0 for message in started.messages[1:]) == 1


async def test_the_same_message_id_gives_the_same_answer_and_no_second_turn(parts: Running):
    started = await parts.conversations.start(channel="web")
    first = await parts.conversations.take_turn(started.id, "", payload="/help", message_id="a")
    again = await parts.conversations.take_turn(started.id, "", payload="/goodbye", message_id="a")
    assert again == first
    history = await parts.conversations.history(started.id)
    assert len(history) == len(started.messages) + len(first)


async def test_the_same_message_twice_at_once_is_answered_once(parts: Running):
    started = await parts.conversations.start(channel="web")
    answers = await asyncio.gather(
        *(
            parts.conversations.take_turn(started.id, "hoi", payload="/help", message_id="same")
            for _ in range(10)
        )
    )
    assert all(answer == answers[0] for answer in answers)
    persons = [m for m in await parts.conversations.history(started.id) if m.sender == "person"]
    assert len(persons) == 1


async def test_turns_of_one_conversation_run_one_after_another(parts: Running):
    started = await parts.conversations.start(channel="web")
    await asyncio.gather(
        *(parts.conversations.take_turn(started.id, "", payload="/skip") for _ in range(8))
    )
    seqs = [message.seq for message in await parts.conversations.history(started.id)]
    assert seqs == list(range(1, len(seqs) + 1))
    export = await parts.conversations.export(started.id)
    assert export["profile"] == {}


async def test_a_failing_action_keeps_nothing_of_the_turn(
    parts: Running, monkeypatch: pytest.MonkeyPatch
):
    started = await parts.conversations.start(channel="web")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("actions.advice.show_advice", broken)
    with pytest.raises(TurnFailed):
        await parts.conversations.take_turn(
            started.id, "", payload='/ask_advice{"occupation":"kassamedewerker"}', message_id="x"
        )
    assert len(await parts.conversations.history(started.id)) == len(started.messages)
    monkeypatch.undo()
    # The same message id was not answered, so it may be sent again.
    assert await parts.conversations.take_turn(started.id, "", payload="/help", message_id="x")


async def test_a_turn_that_takes_too_long_fails_and_keeps_nothing(
    parts: Running, monkeypatch: pytest.MonkeyPatch
):
    started = await parts.conversations.start(channel="web")

    async def stuck(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("bot.dialogue.answering.TURN_SECONDS", 0.05)
    monkeypatch.setattr("bot.dialogue.conversation.TurnConversation.handoff_status", stuck)
    with pytest.raises(TurnFailed):
        await parts.conversations.take_turn(started.id, "", payload="/ask_handoff_status")
    assert len(await parts.conversations.history(started.id)) == len(started.messages)


async def test_a_few_turns_run_at_once_and_who_came_first_goes_first(
    parts: Running, monkeypatch: pytest.MonkeyPatch
):
    people = [await parts.conversations.start(channel="web") for _ in range(TURNS_AT_ONCE + 3)]
    begun: asyncio.Queue[str] = asyncio.Queue()
    may_end = asyncio.Semaphore(0)

    async def waits(turn: TurnConversation) -> None:
        begun.put_nowait(turn._row.id)
        await may_end.acquire()

    monkeypatch.setattr("bot.dialogue.conversation.TurnConversation.handoff_status", waits)

    def asks(who: Started) -> asyncio.Task[tuple[Message, ...]]:
        turn = parts.conversations.take_turn(who.id, "", payload="/ask_handoff_status")
        return asyncio.ensure_future(turn)

    *first, one, two, late = people
    turns = [asks(who) for who in (*first, one, two)]
    assert {await begun.get() for _ in first} == {who.id for who in first}
    with monkeypatch.context() as impatient:
        impatient.setattr("bot.dialogue.turn.TURN_SECONDS", 0.2)
        with pytest.raises(TurnFailed, match="busy"):
            await asks(late)
    assert begun.empty()
    for who in (one, two):
        may_end.release()
        assert await begun.get() == who.id
    for _ in first:
        may_end.release()
    assert all(await asyncio.gather(*turns))


async def test_a_handoff_is_made_only_after_a_yes_and_can_be_withdrawn(parts: Running):
    started = await parts.conversations.start(channel="web")
    await tell(parts, started.id, *BACKGROUND, "/affirm")
    consent = await tell(parts, started.id, "/request_human")
    assert "West-Brabant" in consent[-1]
    async with parts.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(HandoffRow)) == 0
    done = await tell(parts, started.id, "/affirm")
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
    assert row.reference in done[-1]
    assert row.region == "AM26" or parts.services.catalogue.regions[row.region].name == (
        "West-Brabant"
    )
    assert row.consent_text == consent[-1]
    withdrawn = await tell(parts, started.id, "/withdraw_handoff")
    assert row.reference in withdrawn[-1]
    async with parts.database.transaction() as session:
        assert (await session.scalars(select(HandoffRow.status))).one() == "withdrawn"


async def test_a_contact_goes_into_the_request_and_nowhere_else(parts: Running):
    started = await parts.conversations.start(channel="web")
    await tell(parts, started.id, '/inform{"place":"Breda"}', "/request_human")
    (how,) = await tell(parts, started.id, '/inform{"phone":"asked"}')
    assert "telefoonnummer" in how
    (consent,) = await parts.conversations.take_turn(started.id, "Ria, 06-12345678")
    assert "06-12345678" in consent.text
    assert "Ria" in consent.text
    await tell(parts, started.id, "/affirm")
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
        conversation = (await session.scalars(select(ConversationRow))).one()
    assert (row.contact, row.contact_name) == ("06-12345678", "Ria")
    assert "contact" not in conversation.slots
    said = [m.text for m in await parts.conversations.history(started.id) if m.sender == "person"]
    assert said == ["Ria, [telefoon]"]
    heard = [event for event in conversation.events if event["event"] == "user"]
    assert "12345678" not in str(heard)


async def test_the_place_is_asked_before_a_request_and_may_be_kept_back(parts: Running):
    started = await parts.conversations.start(channel="web")
    (place,) = await tell(parts, started.id, "/request_human")
    assert "plaats" in place
    (consent,) = await tell(parts, started.id, "/skip")
    (done,) = await tell(parts, started.id, "/affirm")
    assert "ZS-" in done
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
    assert (row.region, row.contact) == ("NL", None)
    assert row.consent_text == consent
    (again,) = await tell(parts, started.id, "/request_human")
    assert row.reference in again


async def test_a_side_question_comes_back_to_what_is_shared(parts: Running):
    started = await parts.conversations.start(channel="web")
    asked = await tell(
        parts, started.id, '/inform{"place":"Breda"}', "/request_human", "/ask_privacy"
    )
    assert "Mag ik dit delen?" in asked[-1]


async def test_a_no_shares_nothing(parts: Running):
    started = await parts.conversations.start(channel="web")
    await tell(parts, started.id, '/inform{"place":"Breda"}', "/request_human", "/deny")
    async with parts.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(HandoffRow)) == 0


async def test_erasing_in_the_chat_removes_everything(parts: Running):
    started = await parts.conversations.start(channel="web")
    await tell(parts, started.id, *BACKGROUND, "/request_human", "/affirm")
    last = await tell(parts, started.id, "/delete_data", "/affirm")
    assert "gewist" in last[-1]
    async with parts.database.transaction() as session:
        for table in (ConversationRow, StoredMessage, HandoffRow):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
    with pytest.raises(ConversationNotFound):
        await parts.conversations.take_turn(started.id, "hoi")


@given(
    text=st.text(max_size=80), slashes=st.sampled_from(["/", " /", "／", "//", "\n/", "\ufeff/"])
)
def test_a_typed_slash_never_reaches_rasa_as_an_intent(text: str, slashes: str):
    assert not rasa_text(slashes + text, None).startswith("/")


@pytest.mark.parametrize(
    "payload",
    ["/inform{{bad", "help", "/help; drop", '/inform{"place": {"a": 1}}', "/" + "a" * 99],
)
def test_what_is_not_a_payload_is_read_as_words(payload: str):
    assert rasa_text("hoi", payload) == "hoi"


async def test_who_follows_a_conversation_hears_every_message_once(parts: Running):
    started = await parts.conversations.start(channel="web")
    heard: list[int | None] = []

    async def follow() -> None:
        async for message in parts.conversations.follow(started.id, after=0):
            if message is not None:
                heard.append(message.seq)

    listener = asyncio.create_task(follow())
    await asyncio.sleep(0.05)
    await tell(parts, started.id, "/help", "/ask_bot")
    await asyncio.sleep(0.2)
    listener.cancel()
    await asyncio.gather(listener, return_exceptions=True)
    history = await parts.conversations.history(started.id)
    assert heard == [message.seq for message in history]


def test_actions_find_their_services_only_inside_a_turn():
    with pytest.raises(LookupError):
        action_services.services.get()


async def test_a_paused_bot_keeps_the_message_and_still_hears_distress_and_erasing(parts: Running):
    started = await parts.conversations.start(channel="web")
    async with parts.database.transaction() as session:
        await session.merge(Switch(name=switches.PAUSED, value={"on": True}))
        await session.merge(Switch(name=switches.BANNER, value={"text": "Vanavond onderhoud."}))
    (closed,) = await parts.conversations.take_turn(started.id, "ik zoek werk")
    assert closed.sender == "system"
    assert "onderhoud" in closed.text
    assert any("113" in text for text in await tell(parts, started.id, "/distress"))
    assert "Weet je het zeker" in (await tell(parts, started.id, "/delete_data"))[-1]
    said = [m.text for m in await parts.conversations.history(started.id) if m.sender == "person"]
    assert said == ["ik zoek werk"]
    assert await parts.conversations.banner() == "Vanavond onderhoud."


async def pause(parts: Running, *, on: bool) -> None:
    async with parts.database.transaction() as session:
        await session.merge(Switch(name=switches.PAUSED, value={"on": on}))


async def test_who_begins_during_a_pause_hears_afterwards_once_that_this_is_a_machine(
    parts: Running,
):
    await pause(parts, on=True)
    started = await parts.conversations.start(channel="web")
    (closed,) = started.messages
    assert "gesloten" in closed.text and "bericht" not in closed.text
    (kept,) = await parts.conversations.take_turn(started.id, "ik zoek werk")
    assert "Je bericht is bewaard" in kept.text
    await pause(parts, on=False)
    first, *answer = await tell(parts, started.id, '/inform{"place":"Breda"}')
    assert "automatische assistent" in first and "6 maanden" in first
    assert answer
    later = await tell(parts, started.id, "/help")
    assert not any("automatische assistent" in text for text in later)


async def test_despair_after_a_pause_stands_alone(parts: Running):
    await pause(parts, on=True)
    started = await parts.conversations.start(channel="web")
    await pause(parts, on=False)
    said = await tell(parts, started.id, "/distress")
    assert "113" in said[0]
    assert not any("automatische assistent" in text for text in said)
