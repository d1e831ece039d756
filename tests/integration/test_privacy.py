"""Export finds all of a person, erasure and purge leave nothing of them, on both databases."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.console import auth
from bot.errors import ConversationNotFound
from bot.handoff.model import Status
from bot.privacy import retention
from bot.privacy.erasure import erase
from bot.storage import conversations
from bot.storage.console_tables import AuditEntry, ConsoleSession
from bot.storage.database import Database
from bot.storage.handoff_tables import (
    DeliveryAttempt,
    HandoffCount,
    HandoffEvent,
    HandoffRow,
    OutboxRow,
    PartnerCallback,
)
from bot.storage.migrate import migrate
from bot.storage.tables import Base, Conversation, NotUnderstood
from tests.integration.privacy_data import (
    CONSOLE,
    NOW,
    PERSONAL,
    add,
    canary,
    conversation,
    fill,
    handoff,
    work,
)

DAY = timedelta(days=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open, migrated database of each kind."""
    migrate(database_url)
    opened = Database(database_url)
    yield opened
    await opened.close()


async def everything(database: Database) -> str:
    """Give all rows of all tables as one text."""
    async with database.transaction() as session:
        rows = [
            str(row)
            for table in Base.metadata.sorted_tables
            for row in await session.execute(select(table))
        ]
    return "\n".join(rows)


