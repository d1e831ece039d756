"""A counsellor's live answer through the real program: two workers on PostgreSQL, one on SQLite.

The person is at one worker and the counsellor at the other.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.clock import utc_now
from bot.storage.database import Database
from tests.accounts import login_form, make_account
from tests.client import Client
from tests.integration.house import House, lines
from tests.nursery import Nursery
from tests.telegram_api import TOKEN, TelegramApi

CHAT = 4242
HEARTBEAT = b": hier\n"


class Counsellor:
    """Someone in the console of one worker."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session

    async def does(self, reference: str, action: str, **form: str) -> str:
        """Press a button of a request; gives the page that comes."""
        address = f"{self._url}/console/aanvraag/{reference}/{action}"
        async with self._session.post(address, data=form) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.text()

    async def sees(self, reference: str) -> str:
        """Give the part of a request's page that refreshes itself."""
        address = f"{self._url}/console/aanvraag/{reference}/gesprek"
        async with self._session.get(address, headers={"HX-Request": "true"}) as answer:
            assert answer.status == 200
            return await answer.text()


@asynccontextmanager
async def logged_in(house: House) -> AsyncIterator[Counsellor]:
    """Give Anna, who may see every region, in the console of this worker."""
    account = await make_account(house.database, "anna", utc_now(), role="admin")
    jar = aiohttp.CookieJar(unsafe=True)  # which also keeps cookies of an IP address
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        form = login_form(account, utc_now())
        async with session.post(f"{house.url}/console/inloggen", data=form) as answer:
            assert "Inbox" in await answer.text()
        yield Counsellor(house.url, session)


class Stream:
    """The open stream of a person's page."""

    def __init__(self, content: aiohttp.StreamReader) -> None:
        self._content = content

    async def brings(self, wanted: int) -> list[dict[str, Any]]:
        """Give the next messages. They come by themselves and not at a heartbeat's turn."""
        said: list[dict[str, Any]] = []
        while len(said) < wanted:
            line = await self._content.readline()
            assert line != HEARTBEAT, "nobody rang: the message was found at a heartbeat"
            assert line, "the stream ended"
            if line.startswith(b"data: "):
                said.append(json.loads(line.removeprefix(b"data: ")))
        return said


@asynccontextmanager
async def stream(person: Client, after: int) -> AsyncIterator[Stream]:
    """Open the stream of a conversation after a message, as the web page does."""
    address = f"{person.address}/api/conversations/{person.id}/events?after={after}"
    async with person.session.get(address, headers=person.headers) as answer:
        assert answer.status == 200
        yield Stream(answer.content)


async def comes[T](look: Callable[[], Awaitable[T]]) -> T:
    """Look again until there is something."""
    for _ in range(1000):
        if found := await look():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come")


@pytest.fixture
async def workers(nursery: Nursery, database: Database, tmp_path: Path) -> tuple[House, House]:
    """Give the person's worker and the counsellor's, not open yet; with SQLite they are one."""
    here = House(nursery, database, tmp_path / "here")
    return here, House(nursery, database, tmp_path / "there") if database.is_postgresql else here


async def open_all(workers: tuple[House, House], **settings: str) -> None:
    """Start both, or the one that there is."""
    for house in dict.fromkeys(workers):
        await house.opens(**settings)


async def asks_for_a_human(person: Client) -> str:
    """Begin, stop in the middle of the questions, agree to share; gives the reference."""
    await person.arrives()
    await person.says("Ik zit achter de kassa", '/inform{"occupation":"kassamedewerker"}')
    await person.says("In Breda", '/inform{"place":"Breda"}')
    await person.says("Ik wil een mens spreken", "/request_human")
    (done,) = await person.says("Ja, deel dit", "/affirm")
    return re.findall(r"ZS-\w{7}", done["text"])[0]


