"""Telegram against a strict Bot API: order, repeats, faults, limits, a counsellor's answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from telegram import Bot

from bot.server import Running
from bot.storage import conversations as store
from bot.storage.pushes import Pushes
from connectors.telegram.channel import CHANNEL, TelegramChannel, readable
from tests.telegram_api import TOKEN, TelegramApi

PERSON = 4242


@dataclass
class Stage:
    """The channel on a bot that talks to the fake Bot API."""

    api: TelegramApi
    channel: TelegramChannel
    parts: Running

    async def settle(self, *, rounds: int = 1) -> None:
        """Poll once and push everything, as the running channel does."""
        for _ in range(rounds):
            await self.channel.poll_once()
            await self.channel.push_pending()

    async def id_of(self, chat: int) -> str:
        return await self.parts.conversations.at_address(channel=CHANNEL, address=str(chat))


@pytest.fixture
async def stage(parts: Running) -> AsyncIterator[Stage]:
    """Give a channel that is not polling by itself."""
    api = TelegramApi()
    async with api.server() as server, AsyncExitStack() as stack:
        bot = Bot(TOKEN, base_url=str(server.make_url("/bot")))
        stack.push_async_callback(bot.shutdown)
        texts = parts.services.labels["telegram"]
        pushes = Pushes(parts.database, CHANNEL)
        channel = TelegramChannel(bot, parts.conversations, pushes, parts.bell, texts)
        yield Stage(api, channel, parts)


async def test_start_gives_the_welcome_once_and_the_first_question(stage: Stage):
    stage.api.person_writes(PERSON, "/start")
    await stage.settle()
    texts = stage.api.texts(PERSON)
    assert "automatische assistent" in texts[0]
    assert sum("automatische assistent" in text for text in texts) == 1
    assert "werk" in texts[-1]


async def test_a_person_taps_through_the_questions_and_asks_for_help(stage: Stage):
    stage.api.person_writes(PERSON, "/start")
    await stage.settle()
    for title in ("Weet ik niet", "Ik heb WW", "Mbo 4", "Sla over", "Computers", "32 uur",
                  "Ja, dat moet", "Zwaar werk", "Ja, dat klopt", "Praat met een mens",
                  "Dat zeg ik liever niet", "Ja, deel dit"):  # fmt: skip
        stage.api.person_taps(PERSON, title)
        await stage.settle()
    assert "ZS-" in stage.api.texts(PERSON)[-1]
    assert len(stage.api.answered) == 12


async def test_an_update_that_is_repeated_is_answered_once(stage: Stage):
    stage.api.person_writes(PERSON, "/start")
    stage.api.person_writes(PERSON, "/help")
    await stage.settle()
    before = len(stage.api.sent)
    raw = [
        {"update_id": number, "message": stage.api._message(PERSON, "/help", "private")}
        for number in (stage.api.next_id, 102)
    ]
    stage.api.updates += [item for item in raw if item["update_id"] == 102]
    stage.channel._offset = None  # as after a kill -9 before the confirmation
    await stage.settle()
    assert len(stage.api.sent) == before


async def test_updates_of_one_chat_are_taken_in_order_of_their_ids(stage: Stage):
    stage.api.person_writes(PERSON, "/start")
    await stage.settle()
    for command in ("/help", "/privacy", "/stop"):
        stage.api.person_writes(PERSON, command)
    stage.api.updates.reverse()
    await stage.settle()
    history = await stage.parts.conversations.history(await stage.id_of(PERSON))
    said = [message.text for message in history if message.sender == "person"]
    assert said == ["/help", "/privacy", "/stop"]


async def test_too_many_requests_waits_and_sends_everything_later(stage: Stage):
    stage.api.faults.append((429, {"retry_after": 7}))
    stage.api.person_writes(PERSON, "/start")
    await stage.channel.poll_once()
    assert await stage.channel.push_pending() == 7
    assert stage.api.texts(PERSON) == []
    await stage.channel.push_pending()
    history = await stage.parts.conversations.history(await stage.id_of(PERSON))
    assert len(stage.api.texts(PERSON)) == len(history)


async def test_a_server_error_is_tried_again_without_a_gap_or_a_repeat(stage: Stage):
    stage.api.faults += [(500, {}), (502, {})]
    stage.api.person_writes(PERSON, "/start")
    await stage.settle(rounds=4)
    history = await stage.parts.conversations.history(await stage.id_of(PERSON))
    assert stage.api.texts(PERSON) == [message.text for message in history]


async def test_who_blocks_the_bot_is_marked_and_gets_nothing_until_the_return(stage: Stage):
    stage.api.blocked.add(str(PERSON))
    stage.api.person_writes(PERSON, "/start")
    await stage.settle(rounds=2)
    async with stage.parts.database.transaction() as session:
        assert (await store.load(session, await stage.id_of(PERSON))).blocked
    stage.api.blocked.clear()
    stage.api.person_writes(PERSON, "/help")
    await stage.settle()
    assert stage.api.texts(PERSON)


async def test_a_counsellors_words_arrive_in_telegram(stage: Stage):
    stage.api.person_writes(PERSON, "/start")
    await stage.settle()
    conversation_id = await stage.id_of(PERSON)
    pusher = asyncio.create_task(stage.channel.push())
    await asyncio.sleep(0.05)
    async with stage.parts.database.transaction() as session:
        now = stage.parts.services.clock()
        await store.say(session, conversation_id, "counsellor", "Bel je morgen om 10 uur?", now)
    await stage.parts.bell.ring(conversation_id)
    for _ in range(100):
        if "Bel je morgen om 10 uur?" in stage.api.texts(PERSON):
            break
        await asyncio.sleep(0.02)
    pusher.cancel()
    assert stage.api.texts(PERSON)[-1] == "Bel je morgen om 10 uur?"


async def test_a_turn_that_fails_ends_in_an_apology_and_holds_up_nobody(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    for chat in (PERSON, PERSON + 1):
        stage.api.person_writes(chat, "/start")
    await stage.settle()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("actions.privacy.summary_text", broken)
    stage.api.person_writes(PERSON, "/privacy")
    stage.api.person_writes(PERSON, "/gegevens")
    stage.api.person_writes(PERSON + 1, "/help")
    before = len(stage.api.texts(PERSON + 1))
    await stage.settle()
    assert len(stage.api.texts(PERSON + 1)) > before
    await stage.settle()
    assert stage.api.texts(PERSON).count(stage.parts.services.labels["telegram"]["failed"]) == 1


async def test_a_group_and_a_photo_get_a_kind_word_and_no_conversation(stage: Stage):
    stage.api.person_writes(-5, "/start", kind="group")
    stage.api.person_writes(PERSON, None)
    await stage.settle()
    texts = stage.parts.services.labels["telegram"]
    assert stage.api.texts(-5) == [texts["group"]]
    assert stage.api.texts(PERSON) == [texts["no_text"]]


@pytest.mark.parametrize(
    "data",
    [
        None, 7, [], "x", {}, {"update_id": "a"},
        {"update_id": 1, "message": {"message_id": 1, "date": 10**13, "chat": {}}},
        {"update_id": 1, "message": 3},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_dropped(data: object):
    update = readable(data, Bot(TOKEN))
    assert update is None or update.message is None