def raw_bytes(folder: Path) -> bytes:
    """Give all bytes of all files in a folder."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def number(database: Database, table: Any, *conditions: Any) -> int:
    """Give how many rows of a table meet the conditions."""
    async with database.transaction() as session:
        query = select(func.count()).select_from(table).where(*conditions)
        return int(await session.scalar(query) or 0)


async def test_the_example_fills_every_table_of_a_person(database: Database) -> None:
    await fill(database)
    stored = await everything(database)
    assert [word for word in PERSONAL if canary(word) not in stored] == []
    empty = [
        table.name
        for table in Base.metadata.sorted_tables
        if not await number(database, table)
        and table.name not in ("console_sessions", "esco_occupations")
    ]
    assert empty == []


async def test_an_export_holds_everything_of_the_person_and_no_counsellor(
    database: Database,
) -> None:
    await fill(database)
    async with database.transaction() as session:
        given = json.dumps(await conversations.export(session, "person"))
    assert [word for word in PERSONAL if canary(word) not in given] == []
    assert CONSOLE not in given
    assert "a" * 64 not in given


async def test_an_export_of_an_unknown_conversation_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(ConversationNotFound):
            await conversations.export(session, "nobody")


async def test_erasing_leaves_no_trace_but_a_number_and_a_word_to_the_partner(
    database: Database,
) -> None:
    await fill(database)
    async with database.transaction() as session:
        await erase(session, "person", NOW)
    stored = await everything(database)
    assert "kanarie" not in stored
    async with database.transaction() as session:
        left = (await session.scalars(select(OutboxRow))).all()
        counted = (await session.scalars(select(HandoffCount).order_by(HandoffCount.week))).all()
    assert [(row.kind, row.partner_id, row.handoff_id) for row in left] == [
        ("withdrawal", "partner", None)
    ]
    assert [(row.week, row.region, row.route, row.outcome, row.number) for row in counted] == [
        ("2020-W01", "AM25", "ict", "closed", 7),
        ("2026-W47", "AM25", "ict", "withdrawn", 1),
    ]


async def test_not_even_the_bytes_of_a_sqlite_file_remember_an_erased_person(
    tmp_path: Path,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'raw.db'}"
    migrate(url)
    database = Database(url)
    await fill(database)
    before = raw_bytes(tmp_path)
    async with database.transaction() as session:
        await erase(session, "person", NOW)
    await retention.purge(database, NOW)
    after = raw_bytes(tmp_path)
    await database.close()
    assert b"kanarie" in before
    assert b"kanarie" not in after


async def test_a_partner_with_a_finished_request_is_told_once_to_delete_it(
    database: Database,
) -> None:
    await add(
        database,
        conversation("person", NOW),
        [handoff("person", "CLOSED", Status.CLOSED, NOW, closed_at=NOW, outcome="helped")],
        work("CLOSED", NOW),
    )
    async with database.transaction() as session:
        await erase(session, "person", NOW)
    assert await number(database, OutboxRow, OutboxRow.kind == "withdrawal") == 1
    assert await number(database, HandoffCount, HandoffCount.outcome == "helped") == 1


async def test_two_erased_requests_of_one_week_count_as_two(database: Database) -> None:
    for name in ("A", "B"):
        await add(
            database,
            conversation(name, NOW),
            [handoff(name, name, Status.CLOSED, NOW, outcome="helped")],
        )
        async with database.transaction() as session:
            await erase(session, name, NOW)
    async with database.transaction() as session:
        assert await session.scalar(select(HandoffCount.number)) == 2


async def test_a_conversation_is_purged_after_half_a_year_of_silence(database: Database) -> None:
    await add(
        database,
        conversation("old", NOW - retention.CONVERSATION - DAY),
        conversation("new", NOW - retention.CONVERSATION + DAY),
    )
    done = await retention.purge(database, NOW)
    assert done.conversations == 1
    async with database.transaction() as session:
        assert list(await session.scalars(select(Conversation.id))) == ["new"]
    assert (await retention.purge(database, NOW)).conversations == 0


async def test_a_killed_purge_keeps_what_it_did_and_goes_on_the_next_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"p{number:02d}" for number in range(7)]
    for name in names:
        await add(database, conversation(name, NOW - 200 * DAY))
    left = iter(range(3))

    async def killed_after_three(*given: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        await erase(*given)

    with monkeypatch.context() as patch:
        patch.setattr(retention, "erase", killed_after_three)
        patch.setattr(retention, "BATCH", 2)
        with pytest.raises(KeyboardInterrupt):
            await retention.purge(database, NOW)
    assert await number(database, Conversation) == 4
    assert (await retention.purge(database, NOW)).conversations == 4
    assert await number(database, Conversation) == 0


async def test_a_request_without_counsellor_expires_after_sixty_days(database: Database) -> None:
    late, early = NOW - 61 * DAY, NOW - 59 * DAY
    await add(
        database,
        conversation("person", NOW),
        [
            handoff("person", "LATE", Status.REQUESTED, late),
            handoff("person", "EARLY", Status.REQUESTED, early),
            handoff("person", "OWNED", Status.CLAIMED, late, owner_id=CONSOLE),
            handoff("person", "GONE", Status.DELIVERED, late),
        ],
    )
    assert (await retention.purge(database, NOW)).requests == 1
    async with database.transaction() as session:
        rows = await session.execute(select(HandoffRow.reference, HandoffRow.status))
        assert dict(rows.tuples().all()) == {
            "ZS-LATE": "expired",
            "ZS-EARLY": "requested",
            "ZS-OWNED": "claimed",
            "ZS-GONE": "delivered",
        }
        event = await session.scalar(
            select(HandoffEvent.actor).where(HandoffEvent.handoff_id == "handoff-LATE")
        )
    assert event == "system"


async def test_rows_go_when_their_time_is_over_and_not_before(database: Database) -> None:
    def rows(age: timedelta, name: str) -> list[Any]:
        at = NOW - age
        return [
            NotUnderstood(conversation_id="person", text="x", at=at),
            PartnerCallback(partner_id="partner", callback_id=name, at=at),
            AuditEntry(at=at, actor="a", what="b", detail={}),
            OutboxRow(
                id=name, partner_id="p", kind="withdrawal", body={"reference": "R"},
                state="sent", created_at=at, next_try_at=at,
            ),
        ]  # fmt: skip

    await add(database, conversation("person", NOW))
    for age in (6, 8, 89, 91, 179, 181, 729, 731):
        await add(database, rows(age * DAY, f"n{age}"))
        await add(database, [DeliveryAttempt(outbox_id=f"n{age}", at=NOW - age * DAY)])
    await retention.purge(database, NOW)
    # Of the person's own row at NOW one more.
    assert await number(database, NotUnderstood) == 1 + 5
    assert await number(database, PartnerCallback) == 1
    assert await number(database, AuditEntry) == 7
    assert await number(database, OutboxRow) == 3
    assert await number(database, DeliveryAttempt) == 3


async def test_a_delivery_that_must_still_happen_or_tells_who_has_a_request_stays(
    database: Database,
) -> None:
    old = NOW - 100 * DAY
    pending = OutboxRow(
        id="w", partner_id="p", kind="withdrawal", body={}, created_at=old, next_try_at=old
    )
    await add(
        database,
        conversation("person", NOW),
        [handoff("person", "ONE", Status.DELIVERED, old), pending],
        work("ONE", old),
    )
    await retention.purge(database, NOW)
    assert await number(database, OutboxRow) == 2
    assert await number(database, DeliveryAttempt) == 0


async def test_logins_that_ended_are_purged_and_living_ones_stay(database: Database) -> None:
    async with database.transaction() as session:
        auth.make_account(
            session, email="c@example.org", name="", role="admin", regions=(), now=NOW
        )
        await session.flush()
        account = await session.scalar(text("SELECT id FROM accounts"))
        for name, made, seen in (
            ("idle", NOW - timedelta(hours=1), NOW - timedelta(minutes=31)),
            ("long", NOW - timedelta(hours=13), NOW),
            ("good", NOW - timedelta(hours=1), NOW),
        ):
            session.add(
                ConsoleSession(
                    id_hash=name, account_id=account, created_at=made, last_seen_at=seen
                )
            )
    await retention.purge(database, NOW)
    async with database.transaction() as session:
        assert list(await session.scalars(select(ConsoleSession.id_hash))) == ["good"]


def test_logins_end_in_the_purge_when_they_end_in_the_console() -> None:
    assert (retention.SESSION_IDLE, retention.SESSION) == (auth.IDLE, auth.ABSOLUTE)
