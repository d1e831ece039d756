"""Telegram against a strict Bot API: order, repeats, faults, limits, a counsellor's answer."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import pytest
from aiohttp.test_utils import TestClient, TestServer
from telegram import Bot, Update

from bot.server import Running, application
from bot.settings import Settings
from bot.storage import conversations as store
from bot.storage.pushes import Pushes
from connectors.telegram.channel import CHANNEL, TelegramChannel, readable
from connectors.telegram.start import start_telegram
from connectors.telegram.webhook import SECRET_HEADER
from tests.scenario import HANDOFF, INTAKE
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
    for title in (*INTAKE, *HANDOFF):
        stage.api.person_taps(PERSON, title)
        await stage.settle()
    assert "ZS-" in stage.api.texts(PERSON)[-1]
    assert len(stage.api.answered) == len(INTAKE) + len(HANDOFF)


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
    # Its transaction ends before the database is closed.
    await asyncio.gather(pusher, return_exceptions=True)
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


async def test_a_text_that_telegram_refuses_holds_up_nothing_and_repeats_nothing(stage: Stage):
    stage.api.person_writes(PERSON, "/start")
    await stage.channel.poll_once()
    said = [message.text for message in
            await stage.parts.conversations.history(await stage.id_of(PERSON))]  # fmt: skip
    stage.api.refused.add(said[0])
    await stage.channel.push_pending()
    stage.api.person_writes(PERSON, "/help")
    await stage.settle(rounds=3)
    texts = stage.api.texts(PERSON)
    history = await stage.parts.conversations.history(await stage.id_of(PERSON))
    bots = [message.text for message in history if message.sender == "bot"]
    assert texts == bots[1:]


async def test_an_edited_message_is_one_more_turn_and_keeps_the_conversation(stage: Stage):
    stage.api.person_writes(PERSON, "/start")
    await stage.settle()
    stage.api.person_edits(PERSON, "/help")
    await stage.settle(rounds=2)
    history = await stage.parts.conversations.history(await stage.id_of(PERSON))
    assert [message.text for message in history if message.sender == "person"] == ["/help"]


PRIVATE = {"id": PERSON, "type": "private", "first_name": "Geheim"}
SENT = {"message_id": 7, "date": 1_795_000_000, "chat": PRIVATE}
PLACE = {"longitude": 4.9, "latitude": 52.3}
ODD: list[dict[str, object]] = [
    {"message": {**SENT, "date": 10**13, "text": "hoi"}},
    {"message": {**SENT, "location": PLACE}},
    {"channel_post": {**SENT, "chat": {"id": -100, "type": "channel", "title": "K"}, "text": "x"}},
    {"message": {**SENT, "chat": {"id": -7, "type": "supergroup", "title": "G"}, "text": "hoi"}},
    {"poll": {"id": "1"}},
    {"callback_query": {"id": "9", "from": {"id": PERSON, "is_bot": False, "first_name": "G"},
                        "chat_instance": "1"}},
    {"callback_query": {"id": "9", "from": {"id": PERSON, "is_bot": False, "first_name": "G"},
                        "chat_instance": "1", "data": "/restart{}", "message": {**SENT, "date": 0}}},
    {"something_new": {"a": 1}},
]  # fmt: skip


@pytest.mark.parametrize("content", ODD, ids=lambda content: json.dumps(content)[:60])
async def test_an_odd_update_is_passed_once_and_the_next_one_is_answered(
    stage: Stage, content: dict[str, object]
):
    stage.api.person_writes(PERSON, "/start")
    await stage.settle()
    odd = stage.api.arrives(**content)
    stage.api.person_writes(PERSON, "/privacy")
    await stage.settle(rounds=2)
    assert all(update["update_id"] > odd for update in stage.api.updates)
    assert "6 maanden" in " ".join(stage.api.texts(PERSON)[2:])


async def test_updates_in_any_order_and_number_give_each_message_one_turn(stage: Stage):
    chance = random.Random(5)  # noqa: S311  repeatable, not secret
    people = range(1, 6)
    for number in range(30):
        stage.api.person_writes(people[number % 5], "/help" if number > 4 else "/start")
    updates = [*stage.api.updates, *chance.sample(stage.api.updates, 15)]
    chance.shuffle(updates)
    taken = [update for item in updates if (update := readable(item, Bot(TOKEN)))]
    await asyncio.gather(*(stage.channel.take(taken[i : i + 9]) for i in range(0, 45, 9)))
    for person in people:
        history = await stage.parts.conversations.history(await stage.id_of(person))
        said = [message.text for message in history if message.sender == "person"]
        assert said.count("/help") == 5


@pytest.fixture
async def webhook(
    parts: Running, settings: Settings
) -> AsyncIterator[tuple[TestClient, TelegramApi]]:
    """Give the whole application with Telegram's webhook in it."""
    api = TelegramApi()
    async with api.server() as server, AsyncExitStack() as stack:
        with_telegram = replace(
            settings,
            telegram_token=TOKEN,
            telegram_secret="s3cret",  # noqa: S106
            telegram_api=str(server.make_url("/")).rstrip("/"),
        )
        app = application(parts, with_telegram)
        works = await start_telegram(
            stack, app, with_telegram, parts.conversations, parts.database, parts.bell,
            parts.services.labels["telegram"],
        )  # fmt: skip
        for work in works:
            work.close()
        client = await stack.enter_async_context(TestClient(TestServer(app)))
        yield client, api


