"""The console on a new database, with hands to arrange what a test starts from."""

import html as entities
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from actions.services import Services
from bot.console import auth
from bot.dialogue.turn import Conversations
from bot.handoff.model import HandoffRequest
from bot.handoff.outbox import OutboxWorker
from bot.server import Running, application, load_services, opened_database
from bot.settings import Settings, read_settings
from bot.storage import conversations, handoffs
from bot.storage.bell import Bell
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow, PartnerSetting
from bot.storage.outbox import StoredOutbox
from bot.storage.tables import Conversation
from connectors.message import Message
from connectors.partners.sender import PartnerSender
from tests.accounts import login_form, make_account
from tests.partner import Partner

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEST_BRABANT = "werkcentrum_am25"
_numbers = itertools.count()


@cache
def _services(root: Path) -> Services:
    """Give the catalogue and the words; reading them once is enough for all tests."""
    return load_services(read_settings(root, {}))


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Stage:
    """The console with a clock to move, a partner, and hands to arrange things."""

    database: Database
    clock: FakeClock
    server: TestServer
    partner: Partner
    partner_url: str
    outbox: OutboxWorker
    browsers: list[TestClient] = field(default_factory=list)

    def browser(self) -> TestClient:
        """Give a browser with its own cookies."""
        self.browsers.append(TestClient(self.server))
        return self.browsers[-1]

    async def account(
        self, name: str, *, role: str = "counsellor", regions: tuple[str, ...] = ("AM25",)
    ) -> auth.NewAccount:
        """Make an account."""
        return await make_account(self.database, name, self.clock(), role=role, regions=regions)

    async def logs_in(self, account: auth.NewAccount, browser: TestClient | None = None) -> Any:
        """Log in with a password and a code; gives the answer that the browser got."""
        form = login_form(account, self.clock())
        browser = browser or self.browser()
        return await browser.post("/console/inloggen", data=form, allow_redirects=False)

    async def counsellor(
        self, name: str, *, role: str = "counsellor", regions: tuple[str, ...] = ("AM25",)
    ) -> TestClient:
        """Give the browser of someone who is logged in."""
        account, browser = await self.account(name, role=role, regions=regions), self.browser()
        answer = await self.logs_in(account, browser)
        assert answer.status == 303, await answer.text()
        return browser

    async def handoff(self, **more: Any) -> str:
        """Make a request as a conversation would, and give its reference."""
        number = next(_numbers)
        profile = more.pop("profile", {"occupation": "kassamedewerker", "place": "Breda"})
        said = more.pop("said", ("Mag ik dit delen?", "Ja, deel dit"))
        slots = more.pop("slots", {"stage": "advice"})
        async with self.database.transaction() as session:
            row = Conversation(
                id=f"conversation-{number}",
                token_hash="x" * 64,
                channel="web",
                created_at=self.clock(),
                last_seen_at=self.clock(),
                last_seq=0,
                slots=slots,
                events=[{"event": "action", "name": "action_listen"}],
            )
            session.add(row)
            await session.flush()
            senders = itertools.cycle(("bot", "person"))
            words = [
                Message(sender=sender, text=text)
                for sender, text in zip(senders, said)  # noqa: B905
            ]
            conversations.append(session, row, words, self.clock())
            await session.flush()
            request = HandoffRequest(
                conversation_id=row.id,
                region="AM25",
                partner_id=WEST_BRABANT,
                profile=profile,
                advice={"suggestions": []},
                consent_text="Mag ik dit delen?",
                consent_at=self.clock(),
                transcript_until=row.last_seq,
            )
            made = await handoffs.create(session, replace(request, **more))
            return made.reference

    async def row(self, reference: str) -> HandoffRow:
        """Give the stored request."""
        async with self.database.transaction() as session:
            found = await session.scalar(
                select(HandoffRow).where(HandoffRow.reference == reference)
            )
            assert found is not None
            return found

    async def says(self, reference: str, text: str) -> None:
        """Let the person say something, as a turn does while a counsellor has the conversation."""
        row = await self.row(reference)
        async with self.database.transaction() as session:
            conversation = await conversations.load(session, row.conversation_id)
            said = [Message(sender="person", text=text)]
            conversations.append(session, conversation, said, self.clock())
            await handoffs.heard(session, row.conversation_id, self.clock())

    async def read(self, reference: str) -> list[Message]:
        """Give what the person sees."""
        row = await self.row(reference)
        async with self.database.transaction() as session:
            return list(await conversations.read(session, row.conversation_id))


async def html(answer: ClientResponse, status: int = 200) -> str:
    """Give the page, which must have this status."""
    text = await answer.text()
    assert answer.status == status, text[:2000]
    return text


def page_of(reference: str, action: str = "") -> str:
    """Give the address of a request's page."""
    return f"/console/aanvraag/{reference}" + (f"/{action}" if action else "")


@asynccontextmanager
async def staged(settings: Settings, agent: Any = None) -> AsyncIterator[Stage]:
    """Open the console and a partner on this machine.

    Args:
        agent: Rasa's, for when a conversation is given back to the bot.
    """
    clock, partner = FakeClock(), Partner()
    given = replace(_services(settings.root), clock=clock)
    async with opened_database(settings) as database, Bell(settings.database_url) as bell:
        talks = Conversations(database, agent, given, clock, bell)
        app = application(Running(database, bell, given, talks), settings)
        sender = PartnerSender(settings, clock)
        stored = StoredOutbox(
            database,
            told=given.labels["system"]["delivered"],
            partners={one.id: one.name for one in given.catalogue.partners.values()},
        )
        async with partner.server() as there, TestServer(app) as server:
            stage = Stage(
                database=database,
                clock=clock,
                server=server,
                partner=partner,
                partner_url=str(there.make_url("/aanvragen")),
                outbox=OutboxWorker(stored, sender, clock),
            )
            yield stage
            for browser in stage.browsers:
                await browser.close()
        await sender.close()


async def reachable(stage: Stage, *, needs_approval: bool = True, **more: Any) -> None:
    """Give the partner of West-Brabant an address."""
    setting = {"endpoint": stage.partner_url, "key": stage.partner.key} | more
    async with stage.database.transaction() as session:
        session.add(
            PartnerSetting(partner_id=WEST_BRABANT, needs_approval=needs_approval, **setting)
        )


async def taken_up(stage: Stage, anna: TestClient, **more: Any) -> str:
    """Give a request that Anna has."""
    reference = await stage.handoff(**more)
    await html(await anna.post(page_of(reference, "claim")))
    return reference


async def shown(browser: TestClient, reference: str, way: str = "") -> tuple[Any, dict[str, str]]:
    """Give the preview: what it says goes out, and the form that approves it."""
    page = await html(await browser.get(page_of(reference, "goedkeuren") + way))
    found = re.search(r'<pre[^>]*id="bericht">(.*?)</pre>', page, re.DOTALL)
    assert found, page
    names = re.findall(r'<input type="hidden" name="(stamp|weg)" value="([^"]*)">', page)
    return entities.unescape(found[1]), dict(names)


async def approve(browser: TestClient, reference: str, way: str = "") -> str:
    """Look at what goes out and approve it; gives what was shown."""
    text, form = await shown(browser, reference, way)
    await html(await browser.post(page_of(reference, "goedkeuren"), data=form))
    return str(text)
