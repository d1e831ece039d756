"""Everything of a person, taken from the tables themselves: exported whole, erased whole.

The rows are made from the columns, so that a table or column that is added later is in these tests
at once: it must be in the export, or here with the reason why not.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Table, insert, select

from bot.privacy.erasure import erase
from bot.privacy.retention import purge
from bot.storage import conversations
from bot.storage.database import Database
from bot.storage.tables import Base, UtcDateTime
from tests.integration.test_privacy import everything

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOT_IN_EXPORT = {
    "conversations.token_hash": "a key, not a fact",
    "conversations.counsellor_id": "who the counsellor is, is the counsellor's",
    "handoffs.owner_id": "the same",
    "handoff_events.actor": "the same: the export says 'counsellor'",
    "notes.account_id": "the same",
    "outbox.body": "a reference, and for a mail the counsellor's address",
    "incoming.conversation_id": "is the person",
    "messages.masked": "the text that is in the export, with less in it",
    "messages.sender": "only the known senders exist",
}
STATUS = {"handoffs.status": "delivered", "outbox.state": "sent", "outbox.kind": "handoff"}


def tables_of_a_person() -> list[Table]:
    """Give every table that hangs on a conversation, through any number of others."""
    found = {"conversations"}
    tables = Base.metadata.sorted_tables
    for _ in tables:
        for table in tables:
            if any(key.column.table.name in found for key in table.foreign_keys):
                found.add(table.name)
    return [table for table in tables if table.name in found]


def canary(column: Column[Any]) -> str:
    """Give a word that only this column holds."""
    word = f"kanarie {column.table.name} {column.name}"
    return word[: getattr(column.type, "length", None) or len(word)]


def value(column: Column[Any]) -> Any:
    """Give a value that fits the column."""
    place = f"{column.table.name}.{column.name}"
    if place in STATUS:
        return STATUS[place]
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return key_of(key.column)
    if column.primary_key:
        return key_of(column)
    kind = kind_of(column)
    plain = {int: 1, bool: False, datetime: NOW, date: NOW.date(), float: 1.0}
    if kind in plain:
        return plain[kind]
    if kind is dict:
        return {"place": canary(column)}
    return [canary(column)] if kind is list else canary(column)


def kind_of(column: Column[Any]) -> type:
    """Give what a column holds in Python; a column of JSON says by its default that it is a list."""
    if isinstance(column.type, UtcDateTime):
        return datetime
    if isinstance(column.type, JSON):
        return dict if column.default is None else type(column.default.arg(None))
    return column.type.python_type


def key_of(column: Column[Any]) -> Any:
    """Give the key of the one row in the column's table."""
    return 1000 if column.type.python_type is int else f"kanarie-{column.table.name}"[:36]


async def fill(database: Database) -> str:
    """Put one row in every table of a person; give the conversation's id."""
    async with database.transaction() as session:
        for table in tables_of_a_person():
            row = {column.name: value(column) for column in table.columns}
            if table.name == "messages":
                row["body"] = {"sender": "person", "text": canary(table.c.body)}
            await session.execute(insert(table).values(row))
    return str(key_of(Base.metadata.tables["conversations"].c.id))


async def test_an_export_has_every_column_of_every_table_of_a_person(database: Database):
    person = await fill(database)
    async with database.transaction() as session:
        given = json.dumps(await conversations.export(session, person), ensure_ascii=False)
    missing = [
        place
        for table in tables_of_a_person()
        for column in table.columns
        if (place := f"{table.name}.{column.name}") not in NOT_IN_EXPORT | STATUS
        and not column.foreign_keys
        and (not column.primary_key or column.name == "message_id")
        and kind_of(column) in (str, dict, list)
        and canary(column) not in given
        and str(value(column)) not in given
    ]
    assert missing == []


async def test_an_erased_person_is_in_no_table_any_more(database: Database):
    person = await fill(database)
    assert "kanarie" in await everything(database)
    async with database.transaction() as session:
        await erase(session, person, NOW)
    left = [line for line in (await everything(database)).splitlines() if "kanarie" in line]
    # The word to a partner that must delete its copy goes out with the reference alone.
    async with database.transaction() as session:
        outbox = Base.metadata.tables["outbox"]
        waiting = (await session.execute(select(outbox))).mappings().all()
    assert [(row["kind"], list(row["body"])) for row in waiting] == [("withdrawal", ["reference"])]
    counts = Base.metadata.tables["handoff_counts"]
    async with database.transaction() as session:
        counted = (await session.execute(select(counts))).mappings().one()
    assert {row["handoff_id"] for row in waiting} == {None}
    known = (waiting[0]["body"]["reference"], waiting[0]["partner_id"], *map(str, counted.values()))
    for line in left:
        for word in known:
            line = line.replace(word, "")
        assert "kanarie" not in line


async def test_after_the_term_nothing_of_a_person_is_left_by_itself(database: Database):
    await fill(database)
    await purge(database, NOW.replace(year=2029))
    left = await everything(database)
    assert "kanarie conversations" not in left
    assert "kanarie messages" not in left
