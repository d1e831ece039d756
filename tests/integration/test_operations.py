"""What an operator does by hand: backup and restore, requests, accounts; on both databases."""

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from bot import operations
from bot.cli import main
from bot.console import auth
from bot.errors import HandoffNotFound, SettingsError, StorageError
from bot.handoff.model import Status
from bot.server import add_account
from bot.settings import read_settings
from bot.storage.backup import backup, restore
from bot.storage.console_tables import Account, AuditEntry, ConsoleSession
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow, Note, OutboxRow
from bot.storage.migrate import is_there, migrate, sync_url
from bot.storage.tables import Base
from tests.integration.privacy_data import (
    CONSOLE,
    NOW,
    add,
    canary,
    conversation,
    fill,
    handoff,
)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open, migrated database of each kind."""
    migrate(database_url)
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give a second database, empty and migrated."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'second.db'}"
    migrate(url)
    return url


def stored(url: str) -> dict[str, list[dict[str, object]]]:
    """Give all rows of all tables, typed, in order of their keys."""
    engine = create_engine(sync_url(url))
    with engine.connect() as connection:
        rows = {
            table.name: [
                dict(row)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return rows


def names(folder: Path, ending: str) -> list[str]:
    """Give the names in a folder with this ending."""
    return [file.name for file in folder.iterdir() if file.name.endswith(ending)]


async def test_a_backup_goes_to_another_database_and_back_without_a_difference(
    database: Database, database_url: str, sqlite_url: str, tmp_path: Path
) -> None:
    await fill(database)
    before = stored(database_url)
    written = backup(database_url, tmp_path / "one.gz")
    assert written == sum(map(len, before.values())) > 10
    assert restore(sqlite_url, tmp_path / "one.gz") == written
    assert stored(sqlite_url) == before
    backup(sqlite_url, tmp_path / "two.gz")
    async with database.transaction() as session:
        for table in Base.metadata.sorted_tables:  # what hangs on a row goes with it
            await session.execute(table.delete())
    assert restore(database_url, tmp_path / "two.gz") == written
    assert stored(database_url) == before


async def test_after_a_restore_new_rows_get_new_numbers(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await fill(database)
    await add(database, [Note(id=41, handoff_id="handoff-ONE", account_id="a", at=NOW, text="x")])
    backup(database_url, tmp_path / "one.gz")
    async with database.transaction() as session:
        for table in Base.metadata.sorted_tables:  # what hangs on a row goes with it
            await session.execute(table.delete())
    restore(database_url, tmp_path / "one.gz")
    note = Note(handoff_id="handoff-ONE", account_id="a", at=NOW, text="new")
    await add(database, [note])
    assert note.id == 42


async def test_a_backup_can_only_be_read_by_its_owner_and_leaves_no_half_file(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "one.gz"
    backup(database_url, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path, ".part") == []
    with pytest.raises(StorageError):
        backup(database_url, tmp_path / "nowhere" / "one.gz")


async def test_a_database_with_anything_in_it_is_never_overwritten(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await fill(database)
    backup(database_url, tmp_path / "one.gz")
    before = stored(database_url)
    with pytest.raises(StorageError, match="niet leeg"):
        restore(database_url, tmp_path / "one.gz")
    assert stored(database_url) == before


async def test_a_file_that_is_cut_off_of_another_version_or_no_backup_restores_nothing(
    database: Database, database_url: str, sqlite_url: str, tmp_path: Path
) -> None:
    await fill(database)
    file = tmp_path / "one.gz"
    backup(database_url, file)
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    other = json.dumps(json.loads(lines[0]) | {"schema": "9999"})
    wrong = [
        gzip.compress("\n".join(lines[:-1]).encode()),
        gzip.compress("\n".join([*lines[:-2], lines[-1]]).encode()),
        gzip.compress("\n".join([other, *lines[1:]]).encode()),
        gzip.compress(b'{"hello": 1}'),
        file.read_bytes()[:-40],
        b"no gzip at all",
    ]
    for content in wrong:
        file.write_bytes(content)
        with pytest.raises(StorageError):
            restore(sqlite_url, file)
    assert not any(stored(sqlite_url).values())


async def test_the_list_of_requests_names_no_person_and_shows_who_waits_longest_first(
    database: Database,
) -> None:
    await fill(database)
    await add(
        database,
        [handoff("person", "TWO", Status.REQUESTED, NOW.replace(day=1), region="AM26")],
    )
    listed = await operations.list_handoffs(database)
    assert [item.reference for item in listed] == ["ZS-TWO", "ZS-ONE"]
    assert "kanarie" not in json.dumps([item.to_json() for item in listed])
    asked = await operations.list_handoffs(database, status="delivered", region="AM25")
    assert [item.reference for item in asked] == ["ZS-ONE"]
    assert await operations.list_handoffs(database, status="closed") == []


async def test_a_request_is_shown_with_its_work_and_exported_as_the_partner_gets_it(
    database: Database,
) -> None:
    await fill(database)
    shown = await operations.show_handoff(database, "zs-one")
    assert shown["notes"][0]["text"] == canary("note")
    assert shown["deliveries"][0]["state"] == "sent"
    assert CONSOLE not in json.dumps(shown)
    given = await operations.export_handoff(database, "ZS-ONE")
    assert given["transcript"] == [{"sender": "person", "text": canary("message")}]
    assert given["contact"]["by"] == canary("contact")
    with pytest.raises(HandoffNotFound):
        await operations.show_handoff(database, "ZS-NONE")


async def test_a_dead_letter_is_tried_again_and_one_that_was_stopped_is_not(
    database: Database,
) -> None:
    await add(
        database,
        conversation("person", NOW),
        [handoff("person", "BAD", Status.FAILED, NOW)],
        [
            OutboxRow(
                id=name, handoff_id="handoff-BAD", partner_id="p", kind="handoff", body={},
                state=state, last_error="timeout", created_at=NOW, next_try_at=NOW,
            )
            for name, state in (("lost", "dead"), ("back", "stopped"))
        ],
    )  # fmt: skip
    assert await operations.retry_handoff(database, "ZS-BAD", NOW) == 1
    assert await operations.retry_handoff(database, "ZS-BAD", NOW) == 0
    async with database.transaction() as session:
        rows = await session.execute(select(OutboxRow.id, OutboxRow.state))
        assert dict(rows.tuples().all()) == {"lost": "pending", "back": "stopped"}
        assert await session.scalar(select(HandoffRow.status)) == Status.APPROVED


async def test_a_disabled_account_is_out_at_once_and_a_reset_lets_it_in(
    database: Database,
) -> None:
    await fill(database)
    async with database.transaction() as session:
        account = await session.scalar(select(Account.id))
        session.add(
            ConsoleSession(id_hash="x", account_id=account, created_at=NOW, last_seen_at=NOW)
        )
    assert await operations.disable_account(database, " C@example.org", NOW)
    assert (await operations.list_accounts(database))[0]["disabled"] is True
    made = await operations.reset_account(database, "c@example.org", NOW)
    assert made is not None
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM console_sessions")) == 0
        assert await auth.log_in(session, made.email, made.password, made.recovery_codes[0], NOW)
        audited = list(await session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))
    assert audited == ["switches", "account_disable", "account_reset"]


async def test_an_unknown_account_is_told_from_a_known_one(database: Database) -> None:
    assert not await operations.disable_account(database, "nobody@example.org", NOW)
    assert await operations.reset_account(database, "nobody@example.org", NOW) is None


async def test_an_account_that_could_do_nothing_or_is_there_already_is_not_made(
    tmp_path: Path, database_url: str
):
    settings = read_settings(tmp_path, {"DATABASE_URL": database_url})
    await add_account(settings, "anna@example.org", "Anna", "counsellor", ("AM25", "NL"))
    for email, regions, said in (
        ("Anna@example.org", ("AM25",), "al een account"),
        ("bram@example.org", ("AM25", "AM99"), "AM99"),
        ("bram@example.org", (), "--regions"),
        ("bram", ("AM25",), "geen e-mailadres"),
    ):
        with pytest.raises(SettingsError, match=said):
            await add_account(settings, email, "Iemand", "counsellor", regions)


@pytest.mark.parametrize(
    "command",
    [
        ["backup", "one.backup"],
        ["purge"],
        ["counsellor", "list"],
        ["counsellor", "disable", "anna@example.org"],
        ["counsellor", "reset", "anna@example.org"],
        ["handoff", "list"],
        ["handoff", "retry", "ZS-ONE"],
    ],
    ids=" ".join,
)
def test_a_command_in_a_folder_without_a_database_says_so_and_makes_none(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main([*command, "--data-dir", "elders"]) == 1
    said = capsys.readouterr()
    (line,) = said.err.strip().splitlines()
    assert "geen database" in line and "elders" in line and "--data-dir" in line
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_an_account_in_a_new_database_says_that_it_is_new_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    said = []
    for name in ("anna", "bram"):
        add_one = ["counsellor", "add", f"{name}@example.org", "--role", "admin"]
        assert main([*add_one, "--data-dir", str(tmp_path)]) == 0
        said.append(capsys.readouterr().err)
    assert "nieuwe database" in said[0] and str(tmp_path) in said[0]
    assert "nieuwe database" not in said[1]


def test_a_backup_goes_into_a_folder_that_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    old, new, file = str(tmp_path / "old"), str(tmp_path / "new"), str(tmp_path / "one.backup")
    assert main(["counsellor", "add", "a@example.org", "--role", "admin", "--data-dir", old]) == 0
    assert main(["backup", file, "--data-dir", old]) == 0
    assert main(["restore", file, "--data-dir", new]) == 0
    accounts = [stored(f"sqlite:///{folder}/zijstap.db")["accounts"] for folder in (old, new)]
    assert accounts[0] == accounts[1] != []


def test_an_empty_database_is_not_there_until_it_is_migrated(database_url: str) -> None:
    assert not is_there(database_url)
    migrate(database_url)
    assert is_there(database_url)