async def test_what_each_says_comes_to_the_other_at_another_worker(workers: tuple[House, House]):
    await open_all(workers)
    here, there = workers
    async with lines() as session, logged_in(there) as anna:
        person = Client(here.url, session)
        reference = await asks_for_a_human(person)
        await anna.does(reference, "claim")

        # WHEN the counsellor writes, it comes over the open stream, and the bot says it is silent
        last = person.told[-1]["seq"]
        async with stream(person, last) as page:
            await anna.does(reference, "antwoord", text="Hoi Roos, wat zoek je?")
            silent, words = await page.brings(2)
            assert (silent["sender"], words["sender"]) == ("system", "counsellor")
            assert "Ik ben even stil" in silent["text"]
            assert words["text"] == "Hoi Roos, wat zoek je?"

            # WHEN the person answers, it stands in the console, and the bot says nothing
            assert await person.says("Werk met techniek", "") == []
            assert "Werk met techniek" in await anna.sees(reference)
            (own,) = await page.brings(1)
            assert own["sender"] == "person"

            # WHEN it is given back, the bot asks what was open and takes the answer
            await anna.does(reference, "teruggeven")
            left, again, question = await page.brings(3)
            assert [left["sender"], again["sender"]] == ["system", "bot"]
            assert question["text"].startswith("Vraag 2 van 8")
        (following,) = await person.says("Ik heb WW", '/inform{"situation":"ww"}')
        assert following["text"].startswith("Vraag 3 van 8")


async def test_who_was_away_gets_what_was_written_when_they_come_back(
    workers: tuple[House, House],
):
    await open_all(workers)
    here, there = workers
    async with lines() as session, logged_in(there) as anna:
        person = Client(here.url, session)
        reference = await asks_for_a_human(person)
        last = person.told[-1]["seq"]
        await anna.does(reference, "claim")
        await anna.does(reference, "antwoord", text="Bel je morgen?")

        # THEN it is there at whichever worker the person comes back, by stream and by reading
        for house in workers:
            person.address = house.url
            async with stream(person, last) as page:
                _, words = await page.brings(2)
                assert words["text"] == "Bel je morgen?"
            assert (await person.reads())[-1]["text"] == "Bel je morgen?"


async def test_in_telegram_an_answer_arrives_and_who_blocked_the_bot_is_shown(
    workers: tuple[House, House],
):
    api = TelegramApi()
    async with api.server() as telegram:
        address = str(telegram.make_url("/")).rstrip("/")
        await open_all(workers, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=address)

        async def told(words: str) -> str:
            async def newest() -> str | None:
                return next((one for one in reversed(api.texts(CHAT)) if words in one), None)

            return await comes(newest)

        for text, answer in (("/start", "Vraag 1"), ("/mens", "In welke plaats woon je?")):
            api.person_writes(CHAT, text)
            await told(answer)
        for title, answer in (
            ("Dat zeg ik liever niet", "Mag ik dit delen?"),
            ("Ja, deel dit", "ZS-"),
        ):
            api.person_taps(CHAT, title)
            reference = re.findall(r"ZS-\w{7}|$", await told(answer))[0]

        async with logged_in(workers[1]) as anna:
            await anna.does(reference, "claim")
            await anna.does(reference, "antwoord", text="Hoi! Wat zoek je?")
            await told("Hoi! Wat zoek je?")
            api.person_writes(CHAT, "Werk met techniek")

            async def shown(words: str) -> bool:
                return words in await anna.sees(reference)

            await comes(lambda: shown("Werk met techniek"))
            assert "geblokkeerd" not in await anna.sees(reference)

            # WHEN the person has blocked the bot, the counsellor reads it, and the words wait
            api.blocked.add(str(CHAT))
            await anna.does(reference, "antwoord", text="Ben je er nog?")
            await comes(lambda: shown("geblokkeerd"))
            assert "Ben je er nog?" not in api.texts(CHAT)

            # WHEN they come back, the words arrive, and the bot is still silent
            api.blocked.clear()
            sent = len(api.texts(CHAT))
            api.person_writes(CHAT, "Ja hoor")
            await told("Ben je er nog?")
            await comes(lambda: shown("Ja hoor"))
            assert "geblokkeerd" not in await anna.sees(reference)
            assert api.texts(CHAT)[sent:] == ["Ben je er nog?"]
