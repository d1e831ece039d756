"""Commands of the operator: accounts, requests, database, and the time data is kept."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.clock import utc_now
from bot.commands.adding import Commands
from bot.errors import SettingsError, StorageError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.console.auth import NewAccount
    from bot.storage.database import Database

WHICH = "Geef met --data-dir de map waar Zijstap mee draait, of zet DATABASE_URL."


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    _register_accounts(commands.group("counsellor", "accounts of counsellors"))
    _register_handoffs(commands.group("handoff", "requests of people for help"))
    commands.add("migrate", _migrate, "bring the database to this version")
    commands.add("purge", _purge, "erase what has been kept long enough")
    backup = commands.add("backup", _backup, "write the whole database to a file")
    backup.add_argument("file", type=Path)
    restore = commands.add("restore", _restore, "fill an empty database from a backup")
    restore.add_argument("file", type=Path)


def _register_accounts(group: Commands) -> None:
    add = group.add("add", _add_account, "make an account")
    add.add_argument("email")
    add.add_argument("--name", default="")
    add.add_argument(
        "--role", default="counsellor", choices=["counsellor", "coordinator", "admin"]
    )
    add.add_argument("--regions", default="", help="codes with commas, such as AM25,AM26")
    group.add("list", _list_accounts, "show the accounts")
    for name, run, text in (
        ("disable", _disable_account, "close an account"),
        ("reset", _reset_account, "give an account a new password and a new second factor"),
    ):
        group.add(name, run, text).add_argument("email")


def _register_handoffs(group: Commands) -> None:
    listing = group.add("list", _list_handoffs, "show the requests, longest waiting first")
    listing.add_argument("--status")
    listing.add_argument("--region")
    for name, run, text in (
        ("show", _show_handoff, "show one request without what the person said"),
        ("export", _export_handoff, "write one request as the partner would get it"),
        ("retry", _retry_handoff, "try its failed deliveries again"),
    ):
        group.add(name, run, text).add_argument("reference")


def _needs_database(settings: Settings) -> None:
    """Refuse to work on a database that would first have to be made: it is another one.

    Raises:
        StorageError: there is none.
    """
    from bot.storage.migrate import is_there

    if not is_there(settings.database_url):
        raise StorageError(f"geen database gevonden (map: {settings.data_dir}). {WHICH}")


def _with_database[T](settings: Settings, work: "Callable[[Database], Awaitable[T]]") -> T:
    from bot.server import opened_database

    _needs_database(settings)

    async def run() -> T:
        async with opened_database(settings) as database:
            return await work(database)

    return asyncio.run(run())


def _show(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _show_account(made: "NewAccount") -> None:
    print(f"wachtwoord: {made.password}\ntotp: {made.totp_uri}\nsleutel: {made.totp_key}")
    print(f"herstelcodes: {' '.join(made.recovery_codes)}")


def _add_account(options: argparse.Namespace, settings: Settings) -> None:
    from bot.server import add_account
    from bot.storage.migrate import is_there

    is_new = not is_there(settings.database_url)
    regions = tuple(filter(None, map(str.strip, options.regions.split(","))))
    _show_account(
        asyncio.run(add_account(settings, options.email, options.name, options.role, regions))
    )
    if is_new:
        print(
            f"let op: dit is een nieuwe database (map: {settings.data_dir}). {WHICH}",
            file=sys.stderr,
        )


def _list_accounts(_: argparse.Namespace, settings: Settings) -> None:
    from bot.operations import list_accounts

    _show(_with_database(settings, list_accounts))


def _disable_account(options: argparse.Namespace, settings: Settings) -> None:
    from bot.operations import disable_account

    if not _with_database(settings, lambda db: disable_account(db, options.email, utc_now())):
        raise SettingsError(f"er is geen account met het adres {options.email}")


def _reset_account(options: argparse.Namespace, settings: Settings) -> None:
    from bot.operations import reset_account

    made = _with_database(settings, lambda db: reset_account(db, options.email, utc_now()))
    if made is None:
        raise SettingsError(f"er is geen account met het adres {options.email}")
    _show_account(made)


def _list_handoffs(options: argparse.Namespace, settings: Settings) -> None:
    from bot.operations import list_handoffs

    found = _with_database(
        settings, lambda db: list_handoffs(db, status=options.status, region=options.region)
    )
    _show([one.to_json() for one in found])


def _show_handoff(options: argparse.Namespace, settings: Settings) -> None:
    from bot.operations import show_handoff

    _show(_with_database(settings, lambda db: show_handoff(db, options.reference)))


def _export_handoff(options: argparse.Namespace, settings: Settings) -> None:
    from bot.operations import export_handoff

    _show(_with_database(settings, lambda db: export_handoff(db, options.reference)))


def _retry_handoff(options: argparse.Namespace, settings: Settings) -> None:
    from bot.operations import retry_handoff

    tried = _with_database(settings, lambda db: retry_handoff(db, options.reference, utc_now()))
    _show({"retried": tried})


def _migrate(_: argparse.Namespace, settings: Settings) -> None:
    from bot.storage.migrate import migrate

    settings.make_data_dir()
    migrate(settings.database_url)


def _purge(_: argparse.Namespace, settings: Settings) -> None:
    from bot.privacy.retention import purge

    _show(_with_database(settings, lambda db: purge(db, utc_now())).to_json())


def _backup(options: argparse.Namespace, settings: Settings) -> None:
    from bot.storage.backup import backup

    _needs_database(settings)
    _migrate(options, settings)
    print(f"{backup(settings.database_url, options.file)} rijen", file=sys.stderr)


def _restore(options: argparse.Namespace, settings: Settings) -> None:
    from bot.storage.backup import restore

    _migrate(options, settings)
    print(f"{restore(settings.database_url, options.file)} rijen", file=sys.stderr)
