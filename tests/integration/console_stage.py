"""The console on a new database, without a model: what it needs of the bot is what is stored."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyotp
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
        async with self.database.transaction() as session:
            return auth.make_account(
                session,
                email=f"{name}@example.org",
                name=name.title(),
                role=role,
                regions=regions,
                now=self.clock(),
            )

    async def logs_in(self, account: auth.NewAccount, browser: TestClient | None = None) -> Any:
        """Log in with a password and a code; gives the answer that the browser got."""
        code = pyotp.parse_uri(account.totp_uri).at(self.clock())
        form = {"email": account.email, "password": account.password, "code": code}
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
        slots = more.pop("slots", {})
        async with self.database.transaction() as session:
            row = Conversation(
                id=f"conversation-{number}",
                token_hash="x" * 64,
                channel="web",
                created_at=self.clock(),
                last_seen_at=self.clock(),
                last_seq=0,
                slots=slots,
                events=[],
            )
            session.add(row)
            await session.flush()
            senders = itertools.cycle(("bot", "person"))
            words = [
                Message(sender=sender, text=text) for sender, text in zip(senders, said)  # noqa: B905
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
async def staged(settings: Settings) -> AsyncIterator[Stage]:
    """Open the console and a partner on this machine."""
    clock, partner = FakeClock(), Partner()
    given = replace(_services(settings.root), clock=clock)
    async with opened_database(settings) as database, Bell(settings.database_url) as bell:
        nobody: Any = None  # no test of the console makes the bot speak
        talks = Conversations(database, nobody, given, clock, bell)
        app = application(Running(database, bell, given, talks), settings)
        sender = PartnerSender(settings, clock)
        async with partner.server() as there, TestServer(app) as server:
            stage = Stage(
                database=database,
                clock=clock,
                server=server,
                partner=partner,
                partner_url=str(there.make_url("/aanvragen")),
                outbox=OutboxWorker(StoredOutbox(database), sender, clock),
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