async def test_the_webhook_is_announced_again_until_telegram_takes_it(
    parts: Running, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog
):
    monkeypatch.setattr("connectors.telegram.start.FIRST_WAIT_SECONDS", 0.01)
    api = TelegramApi(faults=[(401, {}), (404, {}), (400, {}), (502, {})])
    async with api.server() as server, AsyncExitStack() as stack:
        with_telegram = replace(
            settings,
            telegram_token=TOKEN,
            telegram_secret="s3cret",  # noqa: S106
            telegram_api=str(server.make_url("/")).rstrip("/"),
            public_url="https://zijstap.example",
        )
        app = application(parts, with_telegram)
        announce, push = await start_telegram(
            stack, app, with_telegram, parts.conversations, parts.database, parts.bell,
            parts.services.labels["telegram"],
        )  # fmt: skip
        push.close()
        assert api.webhooks == []
        await announce
    (told,) = api.webhooks
    assert told["url"] == "https://zijstap.example/webhooks/telegram"
    assert told["secret_token"] == "s3cret"
    assert caplog.text.count("telegram_webhook_failed") == 4
    assert TOKEN not in caplog.text


async def test_who_goes_back_to_polling_hears_again_after_a_webhook(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("connectors.telegram.channel.PAUSE_SECONDS", 0.01)
    stage.api.webhooks.append({"url": "https://zijstap.example/webhooks/telegram"})
    stage.api.person_writes(PERSON, "/start")
    took, take = asyncio.Event(), stage.channel.take

    async def heard(updates: list[Update]) -> None:
        await take(updates)
        took.set()

    monkeypatch.setattr(stage.channel, "take", heard)
    polling = asyncio.create_task(stage.channel.poll())
    await asyncio.wait_for(took.wait(), 30)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    assert stage.api.webhooks == []
    assert await stage.parts.conversations.history(await stage.id_of(PERSON))


async def test_the_webhook_wants_its_secret_and_takes_twenty_copies_as_one(
    webhook: tuple[TestClient, TelegramApi], parts: Running
):
    client, api = webhook
    api.person_writes(PERSON, "/start")
    api.person_writes(PERSON, "/help")
    start, update = api.updates
    for headers in ({}, {SECRET_HEADER: "wrong"}):
        answer = await client.post("/webhooks/telegram", json=update, headers=headers)
        assert answer.status == 403
    right = {SECRET_HEADER: "s3cret"}
    await client.post("/webhooks/telegram", json=start, headers=right)
    answers = await asyncio.gather(
        *(client.post("/webhooks/telegram", json=update, headers=right) for _ in range(20))
    )
    assert {answer.status for answer in answers} == {200}
    broken = await client.post("/webhooks/telegram", data=b"{", headers=right)
    odd = await client.post("/webhooks/telegram", json={"update_id": 5, **ODD[0]}, headers=right)
    assert (broken.status, odd.status) == (200, 200)
    conversation = await parts.conversations.at_address(channel=CHANNEL, address=str(PERSON))
    history = await parts.conversations.history(conversation)
    assert [message.text for message in history if message.sender == "person"].count("/help") == 1
