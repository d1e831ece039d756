"""Writes all tables to one file and reads them back, the same file for SQLite and PostgreSQL.

The file is gzip with one JSON object a line: a header, then each row with its table, then an end
with the number of rows. It holds personal data and keys: only its owner may read it.
"""

import gzip
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, Date, Engine, Table, create_engine, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

import bot.storage.console_tables
import bot.storage.esco
import bot.storage.handoff_tables  # noqa: F401  the tables register themselves
from bot.errors import StorageError
from bot.storage.migrate import sync_url
from bot.storage.tables import Base, UtcDateTime

FORMAT = "zijstap-backup"
VERSION = 1
BATCH = 500


def backup(database_url: str, file: Path) -> int:
    """Write every row as it was at one moment, while the service runs; gives how many.

    The file appears under its name only when it is complete.

    Raises:
        StorageError: the database cannot be read or the file cannot be written.
    """
    unfinished = file.with_name(file.name + ".part")
    engine = create_engine(sync_url(database_url))
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(handle, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as out:
            number = _write(engine, out)
            out.close()
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(unfinished, file)
    except (SQLAlchemyError, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise StorageError(f"geen reservekopie gemaakt: {type(error).__name__}") from error
    finally:
        engine.dispose()
    return number


def _write(engine: Engine, out: TextIO) -> int:
    number = 0
    with engine.connect() as connection:
        _freeze(connection)
        header = {"format": FORMAT, "version": VERSION, "schema": _schema(connection)}
        out.write(json.dumps(header) + "\n")
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(
                select(table).execution_options(stream_results=True, yield_per=BATCH)
            )
            for row in rows.mappings():
                line = {"table": table.name, "row": {key: _plain(row[key]) for key in row}}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                number += 1
        out.write(json.dumps({"end": number}) + "\n")
        connection.rollback()
    return number


def _freeze(connection: Connection) -> None:
    """Begin a transaction that keeps seeing one moment."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    else:
        connection.exec_driver_sql("BEGIN")


def _schema(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else value


def restore(database_url: str, file: Path) -> int:
    """Fill a migrated, empty database from a backup, all of it or nothing; gives the rows.

    Raises:
        StorageError: the database is not empty or of another version, or the file is not whole.
    """
    engine = create_engine(sync_url(database_url))
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines, engine.begin() as connection:
            _check_empty(connection)
            number = _read(connection, lines)
            if connection.dialect.name == "postgresql":
                _continue_numbering(connection)
    except (SQLAlchemyError, OSError, EOFError, ValueError, KeyError) as error:
        raise StorageError(f"niets teruggezet: {type(error).__name__}") from error
    finally:
        engine.dispose()
    return number


def _check_empty(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise StorageError(f"niets teruggezet: de tabel {table.name} is niet leeg")


def _read(connection: Connection, lines: TextIO) -> int:
    header = json.loads(lines.readline() or "{}")
    if header.get("format") != FORMAT or header.get("version") != VERSION:
        raise StorageError("niets teruggezet: dit is geen reservekopie van Zijstap")
    if header["schema"] != _schema(connection):
        raise StorageError(
            f"niets teruggezet: de kopie heeft versie {header['schema']}, "
            f"de database {_schema(connection)}"
        )
    number, end, table = 0, None, ""
    batch: list[dict[str, Any]] = []
    for name, row, count in _lines(lines):
        if batch and (name != table or len(batch) == BATCH):
            connection.execute(insert(Base.metadata.tables[table]), batch)
            batch = []
        if name is None:
            end = count
            break
        table = name
        batch.append(_typed(Base.metadata.tables[name], row))
        number += 1
    if end != number:
        raise StorageError("niets teruggezet: het bestand is niet compleet")
    return number


def _lines(lines: TextIO) -> Iterator[tuple[str | None, dict[str, Any], int | None]]:
    """Give table, row and None for each row, and at last the number of rows."""
    for line in lines:
        item = json.loads(line)
        yield item.get("table"), item.get("row") or {}, item.get("end")


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Give the values as the columns want them: JSON has no moments and no days."""
    typed = dict(row)
    for column in table.columns:
        value = row[column.name]
        if value is not None and isinstance(column.type, UtcDateTime):
            typed[column.name] = datetime.fromisoformat(value)
        elif value is not None and isinstance(column.type, Date):
            typed[column.name] = date.fromisoformat(value)
    return typed


def _continue_numbering(connection: Connection) -> None:
    """Let PostgreSQL number new rows after the ones that were put back."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        last = connection.scalar(select(func.max(column)))
        if last is not None:
            connection.execute(
                select(func.setval(func.pg_get_serial_sequence(table.name, column.name), last))
            )
