"""Mail over real SMTP: a link and a number, nothing about a person; refusals end or wait."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.console import auth
from bot.handoff.model import Move
from bot.settings import Settings
from bot.storage import handoffs
from bot.storage.console_tables import Account
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow
from connectors.partners.sender import PartnerSender
from tests.integration.deliveries import START, Post
from tests.integration.test_receiver import free_port
from tests.nursery import Nursery
from tests.smtp import MailServer

PERSON = ("Ria", "0612345678", "Breda", "Mag dit?", "person-1")
KINDS = ("handoff", "mail", "digest")


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    """Give a mail server that listens."""
    async with MailServer() as server:
        yield server


@pytest.fixture
async def post(database: Database, settings: Settings, mail: MailServer) -> AsyncIterator[Post]:
    """Give an outbox with a partner that only has a mailbox, and a counsellor of the region."""
    wanted = replace(
        settings,
        smtp_url=f"smtp://us:secret@127.0.0.1:{mail.port}",
        public_url="https://zijstap.example",
    )
    post = Post(database, PartnerSender(wanted, lambda: START))
    await post.partner("partner", email="intake@partner.example")
    async with database.transaction() as session:
        for name, regions in (("anna", ("AM25",)), ("bram", ("AM01",))):
            auth.make_account(
                session, email=f"{name}@zijstap.example", name=name, role="counsellor",
                regions=regions, now=START,
            )  # fmt: skip
    yield post


async def withdrawn(post: Post) -> HandoffRow:
    """Give a request that was mailed and then withdrawn."""
    request = await post.request()
    await post.worker.deliver_due()
    async with post.database.transaction() as session:
        row = await handoffs.load(session, request.id)
        await handoffs.move(session, row, Move.WITHDRAW, "person", post.now)
    await post.worker.deliver_due()
    return request


async def test_a_mail_has_the_number_and_a_link_and_nothing_about_the_person(
    post: Post, mail: MailServer
):
    request = await withdrawn(post)
    by_receiver = {(one["To"], one["Subject"]) for one in mail.mails}
    assert by_receiver == {
        ("intake@partner.example", f"Nieuwe aanvraag in Zijstap ({request.reference})"),
        ("anna@zijstap.example", f"Nieuwe aanvraag in Zijstap ({request.reference})"),
        ("intake@partner.example", f"Aanvraag {request.reference} is ingetrokken"),
    }
    for one in mail.mails:
        whole = one.as_string() + one.get_content()
        assert [word for word in PERSON if word in whole] == []
        assert "secret" not in whole
    link = f"https://zijstap.example/console/aanvraag/{request.reference}"
    assert sum(link in one.get_content() for one in mail.mails) == 2
    assert len({one["Message-ID"] for one in mail.mails}) == len(mail.mails) == 3


@pytest.mark.parametrize(
    ("command", "answer", "state", "error"),
    [
        ("RCPT", "550 no such user", "dead", "SMTP 550"),
        ("RCPT", "451 try later", "pending", "SMTP 451"),
        ("DATA", "554 not this", "dead", "SMTP 554"),
        ("AUTH", "535 wrong password", "pending", "SMTP 535"),
        ("MAIL", "421 going down", "pending", "SMTP 421"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_final_no_is_a_dead_letter_and_our_own_mistakes_are_tried_again(
    post: Post, mail: MailServer, command: str, answer: str, state: str, error: str
):
    await post.request()
    mail.refuse[command] = answer
    await post.worker.deliver_due()
    (row,) = await post.rows()
    assert (row.state, row.last_error) == (state, error)
    if state == "pending":
        mail.refuse.clear()
        await post.deliver_until_done()
        assert len(mail.mails) >= 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_a_mail_server_deliveries_wait(post: Post, mail: MailServer):
    await mail.__aexit__()
    await post.request()
    await post.worker.deliver_due()
    (row,) = await post.rows()
    assert row.state == "pending"
    assert json.dumps(row.body) == json.dumps({"reference": row.body["reference"]})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("smtp", ["", "smtp://127.0.0.1:1"])
async def test_without_a_mail_server_no_mail_to_counsellors_is_queued(
    post: Post, nursery: Nursery, tmp_path: Path, smtp: str
):
    # GIVEN a counsellor who wants every mail there is, and a request
    post.now = utc_now()
    async with post.database.transaction() as session:
        for account in await session.scalars(select(Account)):
            account.wants_mail = account.wants_digest = True
    await post.request()
    # WHEN the service runs
    env = {"DATABASE_URL": post.database.url, "SMTP_URL": smtp}
    child = await nursery.start(
        "serve", "--port", str(free_port()), "--data-dir", str(tmp_path), env=env
    )
    await child.is_ready()
    async with asyncio.timeout(20):
        while (await post.rows("notify"))[0].state != "sent":  # noqa: ASYNC110  another process
            await asyncio.sleep(0.05)
    await child.dies()
    # THEN what waits is the partner's, and only with a mail server the counsellor's too
    waiting = {row.partner_id for kind in KINDS for row in await post.rows(kind)}
    assert waiting == ({"partner", "zijstap"} if smtp else {"partner"})
